import Postgres
import Primitives

/// A balance: a batch in a state in a store.
struct BalanceKey: Hashable, Comparable, Sendable {
    let store: StoreID
    let product: ProductID
    let batch: BatchID
    let state: String

    static func < (left: BalanceKey, right: BalanceKey) -> Bool {
        (left.store, left.product, left.batch, left.state) < (right.store, right.product, right.batch, right.state)
    }
}

/// What a balance was at the end of a day.
struct DayBalance: Hashable, Sendable {
    let day: CalendarDate
    let quantity: BaseUnits
}

/// The balance of a batch at the end of a day and of each later day that changed it, in the order of the days.
struct BalanceCourse: Hashable, Sendable {
    let days: [DayBalance]

    /// What can be taken on the first day and leaves no later day with less than nothing.
    var lowest: BaseUnits { days.map(\.quantity).min() ?? .zero }

    /// What can be taken on the first day as far as the days through `day` are concerned.
    func lowest(through day: CalendarDate) -> BaseUnits { days.prefix { $0.day <= day }.map(\.quantity).min() ?? .zero }

    /// The first day at whose end less than nothing is there once the balance changes by `change` on the first day.
    func firstDayBelowZero(changing change: BaseUnits) -> CalendarDate? { days.first { $0.quantity + change < 0 }?.day }
}

/// The first day at whose end `quantity`, taken on the first day of the courses, is no longer there in all of them.
func firstDayShort(of quantity: BaseUnits, in courses: [BalanceCourse]) -> CalendarDate? {
    Set(courses.flatMap { $0.days.map(\.day) }).sorted()
        .first { day in courses.map { $0.lowest(through: day) }.sum() < quantity }
}

extension StockLedgerStore {
    /// How balances went from the end of `day` on, from the present balance back over the entries after the day.
    ///
    /// The shelves are locked, and no entry of theirs is later than `last`.
    func courses(
        of keys: [BalanceKey], from day: CalendarDate, through last: CalendarDate
    ) throws -> [BalanceKey: BalanceCourse] {
        let rows = try transaction.query(
            """
            WITH place AS (
                SELECT * FROM unnest(\(keys.map(\.store)), \(keys.map(\.product)), \(keys.map(\.batch)), \(keys.map(\.state)))
                           AS place (store_id, product_id, batch_id, state)
            ), moved AS (
                SELECT place.store_id, place.product_id, place.batch_id, place.state, entry.occurred_on,
                       sum(entry.quantity)::bigint AS quantity
                  FROM place
                  JOIN stock_ledger.entry ON entry.consortium_id = \(consortium) AND entry.batch_id = place.batch_id
                   AND entry.store_id = place.store_id AND entry.state = place.state
                   AND entry.occurred_on > \(day) AND entry.occurred_on <= \(last)
                 GROUP BY place.store_id, place.product_id, place.batch_id, place.state, entry.occurred_on
                UNION ALL
                SELECT store_id, product_id, batch_id, state, \(day), 0 FROM place
            )
            SELECT store_id, product_id, batch_id, state, moved.occurred_on,
                   (coalesce(balance.quantity, 0) - coalesce(sum(moved.quantity) OVER (
                        PARTITION BY store_id, product_id, batch_id, state ORDER BY moved.occurred_on DESC
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::bigint AS held
              FROM moved
              LEFT JOIN (SELECT * FROM stock_ledger.balance WHERE consortium_id = \(consortium)) AS balance
             USING (store_id, product_id, batch_id, state)
             ORDER BY moved.occurred_on
            """
        ) { row in
            (
                BalanceKey(
                    store: try row["store_id"], product: try row["product_id"], batch: try row["batch_id"],
                    state: try row["state"]),
                DayBalance(day: try row["occurred_on"], quantity: try row["held"])
            )
        }
        return Dictionary(grouping: rows, by: \.0).mapValues { BalanceCourse(days: $0.map(\.1)) }
    }

    /// Refuses changes that would leave a place with less than nothing at the end of their day or of a later one.
    ///
    /// - Throws: ``StockLedgerRefusal``, which names the first such day: `insufficientStock` when it is `day` itself,
    ///   `wouldTurnNegative` when it is a later one.
    func requireDaysSince(
        _ day: CalendarDate, through last: CalendarDate, toBear changes: [BalanceKey: BaseUnits]
    ) throws {
        let taken = changes.filter { $0.value < 0 }
        guard !taken.isEmpty else { return }
        let courses = try courses(of: taken.keys.sorted(), from: day, through: last)
        let refused = taken.compactMap { key, change in
            courses[key]?.firstDayBelowZero(changing: change).map { (day: $0, key: key) }
        }
        guard let first = refused.min(by: { ($0.day, $0.key) < ($1.day, $1.key) }) else { return }
        throw StockLedgerRefusal(
            first.day == day ? .insufficientStock : .wouldTurnNegative,
            "batch \(first.key.batch) (\(first.key.state)) would be below zero at the end of \(first.day)", field: "occurredOn")
    }
}
