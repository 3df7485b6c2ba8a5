import Migrations
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@Suite("What db/verify finds in the ledger")
struct LedgerVerificationTests {
    struct Damage: Sendable {
        let does: SQL
        let undoes: SQL
    }

    @Test("each kind of damage is found", arguments: [
        Damage(does: "UPDATE stock_ledger.balance SET quantity = quantity + 1", undoes: "UPDATE stock_ledger.balance SET quantity = quantity - 1"),
        Damage(
            does: "UPDATE stock_ledger.entry SET quantity = quantity + 1 WHERE line = 1",
            undoes: "UPDATE stock_ledger.entry SET quantity = quantity - 1 WHERE line = 1"),
        Damage(
            does: "UPDATE stock_ledger.product_day SET available = available + 1",
            undoes: "UPDATE stock_ledger.product_day SET available = available - 1"),
        Damage(
            does: "UPDATE stock_ledger.product_day SET consumed = consumed + 1",
            undoes: "UPDATE stock_ledger.product_day SET consumed = consumed - 1"),
        Damage(
            does: "UPDATE stock_ledger.movement SET occurred_on = occurred_on - 1, reason = 'x'",
            undoes: "UPDATE stock_ledger.movement SET occurred_on = occurred_on + 1"),
        Damage(
            does: "UPDATE stock_ledger.shelf SET last_on = last_on - 1",
            undoes: "UPDATE stock_ledger.shelf SET last_on = last_on + 1"),
        Damage(
            does: "UPDATE stock_ledger.product_day SET expired = expired + 1",
            undoes: "UPDATE stock_ledger.product_day SET expired = expired - 1"),
        Damage(
            does: "UPDATE stock_ledger.product_day SET gained = gained + 1",
            undoes: "UPDATE stock_ledger.product_day SET gained = gained - 1"),
        Damage(
            does: "UPDATE stock_ledger.batch SET expires_on = expires_on + 1",
            undoes: "UPDATE stock_ledger.batch SET expires_on = expires_on - 1"),
    ])
    func findsDamage(_ damage: Damage) async throws {
        try await withLedger { ledger in
            let store = ledger.consortium.pharmacies[0]
            try await ledger.receive(10, of: ledger.key(0), in: store)
            try await ledger.issue(4, of: 0, from: store)
            let owner = ledger.database.owner
            let verification = Verification(directory: "\(repositoryRoot)/db/verify")
            #expect(try await verification.defects(in: owner).isEmpty)
            try await owner.write { _ = try $0.execute(damage.does) }
            #expect(try await verification.defects(in: owner).contains { $0.file == "stock_ledger.sql" })
            try await owner.write { _ = try $0.execute(damage.undoes) }
        }
    }
}
