public import Postgres
public import Primitives

/// A limit as it counts for a consortium on a day.
public struct LimitInForce: Sendable, Hashable, Codable {
    public let key: LimitKey
    public let unit: LimitKey.Unit
    /// Whether it may be set stricter only.
    public let isHard: Bool
    public let chinese: String
    public let english: String
    public let value: Int
    /// Whose value it is.
    public let scope: LimitScope
    public let validFrom: CalendarDate
    public let validThrough: CalendarDate?
    public let source: String
    /// The value of the region, which a consortium's own stands before.
    public let regionalValue: Int
}

/// Reads the numeric limits of prescriptions.
public struct LimitSettings {
    private let store: LimitsStore

    public init(_ transaction: Transaction) { store = LimitsStore(transaction) }

    /// Every limit as it counts for a consortium on a day.
    public func limits(of consortium: ConsortiumID, on day: CalendarDate) throws -> [LimitKey: Int] {
        let resolution = try store.resolution(for: consortium)
        return Dictionary(uniqueKeysWithValues: LimitKey.allCases.map { key in
            (key, resolution.value(key, on: day)?.value ?? key.national)
        })
    }

    /// The same with where each value comes from.
    public func inForce(for consortium: ConsortiumID, on day: CalendarDate) throws -> [LimitInForce] {
        let resolution = try store.resolution(for: consortium)
        return LimitKey.allCases.compactMap { key in
            guard let value = resolution.value(key, on: day) else { return nil }
            return LimitInForce(
                key: key, unit: key.unit, isHard: key.isHard, chinese: key.meaning.chinese, english: key.meaning.english,
                value: value.value, scope: value.scope, validFrom: value.validFrom, validThrough: value.validThrough,
                source: value.source, regionalValue: resolution.regional(key, on: day)?.value ?? key.national)
        }
    }

    /// Where the consortium practises; `nil` when it has not said.
    public func region(of consortium: ConsortiumID) throws -> Region? { try store.region(of: consortium) }
}
