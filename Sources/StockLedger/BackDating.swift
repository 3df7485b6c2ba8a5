public import Primitives

/// For which days besides today a movement may be recorded.
///
/// What happened is sometimes written down later: the slip of a night, a delivery while the line was down. The movement
/// then counts for the day it happened on, with a reason. Figures of past months are used outside the system, so the
/// past stays open for the present month and the one before, and only as far as the store has not closed its days.
///
/// Source: own rule, after the monthly closing of a pharmacy's accounts (月结).
public struct BackDating: Sendable, Hashable {
    public let today: CalendarDate
    /// The last closed day of the store; `nil` when none is.
    public let closedThrough: CalendarDate?

    public init(today: CalendarDate, closedThrough: CalendarDate? = nil) {
        self.today = today
        self.closedThrough = closedThrough
    }

    /// The first day that is still open if the store has closed none: the first of the month before.
    public var firstDay: CalendarDate { today.firstOfMonth(addingMonths: -1) }

    /// - Throws: ``StockLedgerRefusal``: the day is in the future or too early, an earlier day has no reason, it is closed.
    public func check(_ day: CalendarDate, reason: String) throws(StockLedgerRefusal) {
        guard day <= today else {
            throw StockLedgerRefusal(.dayInFuture, "\(day) is after today, \(today)", field: "occurredOn")
        }
        guard day < today else { return }
        guard day >= firstDay else {
            throw StockLedgerRefusal(.dayTooEarly, "\(day) is before \(firstDay)", field: "occurredOn")
        }
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw StockLedgerRefusal(.reasonMissing, "recorded on \(today) for \(day)", field: "reason")
        }
        if let closedThrough, day <= closedThrough {
            throw StockLedgerRefusal(.dayClosed, "\(day): closed through \(closedThrough)", field: "occurredOn")
        }
    }
}
