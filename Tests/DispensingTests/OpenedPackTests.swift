import Dispensing
import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

/// Amoxicillin comes in packs of 28.
@Suite("Opened packs")
struct OpenedPackTests {
    private func part(_ quantity: BaseUnits) -> [HandOutLine] { [HandOutLine(line: 1, quantity: quantity)] }

    private func open(_ clinic: Clinic) async throws -> [OpenedPack] {
        let store = clinic.store
        return try await clinic.read { try $0.openPacks(in: store, limit: 99) }
    }

    @Test("give first, by the batch that expires first, and are closed when they are used up")
    func life() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 56, batch: "SOON", expiresIn: 50)
            try await clinic.stock(0, 56, batch: "LATE", expiresIn: 90)
            let first = try await clinic.dispense(try await clinic.issueApproved(), lines: part(10))
            #expect(first.lines.map(\.split) == [10])
            let pack = try #require(try await open(clinic).first)
            #expect(pack.batchNumber == "SOON" && pack.units == 28 && pack.remaining == 18 && !pack.isFound)
            let second = try await clinic.dispense(try await clinic.issueApproved(), lines: part(40))
            #expect(second.lines.map(\.split) == [12])
            #expect(try await open(clinic).map(\.remaining) == [6])
            try await clinic.dispense(try await clinic.issueApproved(), lines: part(6))
            #expect(try await open(clinic).isEmpty)
            let record = try await clinic.read { try $0.subPackaging(pack.id) }
            #expect(record.pack.closing == .usedUp && record.uses.map(\.quantity) == [10, 12, 6])
            #expect(record.uses.map(\.dispenser) == Array(repeating: clinic.dispenser.person, count: 3))
            await expectRefusal("dispensing.pack-unknown") {
                _ = try await clinic.read { try $0.subPackaging(OpenedPackID(999_999)) }
            }
        }
    }

    @Test("lose what was quarantined, counted out or sent elsewhere meanwhile")
    func movedElsewhere() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 28)
            let record = try await clinic.dispense(try await clinic.issueApproved(), lines: part(8))
            let (store, officer, batch) = (clinic.store, clinic.consortium.officer, record.lines[0].pick.batch)
            try await clinic.write { transaction in
                try MoveBatches(
                    store: store, decision: .countLoss, lines: [BatchLine(batch: batch, quantity: 15)], reason: "盘点",
                    requestID: UUID()
                ).run(in: transaction, by: officer, at: .ofTests)
            }
            let pack = try #require(try await open(clinic).first)
            #expect(pack.remaining == 20)
            try await clinic.dispense(try await clinic.issueApproved(), lines: part(5))
            let closed = try await clinic.read { try $0.subPackaging(pack.id).pack }
            #expect(closed.closing == .usedUp && closed.remaining == 0)
            #expect(try await clinic.available(0) == 0)
        }
    }

    @Test("go into quarantine with what is left in them when they are discarded")
    func discarded() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 56)
            try await clinic.dispense(try await clinic.issueApproved(), lines: part(8))
            let pack = try #require(try await open(clinic).first)
            @Sendable func discard(_ reason: String = "受潮", by person: Principal? = nil) async throws -> OpenedPack {
                try await clinic.write { transaction in
                    try DiscardOpenedPack(pack: pack.id, reason: reason, requestID: UUID())
                        .run(in: transaction, by: person ?? clinic.dispenser, at: .ofTests)
                }
            }
            await expectRefusal("identity.role-missing") { try await discard(by: clinic.prescriber) }
            await expectRefusal("identity.other-facility") { try await discard(by: clinic.consortium.storekeepers[1]) }
            await expectRefusal("dispensing.reason-required") { try await discard(" ") }
            let closed = try await discard()
            #expect(closed.closing == .discarded && closed.closingReason == "受潮" && closed.remaining == 0)
            #expect(try await clinic.available(0) == 28)
            await expectRefusal("dispensing.pack-changed") { try await discard() }
            let next = try await clinic.dispense(try await clinic.issueApproved(), lines: part(28))
            #expect(next.lines.map(\.split) == [0])
        }
    }

    @Test("never give more than was in them, whatever pharmacists do at the same moment")
    func race() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 84)
            var ids: [PrescriptionID] = []
            for _ in 0..<12 { ids.append(try await clinic.issueApproved()) }
            let outcomes = await withTaskGroup(of: String.self) { group in
                for id in ids {
                    group.addTask {
                        do {
                            try await clinic.dispense(id, lines: part(9))
                            return "dispensed"
                        } catch {
                            return (error as? DispensingRefusal)?.code.rawValue ?? "\(error)"
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 == "dispensed" }.count == 9, "\(outcomes)")
            #expect(try await open(clinic).map(\.remaining) == [3])
        }
    }
}
