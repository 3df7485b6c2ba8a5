import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@Suite("The ledger over random histories")
struct RandomHistoryTests {
    private static let shards = 8

    /// The seeds of one shard; only the one named by `LIANYAO_LEDGER_SEED`, when it is set.
    private static func seeds(of shard: Int) -> [UInt64] {
        guard let named = ProcessInfo.processInfo.environment["LIANYAO_LEDGER_SEED"] else {
            return (0..<UInt64(200)).filter { $0 % UInt64(shards) == UInt64(shard) }
        }
        return shard == 0 ? UInt64(named).map { [$0] } ?? [] : []
    }

    /// Two hundred histories; afterwards `db/verify` recomputes the balances, days and sums of them all.
    @Test("does what a model foretells, and held on every day what the model held", arguments: 0..<shards)
    func agreesWithModel(shard: Int) async throws {
        let seeds = Self.seeds(of: shard)
        guard !seeds.isEmpty else { return }
        try await withTestDatabase { database in
            for seed in seeds {
                let consortium = try await SmallConsortium.make(in: database, code: "h\(seed)")
                do {
                    try await database.application.write(as: consortium.id.tenant) { transaction in
                        let history = RandomHistory(seed: seed, consortium, transaction)
                        try history.run(steps: 60)
                        try history.compare()
                    }
                } catch let disagreement as RandomHistory.Disagreement {
                    Issue.record(
                        """
                        seed \(seed): \(disagreement)
                        again: LIANYAO_LEDGER_SEED=\(seed) scripts/test --filter RandomHistoryTests
                        """)
                }
            }
        }
    }
}
