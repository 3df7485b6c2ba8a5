import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import Stocktakes

@Suite("Counting what is frozen")
struct FrozenStocktakeTests {
    @Test("nothing that is counted moves until the count is posted")
    func heldUntilPosted() async throws {
        try await withCountRoom { room in
            let opened = try await room.open(.frozen, scope: .products([room.consortium.products[0]]))
            #expect(await refusal { try await room.issue(1, 0) } == "stock-ledger.frozen")
            #expect(await refusal { try await room.receive(1, 0, "NEW") } == "stock-ledger.frozen")
            try await room.issue(1, 1)
            try await room.count(opened.id, ["A1": 99])
            try await room.finish(opened.id)
            try await room.explain(opened.id, ["A1": .expiryRemoved])
            try await room.submit(opened.id)
            #expect(await refusal { try await room.issue(1, 0) } == "stock-ledger.frozen")
            try await room.approve(opened.id)
            #expect(try await room.held()["A1 available"] == 99)
            try await room.issue(1, 0)
        }
    }

    @Test("a count that is given up lets everything move again", arguments: [StocktakeScope.wholeStore, .expiring(withinDays: 400)])
    func lifted(scope: StocktakeScope) async throws {
        try await withCountRoom { room in
            let opened = try await room.open(.frozen, scope: scope)
            #expect(await refusal { try await room.issue(1, 1) } == "stock-ledger.frozen")
            try await room.count(opened.id, ["A1": 99])
            try await room.cancel(opened.id)
            try await room.issue(1, 1)
            #expect(try await room.held()["A1 available"] == 100)
            #expect(await refusal { try await room.count(opened.id, ["A1": 99]) } == "stocktakes.wrong-state")
        }
    }

    @Test("an empty store may be counted, and what is found there comes onto the books")
    func emptyStore() async throws {
        try await withTestDatabase { database in
            let room = try await CountRoom.make(in: database)
            let opened = try await room.open(.frozen)
            try await room.find(12, 0, "A1", in: opened.id)
            try await room.finish(opened.id)
            try await room.count(opened.id, ["A1": 12], by: room.second)
            try await room.finish(opened.id)
            try await room.explain(opened.id, ["A1": .found])
            try await room.submit(opened.id)
            try await room.approve(opened.id)
            #expect(try await room.held() == ["A1 available": 12])
        }
    }

    @Test("a store that something else holds still is not frozen twice")
    func heldByAnother() async throws {
        try await withCountRoom { room in
            try await room.write { [room] transaction in
                try FreezeProducts(store: room.store, products: [room.consortium.products[1]], document: "recall 7")
                    .run(in: transaction, by: room.keeper, at: room.now)
            }
            #expect(await refusal { try await room.open(.frozen) } == "stock-ledger.frozen")
            #expect(try await room.open(.frozen, scope: .products([room.consortium.products[0]])).state == .counting)
        }
    }
}
