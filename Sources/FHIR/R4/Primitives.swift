import MedicationRules
public import Primitives

extension FHIRPart {
    /// - Throws: ``FHIRRefusal`` unless `json` is text that is not empty.
    static func text(_ json: JSONValue, at path: String) throws -> String {
        guard case .string(let text) = json, !text.isEmpty else {
            throw FHIRRefusal(.elementInvalid, "text is expected, not \(json.kind)", field: path)
        }
        return text
    }
}

extension String: FHIRPart {
    public var json: JSONValue { .string(self) }
    public init(json: JSONValue, at path: String) throws { self = try Self.text(json, at: path) }
}

extension Bool: FHIRPart {
    public var json: JSONValue { .bool(self) }
    public init(json: JSONValue, at path: String) throws {
        guard case .bool(let value) = json else {
            throw FHIRRefusal(.elementInvalid, "true or false is expected, not \(json.kind)", field: path)
        }
        self = value
    }
}

extension Int: FHIRPart {
    public var json: JSONValue { .number(String(self)) }
    public init(json: JSONValue, at path: String) throws {
        guard let value = json.integer.flatMap({ Int(exactly: $0) }) else {
            throw FHIRRefusal(.elementInvalid, "a whole number is expected, not \(json.kind)", field: path)
        }
        self = value
    }
}

extension R4 {
    /// A number with up to three decimals, kept as whole thousandths and written as it is: `0.5`. Nothing is rounded.
    public struct Number: FHIRPart, ExpressibleByIntegerLiteral, CustomStringConvertible {
        public let thousandths: Int64

        public init(thousandths: Int64) { self.thousandths = thousandths }
        public init(integerLiteral value: Int64) { self.init(whole: value) }
        public init(whole: Int64) { self.init(thousandths: whole * 1_000) }

        /// Reads plain decimals from 0 to ten digits before the point; `nil` for a sign, an exponent or a fourth decimal.
        public init?(_ text: String) {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
            else { return nil }
            let decimals = parts.count == 2 ? parts[1] : ""
            guard decimals.count <= 3, parts[0].count <= 13, let whole = Int64(parts[0]),
                let fraction = Int64(decimals + String(repeating: "0", count: 3 - decimals.count))
            else { return nil }
            self.init(thousandths: whole * 1_000 + fraction)
        }

        /// The whole number; `nil` when there are decimals.
        public var whole: Int64? { thousandths % 1_000 == 0 ? thousandths / 1_000 : nil }

        public var description: String { DoseAmount(thousandths: thousandths).description }

        public var json: JSONValue { .number(description) }
        public init(json: JSONValue, at path: String) throws {
            guard case .number(let text) = json, let value = Number(text) else {
                throw FHIRRefusal(.elementInvalid, "a number of at most three decimals is expected", field: path)
            }
            self = value
        }
    }

    /// A `date`, `dateTime` or `instant`. Moments are written in the time of Asia/Shanghai: `2026-11-21T08:00:00+08:00`.
    public enum Moment: FHIRPart {
        case day(CalendarDate)
        case instant(Instant)

        public init?(_ text: String) {
            if let day = CalendarDate(text) {
                self = .day(day)
            } else if let instant = Instant(text) {
                self = .instant(instant)
            } else {
                return nil
            }
        }

        /// The business day.
        public var day: CalendarDate {
            switch self {
            case .day(let day): day
            case .instant(let instant): instant.businessDay
            }
        }

        public var text: String {
            switch self {
            case .day(let day): day.description
            case .instant(let instant): instant.inShanghai
            }
        }

        public var json: JSONValue { .string(text) }
        public init(json: JSONValue, at path: String) throws {
            guard let value = Moment(try Self.text(json, at: path)) else {
                throw FHIRRefusal(.elementInvalid, "a day or a moment with its offset is expected", field: path)
            }
            self = value
        }
    }
}

extension Instant {
    /// With the offset of Asia/Shanghai: `2026-11-21T08:00:00+08:00`.
    public var inShanghai: String {
        "\(Instant(microseconds: microseconds + 8 * 3_600_000_000).description.dropLast())+08:00"
    }
}

/// A code that FHIR allows at a place and nothing else.
public protocol FHIRCode: FHIRPart, RawRepresentable<String>, CaseIterable {}

extension FHIRCode {
    public var json: JSONValue { .string(rawValue) }
    public init(json: JSONValue, at path: String) throws {
        guard let value = Self(rawValue: try Self.text(json, at: path)) else {
            let known = Self.allCases.map(\.rawValue).joined(separator: ", ")
            throw FHIRRefusal(.elementInvalid, "one of these is expected: \(known)", field: path)
        }
        self = value
    }
}
