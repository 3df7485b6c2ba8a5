import Dispensing
import Foundation
import Migrations
import Postgres
import PrescriptionFlow
import Primitives
import StockLedger
import TestSupport
import Testing

@Suite("What db/verify finds in claims and the flow")
struct FlowVerificationTests {
    struct Damage: Sendable {
        let file: String
        let does: SQL
        let undoes: SQL
    }

    static let damages = [
        Damage(
            file: "dispensing.sql",
            does: """
                UPDATE dispensing.prescription SET state = 'cancelled', closing_reason = 'x'
                 WHERE prescription_id IN (SELECT prescription_id FROM dispensing.claim WHERE ended_at IS NULL)
                """,
            undoes: "UPDATE dispensing.prescription SET state = 'approved', closing_reason = '' WHERE state = 'cancelled'"),
        Damage(
            file: "dispensing.sql",
            does: """
                UPDATE dispensing.claim SET facility_id = (SELECT max(facility_id) FROM parties.facility) WHERE ended_at IS NULL
                """,
            undoes: """
                UPDATE dispensing.claim SET facility_id = (SELECT facility_id FROM parties.store
                                                            WHERE store.store_id = claim.store_id)
                """),
        Damage(
            file: "dispensing.sql",
            does: """
                UPDATE dispensing.claim SET prescription_id = (SELECT prescription_id FROM dispensing.claim WHERE ended_at IS NULL)
                 WHERE ended_how = 'dispensed'
                """,
            undoes: """
                UPDATE dispensing.claim SET prescription_id = (SELECT prescription_id FROM dispensing.dispensing
                                                                WHERE dispensing.dispensing_id = claim.dispensing_id)
                 WHERE ended_how = 'dispensed'
                """),
        Damage(
            file: "dispensing.sql",
            does: """
                INSERT INTO dispensing.claim (consortium_id, claim_id, prescription_id, facility_id, store_id, person_id,
                                              claimed_at, expires_at, ended_at, ended_how)
                SELECT claim.consortium_id, gen_random_uuid(), prescription_id, store.facility_id, store.store_id, person_id,
                       claimed_at - interval '1 hour', expires_at + interval '1 hour', expires_at + interval '1 hour', 'expired'
                  FROM dispensing.claim
                  JOIN parties.store ON store.store_id = (SELECT max(store_id) FROM parties.store)
                 WHERE ended_how = 'dispensed'
                """,
            undoes: "DELETE FROM dispensing.claim WHERE ended_how = 'expired'"),
        Damage(
            file: "dispensing.sql",
            does: """
                UPDATE dispensing.claim
                   SET passed_on_by_id = (SELECT claim_id FROM dispensing.claim WHERE ended_how = 'dispensed')
                 WHERE ended_at IS NULL
                """,
            undoes: "UPDATE dispensing.claim SET passed_on_by_id = NULL"),
        Damage(
            file: "prescription_flow.sql",
            does: """
                UPDATE prescription_flow.prescription_pharmacy
                   SET store_id = (SELECT store_id FROM parties.store WHERE kind = 'central')
                """,
            undoes: """
                UPDATE prescription_flow.prescription_pharmacy
                   SET store_id = (SELECT store_id FROM parties.store WHERE code = 'S1')
                """),
        Damage(
            file: "prescription_flow.sql", does: "UPDATE prescription_flow.sharing_request SET agreed_quantity = 1",
            undoes: "UPDATE prescription_flow.sharing_request SET agreed_quantity = 42"),
        Damage(
            file: "prescription_flow.sql", does: "UPDATE stock_ledger.transfer SET state = 'in-transit', received_at = NULL",
            undoes: "UPDATE stock_ledger.transfer SET state = 'received', received_at = shipped_at"),
        Damage(
            file: "prescription_flow.sql",
            does: """
                UPDATE prescription_flow.sharing_request
                   SET prescription_id = NULL,
                       product_id = (SELECT product_id FROM formulary.product WHERE special_control = 'narcotic')
                """,
            undoes: "UPDATE prescription_flow.sharing_request SET product_id = (SELECT product_id FROM stock_ledger.batch LIMIT 1)"),
        Damage(
            file: "prescription_flow.sql",
            does: """
                UPDATE formulary.product SET special_control = 'toxic', long_prescription = false
                 WHERE product_id IN (SELECT product_id FROM stock_ledger.batch)
                """,
            undoes: "UPDATE formulary.product SET special_control = 'none' WHERE special_control = 'toxic'"),
        Damage(
            file: "prescription_flow.sql",
            does: "UPDATE formulary.product SET storage = 'cold', long_prescription = false", undoes: "UPDATE formulary.product SET storage = 'room'"),
        Damage(
            file: "prescription_flow.sql",
            does: "UPDATE prescription_flow.delivery SET store_id = (SELECT max(store_id) FROM parties.store)",
            undoes: "UPDATE prescription_flow.delivery SET store_id = (SELECT store_id FROM parties.store WHERE code = 'S1')"),
        Damage(
            file: "prescription_flow.sql", does: "UPDATE requisitions.shortage_report SET quantity = 43",
            undoes: "UPDATE requisitions.shortage_report SET quantity = 42"),
    ]

