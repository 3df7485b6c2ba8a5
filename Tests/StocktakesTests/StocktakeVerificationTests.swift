import Foundation
import Migrations
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import Stocktakes

@Suite("What db/verify finds in stocktakes")
struct StocktakeVerificationTests {
    struct Damage: Sendable {
        let does: SQL
        let undoes: SQL
    }

    @Test("each kind of damage is found", arguments: [
        Damage(
            does: "UPDATE stocktakes.tally SET counted = counted + 1 WHERE counted = 97",
            undoes: "UPDATE stocktakes.tally SET counted = counted - 1 WHERE counted = 98"),
        Damage(
            does: "UPDATE stock_ledger.movement SET document = document || 'x' WHERE document LIKE 'stocktake %'",
            undoes: "UPDATE stock_ledger.movement SET document = left(document, -1) WHERE document LIKE 'stocktake %'"),
        Damage(does: "UPDATE stocktakes.line SET round = round + 1", undoes: "UPDATE stocktakes.line SET round = round - 1"),
        Damage(
            does: "UPDATE stocktakes.line SET reason = 'other', note = 'x' WHERE reason IS NULL",
            undoes: "UPDATE stocktakes.line SET reason = NULL, note = '' WHERE reason = 'other'"),
        Damage(
            does: "UPDATE stocktakes.stocktake SET decided_by_id = (SELECT max(person_id) FROM stocktakes.tally)",
            undoes: """
                UPDATE stocktakes.stocktake SET decided_by_id = (SELECT person_id FROM identity.person WHERE code = 'supervisor'
                       AND consortium_id = stocktake.consortium_id)
                """),
        Damage(
            does: "UPDATE stocktakes.stocktake SET recount_per_mille = 1, recount_value = 1",
            undoes: "UPDATE stocktakes.stocktake SET recount_per_mille = 50, recount_value = 2000000"),
        Damage(does: "UPDATE stocktakes.line SET listed = listed + 1", undoes: "UPDATE stocktakes.line SET listed = listed - 1"),
        Damage(
            does: """
                INSERT INTO stock_ledger.freeze (consortium_id, store_id, document, frozen_at)
                SELECT consortium_id, store_id, 'stocktake ' || stocktake_id, opened_at FROM stocktakes.stocktake
                """,
            undoes: "DELETE FROM stock_ledger.freeze"),
        Damage(
            does: "UPDATE stocktakes.stocktake SET scope = 'products'", undoes: "UPDATE stocktakes.stocktake SET scope = 'whole-store'"
        ),
        Damage(
            does: "UPDATE stocktakes.stocktake SET submitted_at = opened_at - interval '1 day'",
            undoes: "UPDATE stocktakes.stocktake SET submitted_at = decided_at"),
        Damage(
            does: """
                INSERT INTO stocktakes.tally
                SELECT consortium_id, stocktake_id, line_number, round, 2, counted, book, is_not_found, 999999, counted_at
                  FROM stocktakes.tally
                """,
            undoes: "DELETE FROM stocktakes.tally WHERE attempt = 2"),
        Damage(
            does: """
                INSERT INTO stocktakes.tally
                SELECT consortium_id, stocktake_id, line_number, 2, 1, counted, book, is_not_found, person_id, counted_at
                  FROM stocktakes.tally
                """,
            undoes: "DELETE FROM stocktakes.tally WHERE round = 2"),
    ])
    func findsDamage(_ damage: Damage) async throws {
        try await withCountRoom { room in
            let opened = try await room.open(.frozen)
            try await room.count(opened.id, ["A1": 97])
            try await room.count(opened.id, ["B1": 60, "B1!": 5], by: room.second)
            try await room.finish(opened.id)
            try await room.explain(opened.id, ["A1": .lost])
            try await room.submit(opened.id)
            try await room.approve(opened.id)
            let owner = room.database.owner
            let verification = Verification(directory: "\(repositoryRoot)/db/verify")
            #expect(try await verification.defects(in: owner).isEmpty)
            try await owner.write { _ = try $0.execute(damage.does) }
            #expect(try await verification.defects(in: owner).contains { $0.file == "stocktakes.sql" })
            try await owner.write { _ = try $0.execute(damage.undoes) }
        }
    }

    @Test("the program's role cannot change a tally")
    func appendsOnly() async throws {
        try await withCountRoom { room in
            let opened = try await room.open()
            try await room.count(opened.id, ["A1": 97])
            await #expect(throws: PostgresError.self) {
                try await room.write { _ = try $0.execute("UPDATE stocktakes.tally SET counted = 98") }
            }
            await #expect(throws: PostgresError.self) {
                try await room.write { _ = try $0.execute("DELETE FROM stocktakes.tally") }
            }
        }
    }
}
