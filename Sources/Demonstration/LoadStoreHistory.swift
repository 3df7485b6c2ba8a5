import Foundation
import Parties
import Postgres
import Primitives
import StockLedger

/// Records the history of one pharmacy through the verbs of the ledger, with the clock set to each of its days.
///
/// It is recorded once: the opening stock carries a request id that follows from the store, so the ledger refuses it, and
/// with it everything, the second time.
struct LoadStoreHistory: Sendable {
    let consortium: LoadedConsortium
    let store: Store
    /// What the consortium's formulary permits.
    let products: [CatalogueProduct]
    let days: ClosedRange<CalendarDate>

    /// - Returns: how many movements were recorded.
    /// - Throws: `StockLedgerRefusal` `alreadyRecorded` when the history is there.
    func run(in transaction: Transaction) throws -> Int {
        guard let facility = consortium.facilities[store.facility] else {
            throw DemonstrationError.changed(consortium: consortium.consortium.code, lacks: "facility \(store.facility)")
        }
        let keeper = try consortium.principal("keeper-\(facility.code)")
        let dispenser = try consortium.principal("dispenser-\(facility.code)")
        let shelves = Shelf.assortment(
            of: store, level: facility.level, in: consortium.consortium.code, from: products)
        guard !shelves.isEmpty else { return 0 }
        let seed = StableNumber("history", consortium.consortium.code, store.code)
        var history = StoreHistory(
            shelves: shelves, days: days, isHospital: facility.level != .township && facility.level != .village, seed: seed)
        try ReceiveStock(
            store: store.id, lines: history.opening(), from: .opening, document: "demonstration opening", requestID: seed.uuid
        ).run(in: transaction, by: keeper, at: days.lowerBound.morning)
        var requests = StableNumber("requests", consortium.consortium.code, store.code).generator
        var movements = 1
        for day in days.lowerBound.through(days.upperBound) {
            let plan = history.next(day)
            let requestID = UUID.version7(at: day.morning, using: &requests)
            if !plan.deliveries.isEmpty {
                try ReceiveStock(
                    store: store.id, lines: plan.deliveries, document: "demonstration delivery \(day)", requestID: requestID
                ).run(in: transaction, by: keeper, at: day.morning)
                movements += 1
            }
            for (part, (lines, destination)) in [(plan.toPatients, Outside.patient), (plan.toWards, .ward)].enumerated()
            where !lines.isEmpty {
                _ = try IssueStock(
                    store: store.id, lines: lines, to: destination, document: "demonstration day \(day)",
                    requestID: requestID, part: part + 2
                ).run(in: transaction, by: dispenser, at: day.evening)
                movements += 1
            }
        }
        return movements
    }
}

extension CalendarDate {
    /// Nine in the morning in Shanghai.
    var morning: Instant { at(hour: 9) }
    /// Five in the afternoon in Shanghai.
    var evening: Instant { at(hour: 17) }

    private func at(hour: Int64) -> Instant {
        Instant(microseconds: (Int64(day) * 24 + hour - 8) * 3_600_000_000)
    }

    /// The days from this one through `last`, both counted.
    func through(_ last: CalendarDate) -> [CalendarDate] {
        (0...max(0, last.days(since: self))).map { adding(days: $0) }
    }
}
