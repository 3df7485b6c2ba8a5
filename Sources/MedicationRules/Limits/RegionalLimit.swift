import Postgres
public import Primitives

/// Whose limit it is; the later the more specific.
public enum LimitScope: String, StoredText, Codable, CaseIterable {
    case national, province, city, consortium
}

/// A limit as a region, or a consortium for itself, has set it.
public struct LimitValue: Sendable, Hashable, Codable {
    public let key: LimitKey
    public let scope: LimitScope
    /// Six digits of the national code of regions; `000000` is the country. Empty for a consortium's own.
    public let region: String
    public let value: Int
    public let validFrom: CalendarDate
    /// The last day; `nil` until further notice.
    public let validThrough: CalendarDate?
    /// The norm, or the consortium's reason.
    public let source: String

    public init(
        key: LimitKey, scope: LimitScope, region: String, value: Int, validFrom: CalendarDate, validThrough: CalendarDate? = nil,
        source: String
    ) {
        self.key = key
        self.scope = scope
        self.region = region
        self.value = value
        self.validFrom = validFrom
        self.validThrough = validThrough
        self.source = source
    }

    func holds(on day: CalendarDate) -> Bool { validFrom <= day && (validThrough.map { day <= $0 } ?? true) }
}

/// A division of the country by its six digits (GB/T 2260), and those it lies in.
public struct Region: Sendable, Hashable {
    public static let country = "000000"

    public let code: String

    /// `nil` for anything but six digits that begin with a province's.
    public init?(_ code: String) {
        guard code.utf8.count == 6, code.utf8.allSatisfy({ (48...57).contains($0) }), code.first != "0" else { return nil }
        self.code = code
    }

    public var province: String { "\(code.prefix(2))0000" }
    public var city: String { "\(code.prefix(4))00" }
    public var isProvince: Bool { code == province }
    /// Itself and what it lies in, the country not counted.
    var codes: [String] { Array(Set([province, city])).sorted() }
    /// What a limit set for this region is a limit of.
    var scope: LimitScope? { isProvince ? .province : code == city ? .city : nil }
}
