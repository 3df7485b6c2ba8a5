@testable import Lianyao
import Logging
import Primitives
import TestSupport
import Testing

@Suite("The upkeep of long prescriptions")
struct LongPlansUpkeepTests {
    @Test("a turn sets aside what is there, warns of what will be short, and resolves it when it came; said in one line")
    func turns() async throws {
        try await withPlanBench { bench in
            _ = try await bench.plan()
            _ = try await bench.plan(at: bench.stores[1])
            func turn() async throws -> Upkeep.LongPlansTurn {
                try await Upkeep(
                    database: bench.database.application, logger: Logger(label: "test"), time: .fixed(bench.now)
                ).tendLongPlans()
            }
            let first = try await turn()
            #expect(first.short == 2 && first.warned == 4 && first.resolved == 0 && first.isWorthTelling)
            #expect(first.description.hasSuffix("2 short; 4 early warnings raised, 0 resolved"))
            try await bench.stock(40)
            let second = try await turn()
            #expect(second.reserved == 1 && second.warned == 0 && second.resolved == 2)
            let third = try await turn()
            #expect(third.warned == 0 && third.resolved == 0)
        }
    }
}
