import Primitives
import StockLedger
import TestSupport
import Testing

@Suite("Which days a movement may count for")
struct BackDatingTests {
    struct Case: Sendable {
        let day: String
        var reason = "late slip"
        var closedThrough: String?
        let refused: StockLedgerRefusalCode?
    }

    @Test("today and earlier days of this month and the one before, with a reason, as far as they are open", arguments: [
        Case(day: "2026-11-21", reason: "", refused: nil),
        Case(day: "2026-11-20", refused: nil),
        Case(day: "2026-11-20", reason: " ", refused: .reasonMissing),
        Case(day: "2026-11-22", refused: .dayInFuture),
        Case(day: "2026-10-01", refused: nil),
        Case(day: "2026-09-30", refused: .dayTooEarly),
        Case(day: "2026-11-10", closedThrough: "2026-11-09", refused: nil),
        Case(day: "2026-11-09", closedThrough: "2026-11-09", refused: .dayClosed),
        Case(day: "2026-10-01", closedThrough: "2026-11-09", refused: .dayClosed),
        // Today is never closed.
        Case(day: "2026-11-21", closedThrough: "2026-11-20", refused: nil),
    ])
    func openDays(_ example: Case) throws {
        let rule = BackDating(
            today: try #require(CalendarDate("2026-11-21")), closedThrough: example.closedThrough.flatMap { CalendarDate($0) })
        let day = try #require(CalendarDate(example.day))
        var refused: StockLedgerRefusalCode?
        do throws(StockLedgerRefusal) { try rule.check(day, reason: example.reason) } catch { refused = error.code }
        #expect(refused == example.refused)
    }

    @Test("every verb refuses days that are not open, and records nothing")
    func refusesClosedDays() async throws {
        try await withLedger { start in
            let store = start.consortium.pharmacies[0]
            try await start.receive(50, of: start.key(0), in: store)
            let ledger = start.later(days: 10)
            let batch = try await ledger.batch(0, in: store)
            let (yesterday, tomorrow) = (ledger.today.adding(days: -1), ledger.today.adding(days: 1))
            let longAgo = ledger.today.adding(days: -80)
            #expect(await refusal { try await ledger.issue(1, of: 0, from: store, on: tomorrow) } == "stock-ledger.day-in-future")
            #expect(await refusal { try await ledger.issue(1, of: 0, from: store, on: longAgo) } == "stock-ledger.day-too-early")
            #expect(
                await refusal { try await ledger.issue(1, of: 0, from: store, on: yesterday, reason: "") }
                    == "stock-ledger.reason-missing")
            #expect(await refusal { try await ledger.close(store, through: ledger.today) } == "stock-ledger.day-not-over")
            try await ledger.close(store, through: yesterday)
            #expect(await refusal { try await ledger.close(store, through: yesterday) } == "stock-ledger.day-closed")
            let closed: [(String, () async throws -> Void)] = [
                ("receive", { try await ledger.receive(1, of: ledger.key(0), in: store, on: yesterday) }),
                ("issue", { try await ledger.issue(1, of: 0, from: store, on: yesterday) }),
                ("move", { try await ledger.move(.quarantine, batch, 1, in: store, on: yesterday) }),
                ("ship from", {
                    _ = try await ledger.ship(1, of: 0, from: store, to: ledger.consortium.pharmacies[1], on: yesterday)
                }),
                ("ship to", {
                    _ = try await ledger.ship(1, of: 0, from: ledger.consortium.pharmacies[1], to: store, on: yesterday)
                }),
            ]
            for (name, attempt) in closed {
                #expect(await refusal(attempt) == "stock-ledger.day-closed", "\(name)")
            }
            try await ledger.issue(1, of: 0, from: store)
            #expect(try await ledger.available(0, in: store) == 49)
            #expect(try await ledger.available(0, in: store, asOf: yesterday) == 50)
        }
    }
}
