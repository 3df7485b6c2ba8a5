import Dispensing
import Foundation
import Parties
import Postgres
import PrescriptionFlow
import Primitives
import TestSupport
import Testing

@Suite("What is offered to a pharmacy")
struct OfferedPrescriptionsTests {
    private func withWorld(_ body: (FlowWorld) async throws -> Void) async throws {
        try await withTestDatabase { database in try await body(try await FlowWorld.make(in: database)) }
    }

    private func offered(
        _ world: FlowWorld, to place: Int, after: PrescriptionID? = nil, limit: Int = 50, at now: Instant = .ofTests
    ) async throws -> [OfferedPrescription] {
        let (id, store) = (world.small.id, world.pharmacies[place].store)
        return try await world.read { transaction in
            let store = try PartiesStore(transaction).store(store, of: id)
            return try OfferedPrescriptions(transaction, of: id).offered(to: store, at: now, after: after, limit: limit)
        }
    }

    @Test("chosen here, or chosen nowhere and everything here; emergencies, then the newest; page by page")
    func list() async throws {
        try await withWorld { world in
            try await world.stock(0, 1_000, at: 0)
            func minute(_ number: Int64) -> Instant { Instant(microseconds: Instant.ofTests.microseconds + number * 60_000_000) }
            let old = try await world.approved(at: minute(0))
            let emergency = try await world.approved([world.line(quantity: 18, days: 3)], kind: .emergency, at: minute(1))
            let new = try await world.approved(at: minute(2))
            let lacking = try await world.approved([world.line(1)], at: minute(3))
            let chosen = try await world.approved([world.line(1)], at: minute(4))
            try await world.choose(0, for: chosen)
            let elsewhere = try await world.approved(at: minute(5))
            try await world.choose(1, for: elsewhere)
            _ = try await world.issue(at: minute(6))
            let list = try await offered(world, to: 0, at: minute(9))
            #expect(list.map(\.id) == [emergency, chosen, new, old])
            #expect(list.map(\.isChosen) == [false, true, false, false] && list.map(\.isComplete) == [true, false, true, true])
            #expect(list[1].explanationChinese == "缺 苯磺酸氨氯地平片 5mg：需42片，有0片" && list[1].patientName == "张三")
            #expect(!list.map(\.id).contains(lacking))
            #expect(try await offered(world, to: 1, at: minute(9)).map(\.id) == [elsewhere])
            var pages: [PrescriptionID] = []
            while let next = try await offered(world, to: 0, after: pages.last, limit: 1, at: minute(9)).first {
                pages.append(next.id)
            }
            #expect(pages == list.map(\.id))
        }
    }

    @Test("what is collected in instalments is not offered as a whole")
    func instalments() async throws {
        try await withWorld { world in
            try await world.stock(0, 1_000, at: 0)
            let id = try await world.approved(kind: .long)
            #expect(try await offered(world, to: 0).map(\.id) == [id])
            try await world.write {
                try SetCollection(prescription: id, through: Instant.ofTests.businessDay.adding(days: 27))
                    .run(in: $0, of: world.small.id)
            }
            #expect(try await offered(world, to: 0).isEmpty)
        }
    }

    @Test("the patient's rule is a choice, until the prescription has one of its own")
    func rule() async throws {
        try await withWorld { world in
            let id = try await world.approved()
            try await world.write {
                try ChoosePatientPharmacy(patient: world.patient, store: world.pharmacies[2].store)
                    .run(in: $0, by: world.pharmacist, at: .ofTests)
            }
            #expect(try await offered(world, to: 2).map(\.id) == [id])
            try await world.choose(3, for: id)
            #expect(try await offered(world, to: 2).isEmpty)
            #expect(try await offered(world, to: 3).map(\.id) == [id])
        }
    }

