import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import Stocktakes

@Suite("Stocktakes over random histories")
struct StocktakePropertyTests {
    /// What the store should have, by batch number and state, kept beside the ledger in the simplest way there is.
    private struct Model {
        var held: [String: Int64] = [:]
        /// What the last count of each line found different.
        var differences: [String: Int64] = [:]

        mutating func add(_ quantity: Int64, to place: String) {
            held[place, default: 0] += quantity
            if held[place] == 0 { held[place] = nil }
        }
    }

    private struct Story {
        var room: CountRoom
        var random: SeededGenerator
        var model = Model()
        var counters: [Int: PersonID] = [:]

        /// Something ordinary happens to the stock.
        mutating func move() async throws {
            room.pass()
            let product = Int.random(in: 0..<2, using: &random)
            let quantity = Int64.random(in: 1...30, using: &random)
            do {
                switch Int.random(in: 0..<4, using: &random) {
                case 0:
                    let batch = "P\(product)-\(Int.random(in: 0..<3, using: &random))"
                    try await room.receive(BaseUnits(quantity), product, batch)
                    model.add(quantity, to: "\(batch) available")
                case 1:
                    let batch = "P\(product)-\(Int.random(in: 0..<3, using: &random))"
                    guard model.held["\(batch) available", default: 0] >= quantity else { return }
                    try await room.move(.quarantine, batch, BaseUnits(quantity))
                    model.add(-quantity, to: "\(batch) available")
                    model.add(quantity, to: "\(batch) quarantined")
                default:
                    for pick in try await room.issue(BaseUnits(quantity), product).picks {
                        model.add(-pick.quantity.rawValue, to: "\(pick.batchNumber) available")
                    }
                }
            } catch let refusal as StockLedgerRefusal {
                #expect(refusal.code == .insufficientStock)
            }
        }

        /// Counts everything that waits to be counted, each line by somebody who may, with business going on.
        mutating func count(_ id: StocktakeID) async throws {
            var waiting = try await room.read { try $0.lines(of: id, .toCount, limit: 100) }
            waiting.shuffle(using: &random)
            for line in waiting {
                if Bool.random(using: &random) { try await move() }
                room.pass()
                let place = "\(line.batchNumber) \(line.state.rawValue)"
                let book = model.held[place, default: 0]
                let counted = max(0, book + (Bool.random(using: &random) ? 0 : Int64.random(in: -6...6, using: &random)))
                let person = counters[line.line] == room.keeper.person ? room.second : room.keeper
                try await room.enter(
                    [CountLines.Count(line: line.line, counted: BaseUnits(counted), isNotFound: counted == 0)], of: id, by: person)
                counters[line.line] = person.person
                model.differences[place] = counted - book
            }
            if Bool.random(using: &random) { try await move() }
        }

        /// Finishes, explains and submits; what is doubtful is counted again.
        mutating func settle(_ id: StocktakeID) async throws {
            for _ in 0..<10 {
                try await count(id)
                if try await room.finish(id).state == .counted { break }
            }
            let differing = try await room.read { try $0.lines(of: id, .differing, limit: 100) }
            if !differing.isEmpty {
                let room = room
                try await room.write { transaction in
                    _ = try ExplainDifferences(
                        stocktake: id, explanations: differing.map { .init(line: $0.line, reason: .recordError) }
                    ).run(in: transaction, by: room.keeper, at: room.now)
                }
            }
            try await room.submit(id)
        }
    }

    @Test("after posting, the balance is the model's, whatever moved while it was counted", arguments: UInt64(0)..<12)
    func agreesWithModel(seed: UInt64) async throws {
        try await withTestDatabase { database in
            var story = Story(room: try await CountRoom.make(in: database), random: SeededGenerator(seed: seed))
            for _ in 0..<12 { try await story.move() }
            for number in 0..<2 {
                story.model.differences = [:]
                story.counters = [:]
                story.room.pass()
                let opened = try await story.room.open(blind: Bool.random(using: &story.random))
                try await story.settle(opened.id)
                for _ in 0..<4 { try await story.move() }
                var isPosted = false
                for _ in 0..<20 where !isPosted {
                    story.room.pass()
                    do {
                        try await story.room.approve(opened.id)
                        isPosted = true
                    } catch let refusal as StocktakesRefusal where refusal.code == .lossNoLongerFits {
                        try await story.room.reject(opened.id)
                        try await story.settle(opened.id)
                    }
                }
                #expect(isPosted, "seed \(seed), stocktake \(number)")
                for (place, difference) in story.model.differences { story.model.add(difference, to: place) }
                #expect(try await story.room.held() == story.model.held, "seed \(seed), stocktake \(number)")
                for _ in 0..<4 { try await story.move() }
            }
            #expect(try await story.room.held() == story.model.held, "seed \(seed)")
        }
    }
}
