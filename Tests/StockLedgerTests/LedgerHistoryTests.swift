import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@Suite("The ledger over time")
struct LedgerHistoryTests {
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

    @Test("expired stock that nobody has removed is no stock")
    func expiredIsNoStock() async throws {
        try await withLedger { ledger in
            let store = ledger.consortium.pharmacies[0]
            let start = ledger.today
            try await ledger.receive(10, of: ledger.key(0, "SOON", expires: 3), in: store)  // used through day 2
            try await ledger.receive(10, of: ledger.key(1, "SOON", expires: 3), in: store)
            try await ledger.receive(10, of: ledger.key(1, "LATE", expires: 90), in: store)
            let read = { @Sendable (product: Int, through: Int) in
                try await ledger.consumption(of: product, in: store, from: start, through: start.adding(days: through))?
                    .stockOutDays
            }
            #expect(try await read(0, 2) == 0)
            #expect(try await read(0, 5) == 3)
            #expect(try await read(1, 5) == 0)
            // Taking it off the shelf later changes nothing about the days.
            let later = ledger.later(days: 5)
            try await later.move(.quarantine, later.batch(0, in: store), 10, in: store)
            #expect(try await read(0, 7) == 5)
            // On the day on which new stock comes there is some.
            try await ledger.later(days: 8).receive(1, of: ledger.key(0, "NEW"), in: store)
            #expect(try await read(0, 9) == 5)
        }
    }
}