    @Test("each kind of damage is found")
    func findsDamage() async throws {
        try await withTestDatabase { database in
            try await prepare(try await FlowWorld.make(in: database))
            let verification = Verification(directory: "\(repositoryRoot)/db/verify")
            #expect(try await verification.defects(in: database.owner).isEmpty)
            for damage in Self.damages {
                try await database.owner.write { _ = try $0.execute(damage.does) }
                let found = try await verification.defects(in: database.owner)
                #expect(found.contains { $0.file == damage.file }, "\(damage.does.text)")
                try await database.owner.write { _ = try $0.execute(damage.undoes) }
            }
        }
    }

    /// One prescription that was claimed, handed out and is being delivered; another that is claimed, reported short, and for
    /// which something was shared.
    private func prepare(_ world: FlowWorld) async throws {
        let (here, there) = (world.pharmacies[0], world.pharmacies[1])
        try await world.stock(0, 100, at: 0)
        try await world.stock(0, 100, at: 1)
        let (done, open) = (try await world.approved(), try await world.approved())
        try await world.choose(0, for: done)
        for id in [done, open] {
            try await world.write { transaction in
                _ = try ClaimPrescription(claim: ClaimID(UUID()), prescription: id, store: here.store)
                    .run(in: transaction, by: here.keeper, at: .ofTests)
            }
        }
        let dispensing = try await world.dispense(done, at: 0).id
        try await world.write { transaction in
            _ = try PlanDelivery(delivery: DeliveryID(UUID()), dispensing: dispensing, place: .home, address: "一村")
                .run(in: transaction, by: here.keeper, at: .ofTests)
            _ = try ReportPrescriptionShortage(shortage: DocumentID(UUID()), prescription: open, line: 1, facility: here.facility)
                .run(in: transaction, by: here.keeper, at: .ofTests)
            let sharing = SharingID(UUID())
            _ = try RequestSharing(
                sharing: sharing, asking: here.store, holding: there.store, product: world.products[0], quantity: 42,
                prescription: open, reason: "处方缺药"
            ).run(in: transaction, by: here.keeper, at: .ofTests)
            _ = try AnswerSharing(sharing: sharing, answer: .agree(quantity: nil))
                .run(in: transaction, by: there.keeper, at: .ofTests)
            _ = try ShipSharing(sharing: sharing, transfer: TransferID(UUID()), requestID: UUID())
                .run(in: transaction, by: there.keeper, at: .ofTests)
            _ = try ReceiveSharing(sharing: sharing, requestID: UUID()).run(in: transaction, by: here.keeper, at: .ofTests)
        }
    }

    @Test("the program's role changes no claim's past and no choice of what was shared")
    func privileges() async throws {
        try await withTestDatabase { database in
            let world = try await FlowWorld.make(in: database)
            let statements: [SQL] = [
                "UPDATE dispensing.claim SET facility_id = 1", "UPDATE dispensing.claim SET claimed_at = now()",
                "DELETE FROM dispensing.claim", "UPDATE prescription_flow.sharing_request SET quantity = 1",
                "DELETE FROM prescription_flow.sharing_request", "UPDATE prescription_flow.delivery SET dispensing_id = NULL",
                "DELETE FROM prescription_flow.delivery", "UPDATE prescription_flow.prescription_shortage SET line_number = 2",
            ]
            for statement in statements {
                await #expect(throws: PostgresError.self) { try await world.write { _ = try $0.execute(statement) } }
            }
        }
    }
}
