import Primitives
import StockLedger

/// What the ledger should hold, kept beside it in the simplest way there is: for each place, the change of each day.
///
/// Days are numbers from 0 to ``lastDay``.
struct LedgerModel {
    struct Place: Hashable {
        let store: StoreID
        let batch: BatchID
        let state: InsideState
    }

    struct Batch {
        let product: ProductID
        /// On this day and after it the batch is not used.
        let expiresOn: Int
    }

    struct Change {
        let place: Place
        let quantity: Int64
    }

    struct Taken: Hashable {
        let batch: BatchID
        let quantity: Int64
    }

    private struct Shelf: Hashable {
        let store: StoreID
        let product: ProductID
    }

    static let lastDay = 120

    private(set) var batches: [BatchID: Batch] = [:]
    private var changes: [Place: [Int64]] = [:]
    private var consumed: [Shelf: [Int64]] = [:]
    private var gained: [Shelf: [Int64]] = [:]

    mutating func learn(_ id: BatchID, _ batch: Batch) { batches[id] = batch }

    // MARK: - What is refused

    /// What a place held at the end of each day.
    private func course(_ place: Place) -> [Int64] {
        var held: Int64 = 0
        return (changes[place] ?? Array(repeating: 0, count: Self.lastDay + 1)).map { change in
            held += change
            return held
        }
    }

    /// Why the changes cannot be made on a day; `nil` when they can.
    func refusal(of changes: [Change], on day: Int) -> StockLedgerRefusalCode? {
        let sums = Dictionary(changes.map { ($0.place, $0.quantity) }, uniquingKeysWith: +)
        let first = sums.compactMap { place, sum in
            sum < 0 ? course(place)[day...].firstIndex { $0 + sum < 0 } : nil
        }.min()
        return first.map { $0 == day ? .insufficientStock : .wouldTurnNegative }
    }

    /// What an issue of a product takes on a day, first expired first out, or why it cannot.
    func allocate(
        _ quantity: Int64, of product: ProductID, in store: StoreID, on day: Int, besides taken: [Taken]
    ) -> (taken: [Taken], refused: StockLedgerRefusalCode?) {
        let usable = batches.filter { $0.value.product == product && $0.value.expiresOn > day }
            .sorted { ($0.value.expiresOn, $0.key) < ($1.value.expiresOn, $1.key) }
            .map { (batch: $0.key, held: Array(course(Place(store: store, batch: $0.key, state: .available))[day...])) }
        var open = quantity
        var picks: [Taken] = []
        for (batch, held) in usable where open > 0 {
            let before = taken.filter { $0.batch == batch }.map(\.quantity).reduce(0, +)
            let part = min(open, (held.min() ?? 0) - before)
            if part > 0 { picks.append(Taken(batch: batch, quantity: part)) }
            open -= max(0, part)
        }
        guard open > 0 else { return (picks, nil) }
        let before = taken.filter { batches[$0.batch]?.product == product }.map(\.quantity).reduce(0, +)
        let thatDay = usable.map { $0.held[0] }.reduce(0, +)
        return ([], thatDay < quantity + before ? .insufficientStock : .wouldTurnNegative)
    }

    // MARK: - What happens

    mutating func record(
        _ changes: [Change], consumed quantity: Int64 = 0, of product: ProductID? = nil, in store: StoreID? = nil, on day: Int
    ) {
        for change in changes {
            self.changes[change.place, default: Self.noDays][day] += change.quantity
            guard change.place.state == .available, change.quantity > 0, let batch = batches[change.place.batch],
                batch.expiresOn > day
            else { continue }
            gained[Shelf(store: change.place.store, product: batch.product), default: Self.noDays][day] += change.quantity
        }
        if let product, let store { consumed[Shelf(store: store, product: product), default: Self.noDays][day] += quantity }
    }

    private static let noDays = [Int64](repeating: 0, count: lastDay + 1)

    // MARK: - What is read

    /// What each place of a store held at the end of a day, without those that held nothing.
    func held(in store: StoreID, asOf day: Int) -> [Place: Int64] {
        changes.filter { $0.key.store == store }.mapValues { $0[...day].reduce(0, +) }.filter { $0.value != 0 }
    }

    func consumption(of product: ProductID, in store: StoreID, _ days: ClosedRange<Int>) -> Consumption {
        let shelf = Shelf(store: store, product: product)
        let used = (consumed[shelf] ?? Self.noDays)[days]
        let came = gained[shelf] ?? Self.noDays
        let own = batches.filter { $0.value.product == product }
            .map { (expiresOn: $0.value.expiresOn, held: course(Place(store: store, batch: $0.key, state: .available))) }
        let without = days.filter { day in
            came[day] == 0 && own.allSatisfy { $0.expiresOn <= day || day == 0 || $0.held[day - 1] == 0 }
        }
        return Consumption(
            consumed: BaseUnits(used.reduce(0, +)), squares: used.map { $0 * $0 }.reduce(0, +), stockOutDays: without.count)
    }

    /// Whether available stock of a product moved in a store on one of the days.
    func moved(_ product: ProductID, in store: StoreID, _ days: ClosedRange<Int>) -> Bool {
        changes.contains { place, changes in
            place.store == store && place.state == .available && batches[place.batch]?.product == product
                && changes[days].contains { $0 != 0 }
        }
    }
}
