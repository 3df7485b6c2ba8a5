import Dispensing
import Foundation
import Parties
import Postgres
import PrescriptionFlow
import Primitives
import StockLedger
import TestSupport
import Testing

@Suite("Sharing between stores")
struct SharingTests {
    /// The first pharmacy asks, the second is asked and has 100 capsules.
    struct Desk: Sendable {
        let world: FlowWorld

        var asking: FlowWorld.Pharmacy { world.pharmacies[0] }
        var holding: FlowWorld.Pharmacy { world.pharmacies[1] }

        func ask(
            _ quantity: BaseUnits = 42, product: Int = 0, for prescription: PrescriptionID? = nil, of holding: StoreID? = nil,
            reason: String = "处方缺药", by person: Principal? = nil, as id: SharingID = SharingID(UUID())
        ) async throws -> SharingRequest {
            let verb = RequestSharing(
                sharing: id, asking: asking.store, holding: holding ?? self.holding.store, product: world.products[product],
                quantity: quantity, prescription: prescription, reason: reason)
            return try await world.write { try verb.run(in: $0, by: person ?? asking.keeper, at: .ofTests) }
        }

        @discardableResult
        func answer(_ id: SharingID, _ answer: AnswerSharing.Answer = .agree(quantity: nil), by person: Principal? = nil)
            async throws -> SharingRequest
        {
            try await world.write {
                try AnswerSharing(sharing: id, answer: answer).run(in: $0, by: person ?? holding.keeper, at: .ofTests)
            }
        }

        @discardableResult
        func ship(_ id: SharingID, by person: Principal? = nil) async throws -> SharingRequest {
            let verb = ShipSharing(sharing: id, transfer: TransferID(UUID()), requestID: UUID())
            return try await world.write { try verb.run(in: $0, by: person ?? holding.keeper, at: .ofTests) }
        }

        @discardableResult
        func receive(_ id: SharingID, missing: [BatchLine] = [], reason: String = "", by person: Principal? = nil)
            async throws -> SharingRequest
        {
            let verb = ReceiveSharing(sharing: id, missing: missing, reason: reason, requestID: UUID())
            return try await world.write { try verb.run(in: $0, by: person ?? asking.keeper, at: .ofTests) }
        }

        @discardableResult
        func withdraw(_ id: SharingID, reason: String = "患者已另行取药", by person: Principal? = nil) async throws -> SharingRequest {
            let verb = WithdrawSharing(sharing: id, reason: reason)
            return try await world.write { try verb.run(in: $0, by: person ?? asking.keeper, at: .ofTests) }
        }
    }

    private func withDesk(_ body: (Desk) async throws -> Void) async throws {
        try await withTestDatabase { database in
            let world = try await FlowWorld.make(in: database)
            try await world.stock(0, 100, at: 1)
            try await body(Desk(world: world))
        }
    }

    @Test("what is asked, agreed, sent and received arrives, and the prescription is handed out")
    func story() async throws {
        try await withDesk { desk in
            let prescription = try await desk.world.approved()
            let asked = try await desk.ask(50, for: prescription)
            #expect(asked.number == "GX-2026-000001" && asked.state == .requested)
            let agreed = try await desk.answer(asked.id, .agree(quantity: 42))
            #expect(agreed.agreed == 42 && agreed.state == .agreed && agreed.answeredAt == .ofTests)
            let shipped = try await desk.ship(asked.id)
            #expect(shipped.state == .shipped && shipped.transfer != nil)
            #expect(try await desk.world.available(0, in: desk.holding.store) == 58)
            let received = try await desk.receive(asked.id)
            #expect(received.state == .received && received.endedAt == .ofTests)
            #expect(try await desk.world.available(0, in: desk.asking.store) == 42)
            try await desk.world.dispense(prescription, at: 0)
        }
    }

