import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@Suite("The ledger over time")
struct LedgerHistoryTests {
    /// What the ledger should hold, kept beside it in the simplest way there is.
    private struct Model {
        struct Key: Hashable { let store: StoreID, batch: BatchID, state: InsideState }
        var held: [Key: Int64] = [:]

        mutating func add(_ quantity: BaseUnits, _ store: StoreID, _ batch: BatchID, _ state: InsideState) {
            held[Key(store: store, batch: batch, state: state), default: 0] += quantity.rawValue
            if held[Key(store: store, batch: batch, state: state)] == 0 {
                held[Key(store: store, batch: batch, state: state)] = nil
            }
        }
    }

    @Test("agrees with a model over random histories", arguments: UInt64(0)..<12)
    func agreesWithModel(seed: UInt64) async throws {
        try await withLedger { ledger in
            var random = SeededGenerator(seed: seed)
            var model = Model()
            let stores = ledger.consortium.pharmacies
            for step in 0..<60 {
                let store = stores[Int.random(in: 0..<2, using: &random)]
                let other = stores[store == stores[0] ? 1 : 0]
                let product = Int.random(in: 0..<3, using: &random)
                let quantity = BaseUnits(Int64.random(in: 1...40, using: &random))
                do {
                    switch Int.random(in: 0..<6, using: &random) {
                    case 0, 1:
                        let key = ledger.key(product, "B\(Int.random(in: 0..<4, using: &random))", expires: 100 + product)
                        let movement = try await ledger.receive(quantity, of: key, in: store)
                        model.add(quantity, store, try await batch(of: movement, ledger), .available)
                    case 2:
                        for pick in try await ledger.issue(quantity, of: product, from: store).picks {
                            model.add(-pick.quantity, store, pick.batch, .available)
                        }
                    case 3:
                        let id = TransferID(UUID())
                        let shipped = try await ledger.ship(quantity, of: product, from: store, to: other, as: id)
                        try await ledger.arrive(id)
                        for pick in shipped.picks {
                            model.add(-pick.quantity, store, pick.batch, .available)
                            model.add(pick.quantity, other, pick.batch, .available)
                        }
                    case 4:
                        let batch = try await ledger.batch(product, in: store)
                        try await ledger.move(.quarantine, batch, quantity, in: store)
                        model.add(-quantity, store, batch, .available)
                        model.add(quantity, store, batch, .quarantined)
                    default:
                        let issued = try await ledger.issue(quantity, of: product, from: store)
                        try await ledger.reverse(issued.movement)
                    }
                } catch let refusal as StockLedgerRefusal {
                    #expect([.insufficientStock, .batchUnknown].contains(refusal.code), "seed \(seed), step \(step)")
                }
            }
            var held: [Model.Key: Int64] = [:]
            for store in stores {
                for line in try await ledger.stock(in: store) {
                    held[Model.Key(store: store, batch: line.batch, state: line.state)] = line.quantity.rawValue
                }
            }
            #expect(held == model.held, "seed \(seed)")
        }
    }

    private func batch(of movement: MovementID, _ ledger: LedgerSteps) async throws -> BatchID {
        try await ledger.database.application.read(as: ledger.principal.tenant) { transaction in
            try transaction.first("SELECT batch_id FROM stock_ledger.entry WHERE movement_id = \(movement)") { try $0["batch_id"] }
        } ?? BatchID(0)
    }

    @Test("tells what was on hand at the end of any day")
    func knowsThePast() async throws {
        try await withLedger { ledger in
            var ledger = ledger
            let store = ledger.consortium.pharmacies[0]
            let first = ledger.today
            var closing: [CalendarDate: Int64] = [:]
            var total: Int64 = 0
            for day in 0..<10 {
                if day.isMultiple(of: 2) {
                    try await ledger.receive(10, of: ledger.key(0, "D\(day)"), in: store)
                    total += 10
                } else {
                    try await ledger.issue(7, of: 0, from: store)
                    total -= 7
                }
                closing[ledger.today] = total
                ledger.now = ledger.now.adding(.seconds(86_400))
            }
            for (day, expected) in closing {
                let held = try await ledger.stock(in: store, asOf: day).map(\.quantity).sum()
                #expect(held.rawValue == expected, "\(day)")
            }
            #expect(try await ledger.stock(in: store, asOf: first.adding(days: -1)).isEmpty)
        }
    }

    @Test("knows consumption and the days without stock")
    func knowsConsumption() async throws {
        try await withLedger { ledger in
            var ledger = ledger
            let store = ledger.consortium.pharmacies[0]
            let start = ledger.today
            func pass(days: Int64) { ledger.now = ledger.now.adding(.seconds(86_400 * days)) }
            pass(days: 3)  // days 0, 1, 2: nothing there
            try await ledger.receive(20, of: ledger.key(0), in: store)  // day 3
            pass(days: 2)
            try await ledger.issue(5, of: 0, from: store)  // day 5
            pass(days: 1)
            let last = try await ledger.issue(15, of: 0, from: store)  // day 6: empty until day 10
            pass(days: 4)
            try await ledger.receive(8, of: ledger.key(0), in: store)  // day 10
            let read = { @Sendable [ledger] (from: CalendarDate, through: CalendarDate) in
                try await ledger.database.application.read(as: ledger.principal.tenant) { transaction in
                    try StockReadings(transaction).consumption(in: store, of: ledger.consortium.id, from: from, through: through)
                }[ledger.consortium.products[0]]
            }
            #expect(
                try await read(start, start.adding(days: 11))
                    == Consumption(consumed: 20, squares: 25 + 225, stockOutDays: 3 + 3))
            // The period may end while the shelf is empty, and what came later does not count.
            #expect(
                try await read(start.adding(days: 4), start.adding(days: 8))
                    == Consumption(consumed: 20, squares: 250, stockOutDays: 2))
            #expect(last.picks.map(\.quantity) == [15])
        }
    }

    @Test("sixteen writers take the last units of a batch exactly once", arguments: 0..<6)
    func racesForTheLastUnits(round: Int) async throws {
        try await withLedger { ledger in
            let store = ledger.consortium.pharmacies[0]
            let other = ledger.consortium.pharmacies[1]
            try await ledger.receive(10, of: ledger.key(0), in: store)
            try await ledger.receive(100, of: ledger.key(1), in: store)
            try await ledger.receive(100, of: ledger.key(1), in: other)
            let taken = await withTaskGroup(of: Int64.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        ((try? await ledger.issue(3, of: 0, from: store)) == nil) ? 0 : 3
                    }
                }
                for number in 0..<4 {
                    group.addTask {
                        let (from, to) = number.isMultiple(of: 2) ? (store, other) : (other, store)
                        _ = try? await ledger.ship(5, of: 1, from: from, to: to)
                        return 0
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(taken == 9)
            #expect(try await ledger.available(0, in: store) == 1)
            #expect(try await ledger.available(1, in: store) + ledger.available(1, in: other) == 180)
        }
    }
}