    @Test("a claim hides a prescription from other facilities while it holds, and not from its own")
    func claims() async throws {
        try await withWorld { world in
            for place in 0..<2 { try await world.stock(0, 1_000, at: place) }
            let id = try await world.approved()
            let (store, keeper) = (world.pharmacies[0].store, world.pharmacies[0].keeper)
            let claim = try await world.write {
                try ClaimPrescription(claim: ClaimID(UUID()), prescription: id, store: store).run(in: $0, by: keeper, at: .ofTests)
            }
            #expect(try await offered(world, to: 0).map(\.id) == [id])
            #expect(try await offered(world, to: 1).isEmpty)
            #expect(try await offered(world, to: 1, at: claim.expiresAt).map(\.id) == [id])
        }
    }

    @Test("only what may be handed out today, and what is left of it")
    func days() async throws {
        try await withWorld { world in
            try await world.stock(0, 42, at: 0)
            let id = try await world.approved(validityDays: 2)
            func list(_ days: Int64) async throws -> [OfferedPrescription] {
                let now = Instant(microseconds: Instant.ofTests.microseconds + days * 86_400_000_000)
                return try await offered(world, to: 0, at: now)
            }
            #expect(try await [list(0).count, list(1).count, list(2).count] == [1, 1, 0])
            try await world.dispense(id, at: 0, lines: [HandOutLine(line: 1, quantity: 30)])
            #expect(try await list(0).first?.lines.map(\.open) == [12])
            try await world.dispense(id, at: 0)
            #expect(try await list(0).isEmpty)
        }
    }

    @Test("the rest of a long prescription follows its instalments and is not listed")
    func long() async throws {
        try await withWorld { world in
            try await world.stock(1, 28, at: 0)
            let id = try await world.approved([world.line(1, quantity: 28, dose: 1, frequency: "qd", days: 28)], kind: .long)
            #expect(try await offered(world, to: 0).map(\.id) == [id])
            try await world.dispense(id, at: 0, lines: [HandOutLine(line: 1, quantity: 14)])
            #expect(try await offered(world, to: 0).isEmpty)
        }
    }

    @Test("looks on until the page is full, however many are not for this pharmacy")
    func chunks() async throws {
        try await withWorld { world in
            try await world.stock(0, 1_000, at: 0)
            let first = try await world.approved()
            // More than are looked at together, of what is not here, and newer.
            let (consortium, missing) = (world.small.id, world.products[1])
            _ = try await world.database.owner.write { transaction in
                try transaction.execute(
                    """
                    WITH made AS (
                        INSERT INTO dispensing.prescription
                        SELECT (jsonb_populate_record(model, jsonb_build_object(
                                   'prescription_id', gen_random_uuid(), 'number', 'T-' || serial,
                                   'issued_at', model.issued_at + interval '1 hour'))).*
                          FROM dispensing.prescription AS model CROSS JOIN generate_series(1, 250) AS serial
                         WHERE consortium_id = \(consortium) AND prescription_id = \(first)
                        RETURNING consortium_id, prescription_id
                    ), written AS (
                        INSERT INTO dispensing.prescription_version
                        SELECT (jsonb_populate_record(model, jsonb_build_object('prescription_id', made.prescription_id))).*
                          FROM made
                          JOIN dispensing.prescription_version AS model
                            ON model.consortium_id = made.consortium_id AND model.prescription_id = \(first)
                        RETURNING consortium_id, prescription_id
                    )
                    INSERT INTO dispensing.prescription_line
                    SELECT (jsonb_populate_record(model, jsonb_build_object(
                               'prescription_id', written.prescription_id, 'product_id', \(missing)))).*
                      FROM written
                      JOIN dispensing.prescription_line AS model
                        ON model.consortium_id = written.consortium_id AND model.prescription_id = \(first)
                    """)
            }
            #expect(try await offered(world, to: 0).map(\.id) == [first])
            // Nobody wrote or reviewed them.
            _ = try await world.database.owner.write { transaction in
                for table: SQL in ["prescription_line", "prescription_version", "prescription"] {
                    try transaction.execute(
                        """
                        DELETE FROM dispensing.\(table) WHERE prescription_id IN (
                               SELECT prescription_id FROM dispensing.prescription WHERE number LIKE 'T-%')
                        """)
                }
            }
        }
    }
}
