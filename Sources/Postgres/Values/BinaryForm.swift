import Foundation

/// PostgreSQL's binary forms of the types that this library reads in binary.
enum BinaryForm {
    /// Types whose binary form is read. A result with any other column comes as text.
    static let known: Set<SQLType> = [.boolean, .bytes, .name, .bigint, .smallint, .integer, .text, .json, .varchar, .date, .timestamp, .uuid]
    /// Types that were measured to be faster in binary; see the article Values.
    static let faster: Set<SQLType> = [.bytes, .date, .timestamp, .uuid]
    /// 2000-01-01, from which PostgreSQL counts, in days since 1970-01-01.
    private static let epochDays: Int64 = 10_957

    static func isSameAsText(_ type: SQLType) -> Bool { [.text, .varchar, .name, .json].contains(type) }

    /// Whether a result with columns of these types should come in binary.
    static func isWorthwhile(_ types: [SQLType]) -> Bool {
        types.contains(where: faster.contains) && types.allSatisfy(known.contains)
    }

    private static func bigEndian<Number: FixedWidthInteger>(_ bytes: UnsafeBufferPointer<UInt8>) -> Number? {
        guard bytes.count == MemoryLayout<Number>.size, let start = bytes.baseAddress else { return nil }
        return Number(bigEndian: UnsafeRawPointer(start).loadUnaligned(as: Number.self))
    }

    /// The value of a whole number's type; `nil` for other types.
    static func integer(of bytes: UnsafeBufferPointer<UInt8>, _ type: SQLType) -> Int64? {
        switch type {
        case .bigint: bigEndian(bytes)
        case .integer: (bigEndian(bytes) as Int32?).map(Int64.init)
        case .smallint: (bigEndian(bytes) as Int16?).map(Int64.init)
        default: nil
        }
    }

    static func timestampMicroseconds(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard let value: Int64 = bigEndian(bytes), value != .max, value != .min else { return nil }
        return value + epochDays * 86_400_000_000
    }

    static func dateDays(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
        guard let value: Int32 = bigEndian(bytes), value != .max, value != .min else { return nil }
        return value + Int32(epochDays)
    }

    static func uuid(_ bytes: UnsafeBufferPointer<UInt8>) -> UUID? {
        guard bytes.count == 16, let start = bytes.baseAddress else { return nil }
        return UUID(uuid: UnsafeRawPointer(start).loadUnaligned(as: uuid_t.self))
    }

    /// What the server would have sent as text; `nil` when the binary form is the text.
    static func text(of bytes: UnsafeBufferPointer<UInt8>, _ type: SQLType) -> String? {
        switch type {
        case .bigint, .integer, .smallint: integer(of: bytes, type).map { String($0) }
        case .boolean: bytes.first == 1 ? "t" : "f"
        case .bytes: Bytes(bytes).sqlText
        case .uuid: uuid(bytes)?.sqlText
        case .date: (bigEndian(bytes) as Int32?).map { day(Int64($0)) }
        case .timestamp: (bigEndian(bytes) as Int64?).map(timestamp)
        default: nil
        }
    }

    private static func day(_ value: Int64) -> String {
        switch value {
        case Int64(Int32.max): return "infinity"
        case Int64(Int32.min): return "-infinity"
        default:
            let (date, isBeforeChrist) = civil(value + epochDays)
            return date + (isBeforeChrist ? " BC" : "")
        }
    }

    private static func timestamp(_ value: Int64) -> String {
        if value == .max { return "infinity" }
        if value == .min { return "-infinity" }
        let dayLength: Int64 = 86_400_000_000
        let days = (value >= 0 ? value : value - (dayLength - 1)) / dayLength
        let microseconds = value - days * dayLength
        let (date, isBeforeChrist) = civil(days + epochDays)
        let seconds = microseconds / 1_000_000
        var time = "\(padded(seconds / 3_600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
        if microseconds % 1_000_000 != 0 {
            time += "." + padded(microseconds % 1_000_000, 6)
            while time.hasSuffix("0") { time.removeLast() }
        }
        return "\(date) \(time)+00" + (isBeforeChrist ? " BC" : "")
    }

    /// Civil from days, H. Hinnant's algorithm: years begin in March.
    private static func civil(_ days: Int64) -> (text: String, isBeforeChrist: Bool) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        return ("\(padded(year > 0 ? year : 1 - year, 4))-\(padded(month, 2))-\(padded(day, 2))", year <= 0)
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
