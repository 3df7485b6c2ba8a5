/// A range of values, as PostgreSQL's `int4range`, `int8range`, `numrange`, `daterange` and `tstzrange` have them.
///
/// The server writes ranges of whole numbers and days with an inclusive lower and an exclusive upper bound: `[1,3]`
/// comes back as `[1,4)`. Both contain the same values.
public enum SQLRange<Bound: SQLRangeBound>: Sendable, Hashable {
    /// One end of a range.
    public enum End: Sendable, Hashable {
        /// No end: the range goes on for ever.
        case unbounded
        case inclusive(Bound)
        case exclusive(Bound)
    }

    case empty
    /// The lower end does not lie above the upper end; the server refuses others.
    case between(End, End)

    public init(_ range: Range<Bound>) {
        self = range.isEmpty ? .empty : .between(.inclusive(range.lowerBound), .exclusive(range.upperBound))
    }

    public init(_ range: ClosedRange<Bound>) { self = .between(.inclusive(range.lowerBound), .inclusive(range.upperBound)) }

    public init(_ range: PartialRangeFrom<Bound>) { self = .between(.inclusive(range.lowerBound), .unbounded) }

    /// Whether `value` lies within, as the server's `@>` tells.
    public func contains(_ value: Bound) -> Bool {
        guard case .between(let lower, let upper) = self else { return false }
        let isAboveLower =
            switch lower {
            case .unbounded: true
            case .inclusive(let bound): value >= bound
            case .exclusive(let bound): value > bound
            }
        return switch upper {
        case .unbounded: isAboveLower
        case .inclusive(let bound): isAboveLower && value <= bound
        case .exclusive(let bound): isAboveLower && value < bound
        }
    }
}

/// A value that can be the bound of a ``SQLRange``.
public protocol SQLRangeBound: SQLParameter, ColumnDecodable, Comparable, Hashable {
    static var sqlRangeType: SQLType { get }
}

extension Int32: SQLRangeBound { public static var sqlRangeType: SQLType { .integerRange } }
extension Int64: SQLRangeBound { public static var sqlRangeType: SQLType { .bigintRange } }
extension Int: SQLRangeBound { public static var sqlRangeType: SQLType { .bigintRange } }
extension Numeric: SQLRangeBound { public static var sqlRangeType: SQLType { .numericRange } }

extension SQLRange: SQLParameter {
    public static var sqlType: SQLType { Bound.sqlRangeType }

    public var sqlText: String? {
        guard case .between(let lower, let upper) = self else { return "empty" }
        var text =
            switch lower {
            case .unbounded: "("
            case .inclusive(let bound): "[\(Self.quoted(bound))"
            case .exclusive(let bound): "(\(Self.quoted(bound))"
            }
        text += ","
        switch upper {
        case .unbounded: text += ")"
        case .inclusive(let bound): text += "\(Self.quoted(bound))]"
        case .exclusive(let bound): text += "\(Self.quoted(bound)))"
        }
        return text
    }

    private static func quoted(_ bound: Bound) -> String {
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        for byte in (bound.sqlText ?? "").utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension SQLRange: ColumnDecodable {
    public init(column: ColumnText) throws {
        if column.bytes.elementsEqual("empty".utf8) {
            self = .empty
            return
        }
        guard let text = RangeText(column.bytes) else { throw ColumnMismatch(expected: "\(Self.self)") }
        func end(_ bytes: [UInt8]?, isInclusive: Bool) throws -> End {
            guard let bytes else { return .unbounded }
            let bound = try bytes.withUnsafeBufferPointer { try Bound(column: ColumnText(bytes: $0)) }
            return isInclusive ? .inclusive(bound) : .exclusive(bound)
        }
        self = .between(
            try end(text.lower, isInclusive: text.includesLower), try end(text.upper, isInclusive: text.includesUpper))
    }
}

/// A range's text form: `[1,5)`, `(,"2026-11-21 00:00:00+00"]`. A bound that is not there is no bound at all.
struct RangeText {
    let lower: [UInt8]?
    let upper: [UInt8]?
    let includesLower: Bool
    let includesUpper: Bool

    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count >= 3, let first = bytes.first, let last = bytes.last,
            first == UInt8(ascii: "[") || first == UInt8(ascii: "("), last == UInt8(ascii: "]") || last == UInt8(ascii: ")")
        else { return nil }
        var bounds: [[UInt8]?] = []
        var bound: [UInt8]?
        var isQuoted = false
        let inside = bytes.dropFirst().dropLast()
        var index = inside.startIndex
        while index < inside.endIndex {
            let byte = inside[index]
            let next = index + 1 < inside.endIndex ? inside[index + 1] : nil
            switch byte {
            case UInt8(ascii: "\\"):
                guard let next else { return nil }
                bound = (bound ?? []) + [next]
                index += 1
            case UInt8(ascii: "\"") where isQuoted && next == byte:
                bound = (bound ?? []) + [byte]
                index += 1
            case UInt8(ascii: "\""):
                isQuoted.toggle()
                bound = bound ?? []
            case UInt8(ascii: ",") where !isQuoted:
                bounds.append(bound)
                bound = nil
            default:
                bound = (bound ?? []) + [byte]
            }
            index += 1
        }
        bounds.append(bound)
        guard !isQuoted, bounds.count == 2 else { return nil }
        (lower, upper) = (bounds[0], bounds[1])
        (includesLower, includesUpper) = (first == UInt8(ascii: "["), last == UInt8(ascii: "]"))
    }
}
