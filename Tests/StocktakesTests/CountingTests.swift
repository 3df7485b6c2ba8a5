import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import Stocktakes

@Suite("Counting and recounting")
struct CountingTests {
    @Test("a line that is not counted is not zero, and zero is marked as not found")
    func completeness() async throws {
        try await withCountRoom { room in
            let opened = try await room.open()
            try await room.count(opened.id, ["A1": 100, "B1!": 5])
            #expect(await refusal { try await room.finish(opened.id) } == "stocktakes.not-all-counted")
            #expect(try await room.read { try $0.lines(of: opened.id, .toCount, limit: 9) }.map(\.batchNumber) == ["B1"])
            let line = try #require(try await room.numbers(of: opened.id)["B1"])
            func code(_ counts: CountLines.Count..., of id: StocktakeID? = nil) async -> String {
                await refusal { try await room.enter(counts, of: id ?? opened.id) }
            }
            let codes = [
                await code(.init(line: line, counted: 0)), await code(.init(line: line, counted: 3, isNotFound: true)),
                await code(.init(line: line, counted: -1)), await code(.init(line: line, counted: BaseUnits(.max))),
                await code(.init(line: line, counted: 1), .init(line: line, counted: 2)), await code(),
                await code(.init(line: 99, counted: 1)), await code(.init(line: line, counted: 1), of: StocktakeID(UUID())),
            ]
            #expect(
                codes == [
                    "stocktakes.not-found-unmarked", "stocktakes.not-found-unmarked", "stocktakes.quantity-invalid",
                    "stocktakes.quantity-invalid", "stocktakes.line-repeated", "stocktakes.nothing-named",
                    "stocktakes.line-unknown", "stocktakes.stocktake-unknown",
                ])
            try await room.count(opened.id, ["B1": 0])
            let asked = try await room.finish(opened.id)
            #expect(asked.state == .recounting && asked.round == 2 && asked.reason == "差异较大")
        }
    }

    @Test("a large difference is counted again by another person, and the last count stands")
    func recounts() async throws {
        try await withCountRoom { room in
            let opened = try await room.open()
            try await room.count(opened.id, ["A1": 90, "B1": 60, "B1!": 5])
            #expect(await refusal { try await room.count(opened.id, ["A1": 91], by: room.second) } == "stocktakes.counted-by-another")
            try await room.finish(opened.id)
            #expect(try await room.read { try $0.summary(opened.id) }.linesCounted == 2)
            #expect(await refusal { try await room.count(opened.id, ["A1": 90]) } == "stocktakes.recount-by-same-person")
            #expect(await refusal { try await room.count(opened.id, ["B1": 60]) } == "stocktakes.line-not-to-count")
            #expect(await refusal { try await room.explain(opened.id, ["A1": .lost]) } == "stocktakes.wrong-state")
            try await room.count(opened.id, ["A1": 92], by: room.second)
            #expect(try await room.finish(opened.id).state == .counted)
            // Somebody doubts it still: the first counter may, since another has counted in between.
            let line = try #require(try await room.numbers(of: opened.id)["A1"])
            try await room.explain(opened.id, ["A1": .stolen])
            let again = try await room.recount(opened.id, [line])
            #expect(again.state == .recounting && again.round == 3 && again.reason == "再看一遍")
            try await room.count(opened.id, ["A1": 91])
            try await room.finish(opened.id)
            #expect(await refusal { try await room.submit(opened.id) } == "stocktakes.difference-unexplained")
            let codes = [
                await refusal { try await room.recount(opened.id, []) }, await refusal { try await room.recount(opened.id, [99]) },
                await refusal { try await room.recount(opened.id, [line], reason: " ") },
            ]
            #expect(codes == ["stocktakes.nothing-named", "stocktakes.line-unknown", "stocktakes.reason-missing"])
            try await room.explain(opened.id, ["A1": .stolen])
            try await room.submit(opened.id)
            try await room.approve(opened.id)
            #expect(try await room.held()["A1 available"] == 91)
        }
    }

    @Test("one tablet of a narcotic is counted again however little it is worth")
    func narcotics() async throws {
        try await withCountRoom { room in
            try await room.receive(1_000, 3, "M1")
            let opened = try await room.open()
            try await room.count(opened.id, ["A1": 99, "B1": 60, "B1!": 5, "M1": 999])
            try await room.finish(opened.id)
            #expect(try await room.read { try $0.lines(of: opened.id, .toCount, limit: 9) }.map(\.batchNumber) == ["M1"])
        }
    }

    @Test("a blind count tells nothing of the ledger or of earlier rounds until it has ended")
    func blind() async throws {
        try await withCountRoom { room in
            let opened = try await room.open(blind: true)
            func line(_ batch: String) async throws -> SheetLineReading {
                try #require(try await room.read { try $0.lines(of: opened.id, limit: 9) }.first { $0.batchNumber == batch })
            }
            var seen = try await line("A1")
            #expect(seen.book == nil && seen.counted == nil && seen.difference == nil && seen.isToCount)
            try await room.count(opened.id, ["A1": 90, "B1": 60, "B1!": 5])
            seen = try await line("A1")
            #expect(seen.book == nil && seen.counted == 90 && seen.difference == nil && seen.value == nil && !seen.isToCount)
            let codes = [
                await refusal { try await room.read { try $0.lines(of: opened.id, .differing, limit: 9) } },
                await refusal { try await room.read { try $0.differences(of: opened.id) } },
            ]
            #expect(codes == ["stocktakes.still-blind", "stocktakes.still-blind"])
            let batch = seen.batch
            #expect(try await room.read { try $0.counts(of: batch, limit: 9) }.isEmpty)
            try await room.finish(opened.id)
            seen = try await line("A1")
            #expect(seen.book == nil && seen.counted == nil && seen.countedBy == nil && seen.isToCount)
            try await room.count(opened.id, ["A1": 90], by: room.second)
            try await room.finish(opened.id)
            seen = try await line("A1")
            #expect(seen.book == 100 && seen.counted == 90 && seen.difference == -10 && seen.roundsCounted == 2)
            // Ten of 28 at 12.50.
            #expect(seen.value == Money(tenThousandths: -44_643))
        }
    }

    @Test("an open count tells the book from the first")
    func open() async throws {
        try await withCountRoom { room in
            let opened = try await room.open()
            try await room.count(opened.id, ["A1": 99])
            let lines = try await room.read { try $0.lines(of: opened.id, limit: 9) }
            #expect(Set(lines.map(\.book)) == [100, 60, 5] && Set(lines.map(\.difference)) == [-1, nil])
            #expect(try await room.read { try $0.differences(of: opened.id) }.totals.linesCounted == 1)
            #expect(try await room.read { try $0.lines(of: opened.id, after: 1, limit: 1) }.map(\.line) == [2])
        }
    }

    @Test("reasons fit the difference, and some need a note")
    func reasons() async throws {
        try await withCountRoom { room in
            let opened = try await room.open()
            try await room.count(opened.id, ["A1": 101, "B1": 59, "B1!": 5])
            try await room.finish(opened.id)
            let codes = [
                await refusal { try await room.explain(opened.id, ["A1": .breakage]) },
                await refusal { try await room.explain(opened.id, ["B1": .found]) },
                await refusal { try await room.explain(opened.id, ["B1!": .unitError]) },
                await refusal { try await room.explain(opened.id, ["A1": .unexplained], note: " ") },
                await refusal { try await room.explain(opened.id, [:]) },
                await refusal { try await room.submit(opened.id) },
            ]
            #expect(
                codes == [
                    "stocktakes.reason-does-not-fit", "stocktakes.reason-does-not-fit", "stocktakes.no-difference",
                    "stocktakes.note-missing", "stocktakes.nothing-named", "stocktakes.difference-unexplained",
                ])
            try await room.explain(opened.id, ["A1": .unexplained, "B1": .lost], note: " 查过两遍 ")
            #expect(try await room.read { try $0.lines(of: opened.id, limit: 1) }.first?.note == "查过两遍")
            let twice = await refusal {
                try await room.write { [room] transaction in
                    try ExplainDifferences(
                        stocktake: opened.id,
                        explanations: [.init(line: 1, reason: .recordError), .init(line: 1, reason: .recordError)]
                    ).run(in: transaction, by: room.keeper, at: room.now)
                }
            }
            #expect(twice == "stocktakes.line-repeated")
        }
    }

    @Test("only those who may do each thing, and nobody of another facility")
    func roles() async throws {
        try await withCountRoom { room in
            let stranger = room.consortium.storekeepers[1]
            #expect(await refusal { try await room.open(by: stranger) } == "identity.other-facility")
            #expect(await refusal { try await room.open(by: room.second) } == "identity.role-missing")
            let loose = RecountRule(valueFrom: Money(tenThousandths: 9_000_000), perMilleFrom: 900)
            #expect(await refusal { try await room.open(rule: loose) } == "identity.role-missing")
            let opened = try await room.open(rule: loose, by: room.supervisor)
            #expect(await refusal { try await room.open() } == "stocktakes.store-is-being-counted")
            #expect(await refusal { try await room.count(opened.id, ["A1": 1], by: stranger) } == "identity.other-facility")
            #expect(await refusal { try await room.finish(opened.id, by: room.second) } == "identity.role-missing")
            try await room.count(opened.id, ["A1": 60, "B1": 60, "B1!": 5])
            let counted = try await room.finish(opened.id)
            #expect(counted.state == .counted)
            #expect(await refusal { try await room.finish(opened.id, version: 1) } == "stocktakes.changed-meanwhile")
            try await room.explain(opened.id, ["A1": .unitError])
            try await room.submit(opened.id)
            #expect(await refusal { try await room.approve(opened.id, by: room.keeper) } == "identity.role-missing")
            #expect(await refusal { try await room.cancel(opened.id) } == "identity.role-missing")
            #expect(await refusal { try await room.cancel(opened.id, reason: "") } == "stocktakes.reason-missing")
            #expect(try await room.cancel(opened.id, by: room.supervisor).state == .cancelled)
            #expect(await refusal { try await room.open(as: opened.id) } == "stocktakes.stocktake-exists")
            #expect(try await room.held()["A1 available"] == 100)
        }
    }
}
