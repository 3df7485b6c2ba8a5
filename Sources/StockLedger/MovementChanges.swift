import Primitives

/// How the entries of a movement change balances, each balance once.
struct BalanceChanges {
    struct Change {
        let key: BalanceKey
        let expiresOn: CalendarDate
        let quantity: BaseUnits
    }

    private var changes: [BalanceKey: (quantity: BaseUnits, expiresOn: CalendarDate)] = [:]

    init(_ entries: [Entry]) {
        for entry in entries {
            guard let store = entry.place.store else { continue }
            let key = BalanceKey(store: store, product: entry.product, batch: entry.batch, state: entry.place.stateText)
            changes[key, default: (0, entry.expiresOn)].quantity += entry.quantity
        }
    }

    var keys: some Collection<BalanceKey> { changes.keys }
    var quantities: [BalanceKey: BaseUnits] { changes.mapValues(\.quantity) }

    /// The changes whose quantity is of a kind, in the order of the balances.
    func sorted(_ isWanted: (BaseUnits) -> Bool) -> [Change] {
        changes.filter { isWanted($0.value.quantity) }
            .map { Change(key: $0.key, expiresOn: $0.value.expiresOn, quantity: $0.value.quantity) }
            .sorted { $0.key < $1.key }
    }
}

/// What the entries of a movement mean for the day of each product and store.
struct ProductDayChanges {
    struct Change: Equatable {
        /// To patients and wards, less what came back.
        var consumed = BaseUnits.zero
        /// By how much available stock changed.
        var available = BaseUnits.zero
        /// The part of ``available`` that is of batches expired on the day.
        var expired = BaseUnits.zero
        /// What came into available stock of batches not expired on the day.
        var gained = BaseUnits.zero
    }

    private var changes: [Shelf: Change] = [:]

    init(_ entries: [Entry], on day: CalendarDate) {
        // What a patient or a ward gets is consumed at the store the same batch leaves.
        for (_, sides) in Dictionary(grouping: entries, by: \.batch) {
            let consumed = sides.filter { side in
                if case .outside(let outside) = side.place { outside.isConsumption } else { false }
            }.map(\.quantity).sum()
            for side in sides {
                guard case .inside(let store, .available) = side.place else { continue }
                let shelf = Shelf(store: store, product: side.product)
                changes[shelf, default: Change()].available += side.quantity
                if side.expiresOn <= day {
                    changes[shelf, default: Change()].expired += side.quantity
                } else if side.quantity > 0 {
                    changes[shelf, default: Change()].gained += side.quantity
                }
            }
            if consumed != 0, let store = sides.compactMap(\.place.store).min(), let product = sides.first?.product {
                changes[Shelf(store: store, product: product), default: Change()].consumed += consumed
            }
        }
    }

    /// The changes that are not nothing, in the order of the shelves.
    var sorted: [(shelf: Shelf, change: Change)] {
        changes.filter { $0.value != Change() }.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
    }
}
