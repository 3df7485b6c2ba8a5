public import Postgres
public import Primitives

/// How often a dose is taken, by its code in the catalogue of order frequencies.
public struct DosingFrequency: Hashable, Sendable {
    public let code: String
    /// Hours of one cycle; 0 when there is none (at once, when necessary).
    public let cycleHours: Int64
    /// Doses in one cycle.
    public let timesPerCycle: Int64

    /// `nil` when the catalogue has no such code.
    public init?(code: String) {
        guard let (hours, times) = Self.known[code] else { return nil }
        self.code = code
        cycleHours = hours
        timesPerCycle = times
    }

    /// The days a quantity lasts, rounded down; `nil` when the frequency does not tell.
    ///
    /// - Precondition: `dose` is above zero, and dose and quantity are at most what may be entered.
    public func daysLasted(by quantity: BaseUnits, dose: DoseAmount) -> Int? {
        guard cycleHours > 0 else { return nil }
        return Int(quantity.rawValue * 1_000 * cycleHours / (dose.thousandths * timesPerCycle * 24))
    }

    /// Code to hours of a cycle and doses in it, as `Catalogs/order-frequencies` has them.
    static let known: [String: (hours: Int64, times: Int64)] = [
        "st": (0, 1), "prn": (0, 1), "sos": (0, 1), "once": (0, 1),
        "qd": (24, 1), "qm": (24, 1), "qn": (24, 1), "hs": (24, 1), "bid": (24, 2), "tid": (24, 3), "qid": (24, 4),
        "quingid": (24, 5), "sexid": (24, 6), "bid_ac": (24, 2), "tid_ac": (24, 3), "tid_pc": (24, 3),
        "qod": (48, 1), "q2d": (48, 1), "q3d": (72, 1), "q4d": (96, 1), "q5d": (120, 1), "q10d": (240, 1),
        "qw": (168, 1), "biw": (168, 2), "tiw": (168, 3), "qiw": (168, 4), "fiw": (168, 5),
        "q2w": (336, 1), "q3w": (504, 1), "q4w": (672, 1), "q6w": (1_008, 1), "q8w": (1_344, 1), "q12w": (2_016, 1),
        "q24w": (4_032, 1), "q30min": (1, 2), "q1h": (1, 1), "q2h": (2, 1), "q3h": (3, 1), "q4h": (4, 1), "q6h": (6, 1),
        "q8h": (8, 1), "q12h": (12, 1), "q36h": (36, 1), "q72h": (72, 1),
    ]
}

extension DosingFrequency: Codable {
    public init(from decoder: any Decoder) throws {
        let code = try decoder.singleValueContainer().decode(String.self)
        guard let value = DosingFrequency(code: code) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a code of the catalogue of order frequencies"))
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}

extension DosingFrequency: SQLParameter, ColumnDecodable {
    public static var sqlType: SQLType { .text }
    public var sqlText: String? { code }

    public init(column: ColumnText) throws {
        guard let value = DosingFrequency(code: column.string) else { throw ColumnMismatch(expected: "DosingFrequency") }
        self = value
    }
}
