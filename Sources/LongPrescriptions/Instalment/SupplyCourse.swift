public import Primitives

/// How long a patient's supply of an ingredient lasts, from what was handed out: each hand-out is used after the one before.
public struct SupplyCourse: Sendable, Hashable {
    /// The last day that is covered; `nil` when nothing was handed out.
    public private(set) var through: CalendarDate?

    public init() {}

    /// - Parameter handedOut: when, and for how many days; in any order.
    public init(_ handedOut: [(on: CalendarDate, days: Int)]) {
        for part in handedOut.sorted(by: { $0.on < $1.on }) { handOut(on: part.on, days: part.days) }
    }

    /// Adds what is handed out on `day`; not before an earlier hand-out.
    public mutating func handOut(on day: CalendarDate, days: Int) {
        guard days > 0 else { return }
        let from = max(day, through?.adding(days: 1) ?? day)
        through = from.adding(days: days - 1)
    }

    /// Days from `day` on, `day` counted, that are covered.
    public func ahead(on day: CalendarDate) -> Int { through.map { max(0, $0.days(since: day) + 1) } ?? 0 }
}
