import Audit
import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import Stocktakes

@Suite("The life of a stocktake")
struct StocktakeLifeTests {
    @Test("counted while goods move: the ledger changes by what differed at the moment of counting")
    func countsWhileMoving() async throws {
        try await withCountRoom { room in
            var room = room
            try await room.issue(30, 0)
            let opened = try await room.open()
            #expect(opened.number.hasPrefix("PD-2026-") && opened.state == .counting && opened.round == 1)
            #expect(Set(try await room.read { try $0.lines(of: opened.id, limit: 10) }.map(\.book)) == [70, 60, 5])
            room.pass()
            try await room.issue(10, 0)  // between the sheet and the count
            try await room.count(opened.id, ["A1": 59, "B1!": 5])
            room.pass()
            try await room.issue(20, 0)  // after the count
            try await room.count(opened.id, ["B1": 61], by: room.second)
            try await room.count(opened.id, ["B1": 62], by: room.second)  // a slip of the pen
            let counted = try await room.finish(opened.id)
            #expect(counted.state == .counted)
            try await room.explain(opened.id, ["A1": .breakage, "B1": .earlierCountError])
            try await room.submit(opened.id)
            room.pass()
            let posted = try await room.approve(opened.id)
            #expect(posted.state == .posted && posted.movement != nil && posted.decidedBy == room.supervisor.person)
            #expect(try await room.held() == ["A1 available": 39, "B1 available": 62, "B1 quarantined": 5])
            let summary = try await room.read { try $0.summary(opened.id) }
            #expect(summary.lines == 3 && summary.linesCounted == 3 && summary.movement == posted.movement)
            #expect(summary.name == "月末盘点" && summary.recount == .standard && summary.version == posted.version)
            let actions = try await room.write { [room] in
                try AuditTrail($0).events(of: opened.subject, in: room.consortium.id).map(\.action)
            }
            #expect(
                actions == ["open", "count", "count", "count", "finish", "explain", "submit", "approve"].map { "stocktakes.\($0)" })
        }
    }

    @Test("a count without differences is approved and moves nothing")
    func nothingDiffers() async throws {
        try await withCountRoom { room in
            let opened = try await room.open()
            try await room.count(opened.id, ["A1": 100, "B1": 60, "B1!": 5])
            try await room.finish(opened.id)
            try await room.submit(opened.id)
            let posted = try await room.approve(opened.id)
            #expect(posted.movement == nil)
            let differences = try await room.read { try $0.differences(of: opened.id) }
            #expect(differences.totals.linesRight == 3 && differences.reasons.isEmpty)
        }
    }

    @Test("batches that are new to the store or to everyone are added and come onto the books")
    func findsBatches() async throws {
        try await withCountRoom { room in
            let opened = try await room.open()
            #expect(try await room.find(28, 2, "C9", in: opened.id) == 4)
            try await room.receive(50, 0, "A2")  // after the sheet was made; the ledger knows it
            let known = try await room.find(50, 0, "A2", in: opened.id, by: room.second)
            try await room.find(2, 0, "A1", in: opened.id, state: .quarantined)
            let codes = [
                await refusal { try await room.find(1, 0, "A1", in: opened.id) },
                await refusal { try await room.find(0, 0, "A7", in: opened.id) },
                await refusal { try await room.find(1, 0, "", in: opened.id) },
                await refusal { try await room.find(1, 0, "A7", in: opened.id, state: .inTransit) },
            ]
            #expect(
                codes == [
                    "stocktakes.batch-on-sheet", "stocktakes.quantity-invalid", "stock-ledger.batch-number-invalid",
                    "stocktakes.setting-invalid",
                ])
            let lines = try await room.read { try $0.lines(of: opened.id, limit: 100) }
            #expect(lines.filter(\.isFound).map(\.difference) == [28, 0, 2] && lines[known - 1].batchNumber == "A2")
            try await room.count(opened.id, ["A1": 98, "B1": 60, "B1!": 5])
            let asked = try await room.finish(opened.id)
            #expect(asked.state == .recounting && asked.round == 2)
            try await room.count(opened.id, ["C9": 28, "A1!": 2], by: room.second)
            try await room.finish(opened.id)
            try await room.explain(opened.id, ["C9": .found, "A1": .recordError, "A1!": .recordError])
            try await room.submit(opened.id)
            try await room.approve(opened.id)
            #expect(
                try await room.held() == [
                    "A1 available": 98, "A1 quarantined": 2, "A2 available": 50, "B1 available": 60, "B1 quarantined": 5,
                    "C9 available": 28,
                ])
        }
    }

    @Test("selections find what expires soon, what is worth much and what has moved since it was counted")
    func selections() async throws {
        try await withCountRoom { room in
            var room = room
            try await room.receive(7, 2, "C1", expires: 30)
            func batches(_ scope: StocktakeScope, ends: Bool = true) async throws -> [String] {
                let opened = try await room.open(scope: scope)
                let lines = try await room.read { try $0.lines(of: opened.id, limit: 100) }
                if ends { try await room.cancel(opened.id) }
                return Set(lines.map(\.batchNumber)).sorted()
            }
            #expect(try await batches(.expiring(withinDays: 30)) == ["C1"])
            #expect(try await batches(.products([room.consortium.products[1], room.consortium.products[0]])) == ["A1", "B1"])
            // 100 of A1 at 12.50 for 28 are worth 44.64; 65 of B1 at 12.50 for 30 are worth 27.08; 7 of C1 17.50.
            #expect(try await batches(.highValue(from: Money(tenThousandths: 446_000))) == ["A1"])
            #expect(try await batches(.highValue(from: Money(tenThousandths: 270_000))) == ["A1", "B1"])
            #expect(try await batches(.movedSinceCount) == ["A1", "B1", "C1"])
            let counted = try await room.open(scope: .products(Array(room.consortium.products.prefix(2))))
            try await room.count(counted.id, ["A1": 99, "B1": 60, "B1!": 5])
            try await room.finish(counted.id)
            try await room.explain(counted.id, ["A1": .lost])
            try await room.submit(counted.id)
            room.pass()
            try await room.approve(counted.id)
            #expect(try await batches(.movedSinceCount) == ["C1"])
            room.pass()
            try await room.issue(1, 1)
            #expect(try await batches(.movedSinceCount) == ["B1", "C1"])
            let codes = [
                await refusal { try await room.open(scope: .expiring(withinDays: 3)) },
                await refusal { try await room.open(scope: .expiring(withinDays: -1)) },
                await refusal { try await room.open(scope: .highValue(from: .zero)) },
                await refusal { try await room.open(scope: .products([])) },
                await refusal { try await room.open(scope: .products([ProductID(999_999)])) },
            ]
            #expect(
                codes == [
                    "stocktakes.nothing-to-count", "stocktakes.setting-invalid", "stocktakes.setting-invalid",
                    "stocktakes.nothing-named", "formulary.product-unknown",
                ])
            let chosen = try await room.open(scope: .products([room.consortium.products[2]]))
            #expect(await refusal { try await room.find(1, 0, "A9", in: chosen.id) } == "stocktakes.product-out-of-scope")
        }
    }

    @Test("history and accuracy tell what was counted and how right the ledger was")
    func record() async throws {
        try await withCountRoom { room in
            var room = room
            let opened = try await room.open()
            try await room.count(opened.id, ["A1": 98, "B1": 61, "B1!": 5])
            room.pass()
            try await room.count(opened.id, ["A1": 99])
            try await room.finish(opened.id)
            try await room.explain(opened.id, ["A1": .lost, "B1": .other], note: "见登记本")
            try await room.submit(opened.id)
            try await room.approve(opened.id)
            let batch = try #require(try await room.stock().first { $0.batchNumber == "A1" }?.batch)
            let history = try await room.read { try $0.counts(of: batch, limit: 10) }
            #expect(history.map(\.counted) == [99, 98] && history.map(\.isPosted) == [true, false])
            #expect(history.map(\.reason) == [.lost, nil] && history.allSatisfy { $0.countedBy == room.keeper.person })
            let today = room.today
            let accuracy = try await room.read { try $0.accuracy(from: today, through: today) }
            let totals = try #require(accuracy.first?.totals)
            #expect(accuracy.count == 1 && accuracy.first?.stocktakes == 1 && totals.linesCounted == 3 && totals.linesRight == 1)
            // One of A1 is worth 12.50 / 28, one of B1 12.50 / 30.
            #expect([totals.gain, totals.loss, totals.net, totals.absolute].map(\.tenThousandths) == [4_167, 4_464, -297, 8_631])
            #expect(try await room.read { try $0.accuracy(from: today.adding(days: 1), through: today.adding(days: 2)) }.isEmpty)
            let differences = try await room.read { try $0.differences(of: opened.id) }
            #expect(differences.reasons.map(\.reason) == [.lost, .other] && differences.totals == totals)
            #expect(try await room.read { try $0.lines(of: opened.id, .differing, limit: 10) }.count == 2)
            #expect(try await room.read { try $0.list(state: .posted, limit: 10) }.map(\.id) == [opened.id])
            #expect(try await room.read { try $0.list(state: .counting, limit: 10) }.isEmpty)
        }
    }
}

/// The refusal code `body` throws, or what else it did.
func refusal<Value>(_ body: () async throws -> Value) async -> String {
    do {
        _ = try await body()
        return "no refusal"
    } catch let refusal as any Refusal {
        return refusal.refusalCode.rawValue
    } catch {
        return "\(error)"
    }
}
