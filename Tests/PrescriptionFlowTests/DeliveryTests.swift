import Dispensing
import Foundation
import Postgres
import PrescriptionFlow
import Primitives
import Requisitions
import TestSupport
import Testing

@Suite("Deliveries to home and village")
struct DeliveryTests {
    /// Deliveries from the first pharmacy.
    struct Desk: Sendable {
        let world: FlowWorld

        var keeper: Principal { world.pharmacies[0].keeper }

        func handOut(_ product: Int = 0, kind: PrescriptionKind = .ordinary) async throws -> DispensingID {
            try await world.stock(product, 100, at: 0, batch: "B\(UUID())")
            let line =
                kind == .narcotic
                ? try world.line(product, quantity: 3, dose: 1, frequency: "qd", days: 3) : try world.line(product)
            let preparer = kind == .narcotic ? world.officer : nil
            return try await world.dispense(try await world.approved([line], kind: kind), at: 0, preparedBy: preparer).id
        }

        func plan(
            _ dispensing: DispensingID, address: String = "独贵塔拉镇一村", keepsCold: Bool = false, by person: Principal? = nil,
            as id: DeliveryID = DeliveryID(UUID())
        ) async throws -> Delivery {
            let verb = PlanDelivery(delivery: id, dispensing: dispensing, place: .home, address: address, keepsCold: keepsCold)
            return try await world.write { try verb.run(in: $0, by: person ?? keeper, at: .ofTests) }
        }

        @discardableResult
        func move(_ id: DeliveryID, _ step: MoveDelivery.Step, by person: Principal? = nil) async throws -> Delivery {
            try await world.write {
                try MoveDelivery(delivery: id, step: step).run(in: $0, by: person ?? keeper, at: .ofTests)
            }
        }

        @discardableResult
        func handOver(_ id: DeliveryID, to taker: HandOverDelivery.Taker = .patient) async throws -> Delivery {
            let pepper = try #require(FlowWorld.pepper)
            return try await world.write {
                try HandOverDelivery(delivery: id, to: taker).run(in: $0, by: keeper, at: .ofTests, pepper: pepper)
            }
        }
    }

    private func withDesk(_ body: (Desk) async throws -> Void) async throws {
        try await withTestDatabase { database in try await body(Desk(world: try await FlowWorld.make(in: database))) }
    }

    @Test("what was handed out is brought, fails once, and is taken by the patient")
    func story() async throws {
        try await withDesk { desk in
            let planned = try await desk.plan(try await desk.handOut())
            #expect(planned.number == "PS-2026-000001" && planned.state == .planned)
            #expect(try await desk.move(planned.id, .depart).carrier == desk.keeper.person)
            await expectRefusal("prescription-flow.reason-missing") { try await desk.move(planned.id, .fail(reason: " ")) }
            #expect(try await desk.move(planned.id, .fail(reason: "家中无人")).reason == "家中无人")
            await expectRefusal("prescription-flow.delivery-wrong-state") { try await desk.handOver(planned.id) }
            #expect(try await desk.move(planned.id, .depart).reason.isEmpty)
            let delivered = try await desk.handOver(planned.id)
            #expect(delivered.state == .delivered && delivered.recipient == .patient && delivered.recipientName == "张三")
            #expect(delivered.recipientMasked == nil && delivered.endedAt == .ofTests)
            await expectRefusal("prescription-flow.delivered-already") { try await desk.plan(planned.dispensing) }
        }
    }

    @Test("a proxy is identified; the resident number leaves a digest and a mask")
    func proxy() async throws {
        try await withDesk { desk in
            let id = try await desk.plan(try await desk.handOut()).id
            try await desk.move(id, .depart)
            let bad: [(String, String)] = [("", "110101199003070134"), ("李四", ""), ("李四", "110101199003070135")]
            for (name, number) in bad {
                await expectRefusal("prescription-flow.recipient-unidentified") {
                    try await desk.handOver(id, to: .proxy(name: name, residentNumber: number))
                }
            }
            let delivered = try await desk.handOver(id, to: .proxy(name: " 李四 ", residentNumber: "110101199003070134"))
            #expect(delivered.recipient == .proxy && delivered.recipientName == "李四")
            #expect(delivered.recipientMasked == "110**************4")
            let isKept = try await desk.world.database.owner.read { transaction in
                try transaction.first(
                    "SELECT octet_length(recipient_digest) = 32 AS digested FROM prescription_flow.delivery"
                ) { try $0["digested"] as Bool }
            }
            #expect(isKept == true)
        }
    }

