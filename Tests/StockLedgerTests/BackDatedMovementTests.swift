import Foundation
import Primitives
import StockLedger
import TestSupport
import Testing

/// The ledger begins on day 0; the tests record on day 20 what happened in between.
@Suite("Movements recorded for an earlier day")
struct BackDatedMovementTests {
    @Test("an issue is refused when a later day would end below zero, and names the first such day")
    func refusesWhatIsUsedLater() async throws {
        try await withLedger { start in
            let store = start.consortium.pharmacies[0]
            let day = { @Sendable (number: Int) in start.today.adding(days: number) }
            try await start.receive(10, of: start.key(0), in: store)
            try await start.later(days: 5).issue(4, of: 0, from: store)
            try await start.later(days: 8).issue(5, of: 0, from: store)
            try await start.later(days: 12).receive(30, of: start.key(0), in: store)
            let ledger = start.later(days: 20)
            // Ten were there on day 3, six after day 5, one after day 8; thirty more since day 12 do not help.
            for (quantity, first) in [(2, 8), (6, 8), (7, 5), (10, 5)] as [(BaseUnits, Int)] {
                do {
                    try await ledger.issue(quantity, of: 0, from: store, on: day(3))
                    Issue.record("\(quantity) issued")
                } catch let refusal as StockLedgerRefusal {
                    #expect(refusal.code.rawValue == "stock-ledger.would-turn-negative")
                    #expect(refusal.detail.contains("at the end of \(day(first)) it is not"), "\(refusal.detail)")
                }
            }
            for (quantity, number) in [(11, 3), (1, -1)] as [(BaseUnits, Int)] {
                #expect(
                    await refusal { try await ledger.issue(quantity, of: 0, from: store, on: day(number)) }
                        == "stock-ledger.insufficient-stock")
            }
            try await ledger.issue(1, of: 0, from: store, on: day(3))
            let held: KeyValuePairs<Int, BaseUnits> = [
                -1: 0, 0: 10, 2: 10, 3: 9, 4: 9, 5: 5, 8: 0, 11: 0, 12: 30, 20: 30,
            ]
            for (number, held) in held {
                #expect(try await ledger.available(0, in: store, asOf: day(number)) == held, "day \(number)")
            }
            let batch = try await ledger.batch(0, in: store)
            #expect(
                await refusal { try await ledger.move(.countLoss, batch, 1, in: store, on: day(6)) }
                    == "stock-ledger.would-turn-negative")
            #expect(
                await refusal { try await ledger.move(.countLoss, batch, 1, in: store, on: day(8)) }
                    == "stock-ledger.insufficient-stock")
        }
    }

    @Test("a receipt adds to its day and all days since, and only from then on can it be issued")
    func addsFromItsDay() async throws {
        try await withLedger { start in
            let store = start.consortium.pharmacies[0]
            let day = { @Sendable (number: Int) in start.today.adding(days: number) }
            let ledger = start.later(days: 20)
            try await ledger.receive(8, of: start.key(0), in: store, on: day(6))
            #expect(
                await refusal { try await ledger.issue(1, of: 0, from: store, on: day(5)) }
                    == "stock-ledger.insufficient-stock")
            try await ledger.issue(3, of: 0, from: store, on: day(6))
            #expect(try await ledger.available(0, in: store, asOf: day(5)) == 0)
            #expect(try await ledger.available(0, in: store, asOf: day(6)) == 5)
            #expect(try await ledger.available(0, in: store) == 5)
            #expect(
                try await ledger.consumption(of: 0, in: store, from: day(0), through: day(9))
                    == Consumption(consumed: 3, squares: 9, stockOutDays: 6))
        }
    }

    @Test("an issue of a day takes what was usable then: not what had expired, and what has expired since")
    func usesWhatWasUsable() async throws {
        try await withLedger { start in
            let store = start.consortium.pharmacies[0]
            try await start.receive(5, of: start.key(0, "EARLY", expires: 4), in: store)
            try await start.receive(5, of: start.key(0, "MIDDLE", expires: 10), in: store)
            try await start.receive(5, of: start.key(0, "LATE", expires: 90), in: store)
            let ledger = start.later(days: 20)
            let fourth = try await ledger.issue(6, of: 0, from: store, on: start.today.adding(days: 4))
            #expect(fourth.picks.map(\.batchNumber) == ["MIDDLE", "LATE"])
            let third = try await ledger.issue(1, of: 0, from: store, on: start.today.adding(days: 3))
            #expect(third.picks.map(\.batchNumber) == ["EARLY"])
            // What came from a supplier had not expired when it came.
            let gone = start.key(0, "GONE", expires: 4)
            #expect(
                await refusal { try await ledger.receive(1, of: gone, in: store, on: start.today.adding(days: 4)) }
                    == "stock-ledger.batch-expired")
            try await ledger.receive(1, of: gone, in: store, on: start.today.adding(days: 3))
        }
    }

    @Test("a reversal counts for its own day, not before what it reverses, and takes nothing that later days need")
    func reverses() async throws {
        try await withLedger { start in
            let store = start.consortium.pharmacies[0]
            let receipt = try await start.receive(10, of: start.key(0), in: store)
            let issued = try await start.later(days: 5).issue(4, of: 0, from: store)
            let ledger = start.later(days: 20)
            let day = { @Sendable (number: Int) in start.today.adding(days: number) }
            #expect(await refusal { try await ledger.reverse(issued.movement, on: day(4)) } == "stock-ledger.day-too-early")
            #expect(await refusal { try await ledger.reverse(receipt, on: day(1)) } == "stock-ledger.would-turn-negative")
            try await ledger.reverse(issued.movement, on: day(9))
            #expect(await refusal { try await ledger.reverse(issued.movement, on: day(9)) } == "stock-ledger.already-reversed")
            let held = [4: 10, 5: 6, 8: 6, 9: 10, 20: 10] as [Int: BaseUnits]
            for (number, held) in held {
                #expect(try await ledger.available(0, in: store, asOf: day(number)) == held, "day \(number)")
            }
            #expect(await refusal { try await ledger.reverse(receipt, on: day(8)) } == "stock-ledger.insufficient-stock")
            try await ledger.reverse(receipt, on: day(9))
            #expect(try await ledger.available(0, in: store) == 0)
        }
    }

    @Test("a transfer may be recorded late on both sides, but does not arrive before it was sent")
    func transfersLate() async throws {
        try await withLedger { start in
            let (from, to) = (start.consortium.pharmacies[0], start.consortium.pharmacies[1])
            try await start.receive(10, of: start.key(1), in: from)
            let ledger = start.later(days: 20)
            let day = { @Sendable (number: Int) in start.today.adding(days: number) }
            let (first, second) = (TransferID(UUID()), TransferID(UUID()))
            _ = try await ledger.ship(4, of: 1, from: from, to: to, as: first, on: day(2))
            _ = try await ledger.ship(4, of: 1, from: from, to: to, as: second, on: day(7))
            // Four of the first were on their way on day 5, so the balance alone would let the second arrive.
            #expect(await refusal { try await ledger.arrive(second, reason: "late", on: day(5)) } == "stock-ledger.day-too-early")
            #expect(await refusal { try await ledger.arrive(second, on: day(8)) } == "stock-ledger.reason-missing")
            try await ledger.arrive(second, reason: "late", on: day(8))
            try await ledger.arrive(first)
            let held = [7: 0, 8: 4, 19: 4, 20: 8] as [Int: BaseUnits]
            for (number, held) in held {
                #expect(try await ledger.available(1, in: to, asOf: day(number)) == held, "day \(number)")
            }
            #expect(
                await refusal { _ = try await ledger.ship(3, of: 1, from: from, to: to, on: day(1)) }
                    == "stock-ledger.would-turn-negative")
        }
    }

    @Test("a movement that was begun before midnight takes nothing that came after it")
    func midnight() async throws {
        try await withLedger { evening in
            let store = evening.consortium.pharmacies[0]
            let morning = evening.later(days: 1)
            try await morning.receive(10, of: morning.key(0), in: store)
            #expect(await refusal { try await evening.issue(1, of: 0, from: store) } == "stock-ledger.insufficient-stock")
            try await morning.issue(1, of: 0, from: store)
        }
    }
}
