public import Primitives

/// The days on which a price holds, both ends included.
public struct Validity: Sendable, Hashable, CustomStringConvertible {
    public let from: CalendarDate
    /// The last day; `nil` until another price follows.
    public let through: CalendarDate?

    public init(from: CalendarDate, through: CalendarDate? = nil) {
        self.from = from
        self.through = through
    }

    /// Whether there is a day on which it holds.
    public var isSound: Bool { through.map { from <= $0 } ?? true }

    public func contains(_ day: CalendarDate) -> Bool { from <= day && through.map { day <= $0 } ?? true }

    /// Whether there is a day on which both hold.
    public func overlaps(_ other: Validity) -> Bool {
        (through.map { other.from <= $0 } ?? true) && (other.through.map { from <= $0 } ?? true)
    }

    /// `2026-01-01…2026-12-31`, or `2026-01-01…` with an open end.
    public var description: String { "\(from)…\(through.map(\.description) ?? "")" }
}