    @Test("what fails comes back, what is not needed is cancelled, and both may be planned anew")
    func ends() async throws {
        try await withDesk { desk in
            let dispensing = try await desk.handOut()
            let first = try await desk.plan(dispensing)
            await expectRefusal("prescription-flow.delivered-already") { try await desk.plan(dispensing) }
            #expect(try await desk.move(first.id, .cancel(reason: "改为自取")).state == .cancelled)
            let second = try await desk.plan(dispensing)
            try await desk.move(second.id, .depart)
            await expectRefusal("prescription-flow.delivery-wrong-state") { try await desk.move(second.id, .comeBack) }
            try await desk.move(second.id, .fail(reason: "地址有误"))
            let returned = try await desk.move(second.id, .comeBack)
            #expect(returned.state == .returned && returned.reason == "地址有误")
            await expectRefusal("prescription-flow.document-id-taken") { try await desk.plan(dispensing, as: second.id) }
            _ = try await desk.plan(dispensing)
        }
    }

    @Test("what may not be brought, or not so, is refused")
    func refusals() async throws {
        try await withDesk { desk in
            let narcotic = try await desk.handOut(3, kind: .narcotic)
            await expectRefusal("prescription-flow.product-not-delivered") { try await desk.plan(narcotic) }
            let product = desk.world.products[1]
            _ = try await desk.world.database.owner.write {
                try $0.execute("UPDATE formulary.product SET storage = 'cold' WHERE product_id = \(product)")
            }
            let cold = try await desk.handOut(1)
            await expectRefusal("prescription-flow.cold-chain-undeclared") { try await desk.plan(cold) }
            for address in ["", String(repeating: "村", count: 201)] {
                await expectRefusal("prescription-flow.address-missing") {
                    try await desk.plan(cold, address: address, keepsCold: true)
                }
            }
            let other = desk.world.pharmacies[1].keeper
            await expectRefusal("identity.other-facility") { try await desk.plan(cold, keepsCold: true, by: other) }
            await expectRefusal("dispensing.dispensing-unknown") { try await desk.plan(DispensingID(UUID())) }
            let planned = try await desk.plan(cold, keepsCold: true)
            await expectRefusal("identity.other-facility") { try await desk.move(planned.id, .depart, by: other) }
            await expectRefusal("identity.role-missing") {
                try await desk.move(planned.id, .depart, by: desk.world.prescriber)
            }
            await expectRefusal("prescription-flow.delivery-unknown") { try await desk.move(DeliveryID(UUID()), .depart) }
        }
    }

    @Test("of several who plan the same delivery at once, one does")
    func race() async throws {
        try await withDesk { desk in
            let dispensing = try await desk.handOut()
            let planned = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<6 { group.addTask { (try? await desk.plan(dispensing)) != nil } }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(planned == 1)
        }
    }
}

@Suite("What is short for a prescription")
struct PrescriptionShortageTests {
    @Test("a line that cannot be met is reported, and its prescription knows")
    func reports() async throws {
        try await withTestDatabase { database in
            let world = try await FlowWorld.make(in: database)
            let (keeper, facility) = (world.pharmacies[0].keeper, world.pharmacies[0].facility)
            let id = try await world.approved([world.line(), world.line(1)])
            func report(
                _ line: Int, _ quantity: BaseUnits? = nil, of prescription: PrescriptionID? = nil,
                as shortage: ShortageID = ShortageID(UUID()), by person: Principal? = nil
            ) async throws -> ShortageReport {
                let verb = ReportPrescriptionShortage(
                    shortage: shortage, prescription: prescription ?? id, line: line, facility: facility, quantity: quantity)
                return try await world.write { try verb.run(in: $0, by: person ?? keeper, at: .ofTests) }
            }
            for line in [0, 3] {
                await expectRefusal("prescription-flow.product-not-prescribed") { try await report(line) }
            }
            for quantity in [BaseUnits(0), 43] {
                await expectRefusal("prescription-flow.quantity-invalid") { try await report(1, quantity) }
            }
            await expectRefusal("dispensing.prescription-unknown") { try await report(1, of: PrescriptionID(UUID())) }
            await expectRefusal("identity.other-facility") { try await report(1, by: world.pharmacies[1].keeper) }
            let part = try await report(2, 14)
            #expect(part.product == world.products[1] && part.quantity == 14 && part.reason.hasPrefix("处方 CF-"))
            await expectRefusal("requisitions.shortage-exists") { try await report(2, 14, as: part.id) }
            try await world.stock(0, 42, at: 0)
            try await world.dispense(id, at: 0, lines: [HandOutLine(line: 1, quantity: 42)])
            await expectRefusal("prescription-flow.nothing-open") { try await report(1) }
            let whole = try await report(2)
            #expect(whole.quantity == 42)
            try await world.write { transaction in
                _ = try AdvanceShortage(shortageID: part.id, transition: .purchase).run(in: transaction, by: keeper, at: .ofTests)
            }
            let consortium = world.small.id
            let found = try await world.read { try PrescriptionShortages($0, consortium).reports(of: id) }
            #expect(Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0.state) }) == [part.id: .purchasing, whole.id: .registered])
            let unknown = PrescriptionID(UUID())
            await expectRefusal("dispensing.prescription-unknown") {
                try await world.read { try PrescriptionShortages($0, consortium).reports(of: unknown) }
            }
        }
    }
}
