import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

/// Sixteen connections that give up at the first deadlock, so that one would be seen.
@Suite("The ledger in a race", .serialized)
struct LedgerRaceTests {
    private static let writers = 16

    private func race(_ body: (LedgerSteps) async throws -> Void) async throws {
        try await withLedger { ledger in
            let racing = Database(
                DatabaseConfiguration(
                    conninfo: ledger.database.conninfo, connections: Self.writers, role: "lianyao_application", attemptsMax: 1))
            do {
                try await body(ledger.on(racing))
            } catch {
                await racing.close()
                throw error
            }
            await racing.close()
        }
    }

    /// Runs the writers at once; `nil` stands for a refusal. Any other error ends the test.
    private func outcomes<Value: Sendable>(
        _ writer: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> [Value?] {
        try await withThrowingTaskGroup(of: (Int, Value?).self) { group in
            for number in 0..<Self.writers {
                group.addTask {
                    do {
                        return (number, try await writer(number))
                    } catch is StockLedgerRefusal {
                        return (number, nil)
                    }
                }
            }
            return try await group.reduce(into: [Value?](repeating: nil, count: Self.writers)) { $0[$1.0] = $1.1 }
        }
    }

    @Test("a thousand times sixteen writers want the last units of a batch, and exactly what was there is issued")
    func lastUnits() async throws {
        try await race { ledger in
            let store = ledger.consortium.pharmacies[0]
            var random = SeededGenerator(seed: 16)
            var left: Int64 = 0
            for round in 0..<1_000 {
                let fresh = Int64.random(in: 1...28, using: &random)
                try await ledger.receive(BaseUnits(fresh), of: ledger.key(0, "R\(round % 5)"), in: store)
                let asked = (0..<Self.writers).map { _ in Int64.random(in: 1...3, using: &random) }
                let issued = try await outcomes { number in
                    try await ledger.issue(BaseUnits(asked[number]), of: 0, from: store).picks.map(\.quantity).sum().rawValue
                }
                left += fresh
                for (asked, issued) in zip(asked, issued) where issued != nil {
                    #expect(issued == asked)
                    left -= asked
                }
                #expect(left >= 0, "round \(round)")
                // Stock only shrank, so whoever was refused would still find too little.
                for (asked, issued) in zip(asked, issued) where issued == nil { #expect(asked > left, "round \(round)") }
            }
            #expect(try await ledger.available(0, in: store) == BaseUnits(left))
        }
    }

    @Test("transfers in opposite directions, with several lines in any order, wait for each other without a deadlock")
    func oppositeTransfers() async throws {
        try await race { ledger in
            let stores = ledger.consortium.pharmacies
            for product in 0..<3 {
                for store in stores {
                    try await ledger.receive(300, of: ledger.key(product, "A"), in: store)
                    try await ledger.receive(300, of: ledger.key(product, "B", expires: 500), in: store)
                }
            }
            for round in 0..<40 {
                let shipped = try await outcomes { number in
                    let (from, to) = number.isMultiple(of: 2) ? (stores[0], stores[1]) : (stores[1], stores[0])
                    let id = TransferID(UUID())
                    let products = [number % 3, (number + 1 + number / 8) % 3]
                    _ = try await ledger.ship(BaseUnits(Int64(1 + (number + round) % 9)), of: products, from: from, to: to, as: id)
                    return id
                }
                // Every second one arrives in the next moment, all of them at once, beside new receipts.
                _ = try await outcomes { number in
                    if number.isMultiple(of: 4) {
                        try await ledger.receive(1, of: ledger.key(number % 3, "C\(round)"), in: stores[number / 8])
                    } else if let id = shipped[number] {
                        try await ledger.arrive(id)
                    }
                }
            }
            // Nothing was lost: what was there, and a unit for each receipt.
            var held = BaseUnits.zero
            for store in stores { held += try await ledger.stock(in: store).map(\.quantity).sum() }
            #expect(held == BaseUnits(3 * 2 * 600 + 40 * 4))
        }
    }

    @Test("reversals race with issues: either the receipt is undone or its units are issued, never both")
    func reversalsAndIssues() async throws {
        try await race { ledger in
            let store = ledger.consortium.pharmacies[0]
            var left: Int64 = 0
            var undone = 0
            for round in 0..<150 {
                let receipts = try await [
                    ledger.receive(6, of: ledger.key(0, "R\(round % 3)"), in: store),
                    ledger.receive(6, of: ledger.key(0, "R\(round % 3)"), in: store),
                ]
                let changes = try await outcomes { number -> Int64 in
                    if number % 4 == 1 {
                        try await ledger.reverse(receipts[number / 8])
                        return -6
                    }
                    let issued = try await ledger.issue(BaseUnits(Int64(1 + number % 3)), of: 0, from: store)
                    guard number % 4 == 3 else { return Int64(-1 - number % 3) }
                    try await ledger.reverse(issued.movement)
                    return 0
                }
                left += 12 + changes.compactMap { $0 }.reduce(0, +)
                undone += changes.count { $0 == -6 }
                #expect(changes[1...7].count { $0 == -6 } <= 1 && changes[8...].count { $0 == -6 } <= 1, "round \(round)")
                #expect(try await ledger.available(0, in: store) == BaseUnits(left), "round \(round)")
            }
            #expect(undone > 0, "no reversal ever won: the race proves nothing")
        }
    }

    @Test("issues of today and of days gone by race, and no day ends below zero")
    func backDated() async throws {
        try await race { start in
            let store = start.consortium.pharmacies[0]
            let ledger = start.later(days: 6)
            var left: Int64 = 0
            for round in 0..<100 {
                let day = start.today.adding(days: round % 7)
                try await ledger.receive(12, of: ledger.key(0, "R\(round % 3)"), in: store, on: day)
                let issued = try await outcomes { number in
                    try await ledger.issue(
                        BaseUnits(Int64(1 + number % 3)), of: 0, from: store,
                        on: number.isMultiple(of: 3) ? nil : start.today.adding(days: (number + round) % 7)
                    ).picks.map(\.quantity).sum().rawValue
                }
                left += 12 - issued.compactMap { $0 }.reduce(0, +)
                #expect(try await ledger.available(0, in: store) == BaseUnits(left), "round \(round)")
            }
            for day in 0...6 {
                #expect(try await ledger.available(0, in: store, asOf: start.today.adding(days: day)) >= 0)
            }
            // db/verify, after this, looks at every batch at the end of every day.
        }
    }
}
