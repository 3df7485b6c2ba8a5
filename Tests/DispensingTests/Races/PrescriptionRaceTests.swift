import Dispensing
import Foundation
import Migrations
import Postgres
import Primitives
import TestSupport
import Testing

/// Claims, whole and partial dispensings with scanned boxes, cancellations, returns, held and quarantined batches, all at the
/// same moment, over five pharmacies and real connections. `LIANYAO_RACES` says how many seeds, `LIANYAO_RACE_SEED` runs one
/// again; `scripts/races` runs a thousand.
@Suite("Races of five pharmacies")
struct PrescriptionRaceTests {
    private static var seeds: [UInt64] {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["LIANYAO_RACE_SEED"].flatMap({ UInt64($0) }) { return [named] }
        return Array(0..<(environment["LIANYAO_RACES"].flatMap { UInt64($0) } ?? 80))
    }

    @Test("hand out each unit and each box at most once, and the books agree after every block")
    func races() async throws {
        try await withTestDatabase { database in
            let town = try await FivePharmacies.make(in: database)
            var tally: [String: Int] = [:]
            let seeds = Self.seeds
            for block in stride(from: 0, to: seeds.count, by: 80).map({ seeds[$0..<min($0 + 80, seeds.count)] }) {
                var ids = try await town.prescriptions(2 * block.count)
                for seed in block {
                    let race = PrescriptionRace(seed: seed, Array(ids.suffix(2)))
                    ids.removeLast(2)
                    for outcome in await race.run(in: town) {
                        tally[outcome ?? "done", default: 0] += 1
                        let isExpected = outcome.map(PrescriptionRace.refusals.contains) ?? true
                        #expect(isExpected, "LIANYAO_RACE_SEED=\(seed): \(outcome ?? "")")
                    }
                }
                try await requireBooksAgree(database, "seeds \(block.startIndex) to \(block.endIndex)")
            }
            await town.connections.close()
            // The races are worth running only while much is done and much is refused.
            if seeds.count >= 80 {
                for outcome in [
                    "done", "dispensing.already-dispensed", "dispensing.claimed-elsewhere", "dispensing.trace-code-dispensed",
                    "dispensing.wrong-state", "dispensing.exceeds-open",
                ] { #expect(tally[outcome, default: 0] > 0, "\(outcome): \(tally)") }
            }
        }
    }

    private func requireBooksAgree(_ database: TestDatabase, _ block: String) async throws {
        for defect in try await Verification(directory: "\(repositoryRoot)/db/verify").defects(in: database.owner) {
            Issue.record("\(block): \(defect)")
        }
        let (handedOut, issued, twice) = try await database.owner.read { transaction in
            let handedOut = try transaction.first("SELECT sum(handed_out)::bigint AS n FROM dispensing.prescription_line") {
                try $0["n"] as Int64
            }
            let issued = try transaction.first(
                """
                SELECT sum(entry.quantity)::bigint AS n
                  FROM stock_ledger.entry JOIN stock_ledger.movement USING (consortium_id, movement_id)
                 WHERE entry.state = 'patient' AND movement.kind = 'issue'
                """
            ) { try $0["n"] as Int64 }
            let twice = try transaction.first(
                """
                SELECT count(*) AS n FROM (
                    SELECT code FROM dispensing.dispensed_code WHERE NOT is_split AND return_id IS NULL
                     GROUP BY code HAVING count(*) > 1) AS twice
                """
            ) { try $0["n"] as Int64 }
            return (handedOut, issued, twice)
        }
        #expect(handedOut == issued && twice == 0, "\(block)")
    }
}
