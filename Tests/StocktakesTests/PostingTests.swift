import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import Stocktakes

@Suite("Approving and posting")
struct PostingTests {
    /// A submitted stocktake in which A1 has 3 less and B1 1 more.
    private func withSubmitted(_ body: (CountRoom, StocktakeID) async throws -> Void) async throws {
        try await withCountRoom { room in
            var room = room
            let opened = try await room.open()
            try await room.count(opened.id, ["A1": 97, "B1": 61, "B1!": 5])
            try await room.finish(opened.id)
            try await room.explain(opened.id, ["A1": .lost, "B1": .recordError])
            try await room.submit(opened.id)
            room.pass()
            try await body(room, opened.id)
        }
    }

    @Test("who counted or submitted does not approve")
    func secondPerson() async throws {
        try await withSubmitted { room, id in
            let officer = room.consortium.officer
            try await room.reject(id, [try #require(try await room.numbers(of: id)["A1"])])
            try await room.count(id, ["A1": 97], by: officer)
            try await room.finish(id)
            try await room.explain(id, ["A1": .lost])
            try await room.submit(id, by: room.supervisor)
            #expect(await refusal { try await room.approve(id, by: officer) } == "stocktakes.approver-took-part")
            #expect(await refusal { try await room.approve(id, by: room.supervisor) } == "stocktakes.approver-took-part")
        }
    }

    @Test("is posted once, whatever is repeated, and its movement is not reversed")
    func once() async throws {
        try await withSubmitted { room, id in
            let request = UUID()
            let posted = try await room.approve(id, request: request)
            for again in [request, UUID()] {
                #expect(await refusal { try await room.approve(id, request: again) } == "stocktakes.wrong-state")
            }
            #expect(try await room.held() == ["A1 available": 97, "B1 available": 61, "B1 quarantined": 5])
            let movement = try #require(posted.movement)
            let reversal = await refusal {
                try await room.write { [room] transaction in
                    try ReverseMovement(movement: movement, reason: "test", requestID: UUID())
                        .run(in: transaction, by: room.consortium.officer, at: room.now)
                }
            }
            #expect(reversal == "stock-ledger.document-decides")
        }
    }

    @Test("a request that has recorded another movement posts nothing")
    func foreignRequest() async throws {
        try await withSubmitted { room, id in
            let request = UUID()
            try await room.write { [room] transaction in
                _ = try IssueStock(
                    store: room.store, lines: [ProductQuantity(product: room.consortium.products[0], quantity: 1)],
                    document: "test", requestID: request
                ).run(in: transaction, by: room.keeper, at: room.now)
            }
            #expect(await refusal { try await room.approve(id, request: request) } == "stock-ledger.already-recorded")
            #expect(try await room.read { try $0.summary(id) }.state == .awaitingApproval)
        }
    }

    @Test("a loss that no longer fits is named and counted again")
    func lossNoLongerFits() async throws {
        try await withSubmitted { room, id in
            var room = room
            try await room.issue(98, 0)
            let line = try #require(try await room.numbers(of: id)["A1"])
            do {
                try await room.approve(id)
                Issue.record("posted a loss that does not fit")
            } catch let refusal as StocktakesRefusal {
                #expect(refusal.code.rawValue == "stocktakes.loss-no-longer-fits")
                #expect(refusal.detail == "line \(line) (batch A1): 3 missing, 2 left" && refusal.field == "lines[\(line - 1)]")
            }
            #expect(await refusal { try await room.reject(id, [99]) } == "stocktakes.line-unknown")
            #expect(await refusal { try await room.reject(id, reason: "") } == "stocktakes.reason-missing")
            try await room.reject(id, [line], reason: "已发完")
            room.pass()
            try await room.count(id, ["A1": 0], by: room.second)
            try await room.finish(id)
            try await room.explain(id, ["A1": .lost])
            try await room.submit(id)
            try await room.approve(id)
            #expect(try await room.held() == ["B1 available": 61, "B1 quarantined": 5])
        }
    }

    enum Correction: CaseIterable {
        case adjustment, reversalOfEarlier, opening
    }

    @Test("a correction of the book after the count is counted again, so that nothing is corrected twice", arguments: Correction.allCases)
    func corrections(_ correction: Correction) async throws {
        try await withCountRoom { room in
            var room = room
            let issued = try await room.issue(4, 0)
            let opened = try await room.open()
            room.pass()
            try await room.count(opened.id, ["A1": 95, "B1": 60, "B1!": 5])
            try await room.finish(opened.id)
            try await room.explain(opened.id, ["A1": .lost])
            try await room.submit(opened.id)
            room.pass()
            switch correction {
            case .adjustment: try await room.move(.countLoss, "A1", 1)
            case .reversalOfEarlier: try await room.reverse(issued.movement)
            case .opening: try await room.receive(1, 0, "A1", from: .opening)
            }
            #expect(await refusal { try await room.approve(opened.id) } == "stocktakes.book-corrected")
            try await room.reject(opened.id)
            room.pass()
            let now = try #require(try await room.held()["A1 available"])
            try await room.count(opened.id, ["A1": BaseUnits(now)], by: room.second)
            try await room.finish(opened.id)
            try await room.submit(opened.id)
            #expect(try await room.approve(opened.id).movement == nil)
        }
    }

    @Test("goods that move after the count, back and forth, do not matter")
    func ordinaryMovements() async throws {
        try await withSubmitted { room, id in
            let issued = try await room.issue(50, 0)
            try await room.reverse(issued.movement)
            try await room.receive(10, 0, "A1")
            try await room.move(.quarantine, "A1", 20)
            try await room.approve(id)
            #expect(
                try await room.held() == ["A1 available": 87, "A1 quarantined": 20, "B1 available": 61, "B1 quarantined": 5])
        }
    }

    @Test("rejected without naming lines, every line that differs is counted again; where none does, every line")
    func rejectsAll() async throws {
        try await withSubmitted { room, id in
            try await room.reject(id)
            #expect(try await room.read { try $0.lines(of: id, .toCount, limit: 9) }.count == 2)
            try await room.count(id, ["A1": 100, "B1": 60], by: room.second)
            try await room.finish(id)
            try await room.submit(id)
            try await room.reject(id)
            #expect(try await room.read { try $0.lines(of: id, .toCount, limit: 9) }.count == 3)
        }
    }
}

extension CountRoom {
    func reverse(_ movement: MovementID) async throws {
        try await write { [self] transaction in
            _ = try ReverseMovement(movement: movement, reason: "test", requestID: UUID())
                .run(in: transaction, by: consortium.officer, at: now)
        }
    }
}