    @Test("what is missing is lost with a reason; what was taken in at the ledger is only noted")
    func receipt() async throws {
        try await withDesk { desk in
            let first = try await desk.ask()
            try await desk.answer(first.id)
            try await desk.ship(first.id)
            let batch = try await desk.world.database.owner.read { transaction in
                try transaction.first("SELECT batch_id FROM stock_ledger.batch") { try $0["batch_id"] as BatchID }
            }
            let lost = [BatchLine(batch: try #require(batch), quantity: 2)]
            await expectRefusal("stock-ledger.reason-missing") { try await desk.receive(first.id, missing: lost) }
            try await desk.receive(first.id, missing: lost, reason: "途中破损")
            #expect(try await desk.world.available(0, in: desk.asking.store) == 40)
            let second = try await desk.ask(10)
            try await desk.answer(second.id)
            let transfer = try #require(try await desk.ship(second.id).transfer)
            try await desk.world.write { transaction in
                _ = try ReceiveTransfer(transfer: transfer, requestID: UUID())
                    .run(in: transaction, by: desk.asking.keeper, at: .ofTests)
            }
            #expect(try await desk.receive(second.id).state == .received)
            #expect(try await desk.world.available(0, in: desk.asking.store) == 50)
        }
    }

    @Test("what may not be asked for is refused")
    func asking() async throws {
        try await withDesk { desk in
            await expectRefusal("prescription-flow.same-store") { try await desk.ask(of: desk.asking.store) }
            await expectRefusal("prescription-flow.product-not-shared") { try await desk.ask(product: 3) }
            for quantity in [BaseUnits(0), -1, BaseUnits(1_000_000_000_001)] {
                await expectRefusal("prescription-flow.quantity-invalid") { try await desk.ask(quantity) }
            }
            await expectRefusal("prescription-flow.reason-missing") { try await desk.ask(reason: "  ") }
            await expectRefusal("parties.store-unknown") { try await desk.ask(of: StoreID(999)) }
            await expectRefusal("identity.other-facility") { try await desk.ask(by: desk.holding.keeper) }
            await expectRefusal("identity.role-missing") { try await desk.ask(by: desk.world.prescriber) }
            let prescription = try await desk.world.approved()
            await expectRefusal("prescription-flow.product-not-prescribed") { try await desk.ask(product: 1, for: prescription) }
            await expectRefusal("dispensing.prescription-unknown") { try await desk.ask(for: PrescriptionID(UUID())) }
            let taken = try await desk.ask()
            await expectRefusal("prescription-flow.document-id-taken") { try await desk.ask(as: taken.id) }
        }
    }

    @Test("only the side whose turn it is acts, and only in its turn")
    func turns() async throws {
        try await withDesk { desk in
            let id = try await desk.ask().id
            await expectRefusal("identity.other-facility") { try await desk.answer(id, by: desk.asking.keeper) }
            await expectRefusal("identity.role-missing") { try await desk.answer(id, by: desk.world.prescriber) }
            await expectRefusal("prescription-flow.sharing-wrong-state") { try await desk.ship(id) }
            for quantity in [BaseUnits(0), 43] {
                await expectRefusal("prescription-flow.quantity-invalid") {
                    try await desk.answer(id, .agree(quantity: quantity))
                }
            }
            await expectRefusal("prescription-flow.reason-missing") { try await desk.answer(id, .decline(reason: "")) }
            try await desk.answer(id, by: desk.world.officer)
            await expectRefusal("identity.other-facility") { try await desk.ship(id, by: desk.asking.keeper) }
            try await desk.ship(id)
            await expectRefusal("prescription-flow.sharing-wrong-state") { try await desk.withdraw(id) }
            await expectRefusal("identity.other-facility") { try await desk.receive(id, by: desk.holding.keeper) }
            try await desk.receive(id)
            await expectRefusal("prescription-flow.sharing-wrong-state") { try await desk.receive(id) }
            await expectRefusal("prescription-flow.sharing-unknown") { try await desk.receive(SharingID(UUID())) }
        }
    }

    @Test("a request is declined, also after agreeing, or withdrawn with a reason")
    func ends() async throws {
        try await withDesk { desk in
            let (first, second, third) = (try await desk.ask().id, try await desk.ask().id, try await desk.ask().id)
            #expect(try await desk.answer(first, .decline(reason: "本院自用")).endedWhy == "本院自用")
            try await desk.answer(second)
            #expect(try await desk.answer(second, .decline(reason: "已发完")).state == .declined)
            await expectRefusal("prescription-flow.reason-missing") { try await desk.withdraw(third, reason: "") }
            await expectRefusal("identity.other-facility") { try await desk.withdraw(third, by: desk.holding.keeper) }
            #expect(try await desk.withdraw(third).state == .withdrawn)
        }
    }

    @Test("what is not there is not sent, and the request stays agreed")
    func short() async throws {
        try await withDesk { desk in
            let id = try await desk.ask(101).id
            try await desk.answer(id)
            await expectRefusal("stock-ledger.insufficient-stock") { try await desk.ship(id) }
            #expect(try await desk.world.available(0, in: desk.holding.store) == 100)
            #expect(try await desk.answer(id, .decline(reason: "不足")).state == .declined)
        }
    }

    @Test("both sides and the consortium's people see a request; others do not")
    func reading() async throws {
        try await withDesk { desk in
            let (consortium, id) = (desk.world.small.id, try await desk.ask().id)
            func read(by person: Principal) async throws -> SharingRequest {
                try await desk.world.read { try SharingStore($0, consortium).request(id, for: person) }
            }
            for person in [desk.asking.keeper, desk.holding.keeper, desk.world.officer] {
                #expect(try await read(by: person).id == id)
            }
            await expectRefusal("identity.other-facility") { try await read(by: desk.world.pharmacies[2].keeper) }
            for (place, count) in [(0, 1), (1, 1), (2, 0)] {
                let store = desk.world.pharmacies[place].store
                let found = try await desk.world.read { transaction in
                    let store = try PartiesStore(transaction).store(store, of: consortium)
                    return try SharingStore(transaction, consortium).requests(of: store, state: .requested, limit: 10)
                }
                #expect(found.count == count)
            }
        }
    }

    @Test("of two who send the same request at once, one does")
    func race() async throws {
        try await withDesk { desk in
            let id = try await desk.ask().id
            try await desk.answer(id)
            let outcomes = await withTaskGroup(of: String.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        do {
                            try await desk.ship(id)
                            return "shipped"
                        } catch { return "\((error as? any Refusal)?.refusalCode.rawValue ?? "\(error)")" }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 == "shipped" }.count == 1, "\(outcomes)")
            #expect(outcomes.filter { $0 == "prescription-flow.sharing-wrong-state" }.count == 5, "\(outcomes)")
            #expect(try await desk.world.available(0, in: desk.holding.store) == 58)
        }
    }
}
