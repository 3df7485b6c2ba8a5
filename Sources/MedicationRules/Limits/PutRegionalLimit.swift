public import Postgres
public import Primitives

/// Puts the limit of a province or a city on record, as the operator: regions belong to no consortium.
public struct PutRegionalLimit: Sendable {
    public var key: LimitKey
    /// Six digits: of a province, `150000`, or of a city, `150600`.
    public var region: String
    public var value: Int
    public var validFrom: CalendarDate
    /// The last day; `nil` until further notice.
    public var validThrough: CalendarDate?
    /// The document that sets it.
    public var source: String

    public init(
        key: LimitKey, region: String, value: Int, validFrom: CalendarDate, validThrough: CalendarDate? = nil, source: String
    ) {
        self.key = key
        self.region = region
        self.value = value
        self.validFrom = validFrom
        self.validThrough = validThrough
        self.source = source
    }

    /// - Throws: ``MedicationRulesRefusal``: no province and no city; the value out of range; a period that does not last; no
    ///   source.
    public func run(in transaction: Transaction) throws {
        guard let region = Region(region), let scope = region.scope else {
            throw MedicationRulesRefusal(.regionInvalid, self.region, field: "region")
        }
        guard key.range.contains(value) else {
            throw MedicationRulesRefusal(.limitOutOfRange, "\(key.rawValue): \(value)", field: "value")
        }
        guard validThrough.map({ $0 >= validFrom }) ?? true else {
            throw MedicationRulesRefusal(.limitPeriodInvalid, "from \(validFrom)", field: "validFrom")
        }
        guard source.contains(where: { !$0.isWhitespace }) else {
            throw MedicationRulesRefusal(.reasonMissing, "the document that sets it", field: "source")
        }
        try LimitsStore(transaction).put(
            LimitValue(
                key: key, scope: scope, region: region.code, value: value, validFrom: validFrom, validThrough: validThrough,
                source: source))
    }
}
