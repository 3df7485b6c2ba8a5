import Primitives

/// A value as facts have it, before a platform's format is given to it.
enum NeutralValue: Sendable, Hashable {
    case text(String)
    case integer(Int64)
    case money(Money)
    case quantity(PlatformQuantity)
    case day(CalendarDate)
    case moment(Instant)
    /// The fact has none.
    case absent
    /// The fact has one that no platform of this kind can be told, because of this.
    case untellable(String)

    /// Text; empty text is none.
    static func of(_ text: String?) -> NeutralValue {
        guard let text, !text.isEmpty else { return .absent }
        return .text(text)
    }

    /// A product's code before its first slash, and behind it; the whole code where it has none.
    static func halves(of product: String) -> (head: NeutralValue, tail: NeutralValue) {
        let parts = product.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return (of(parts.first), of(parts.count == 2 ? parts[1] : nil))
    }

    static func of(_ day: CalendarDate?) -> NeutralValue { day.map { .day($0) } ?? .absent }

    static func of(_ money: Money?) -> NeutralValue { money.map { .money($0) } ?? .untellable("is more than an amount can be") }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var integer: Int64? { if case .integer(let integer) = self { integer } else { nil } }
    var money: Money? { if case .money(let money) = self { money } else { nil } }
    var day: CalendarDate? { if case .day(let day) = self { day } else { nil } }
}

extension Collection<Int64> {
    /// `nil` when it does not fit.
    var sum: Int64? {
        var sum: Int64 = 0
        for value in self {
            let (added, overflowed) = sum.addingReportingOverflow(value)
            guard !overflowed else { return nil }
            sum = added
        }
        return sum
    }
}
