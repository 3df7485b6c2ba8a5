import Audit
import Identity
public import Postgres
public import Primitives

/// Sets a consortium's own value of a limit. A hard limit may be set stricter than its region's, and never looser.
public struct SetLimit: Sendable {
    public var key: LimitKey
    public var value: Int
    /// The first day; today or later.
    public var validFrom: CalendarDate
    /// The last day; `nil` until further notice.
    public var validThrough: CalendarDate?
    public var reason: String

    public init(
        key: LimitKey, value: Int, validFrom: CalendarDate, validThrough: CalendarDate? = nil, reason: String
    ) {
        self.key = key
        self.value = value
        self.validFrom = validFrom
        self.validThrough = validThrough
        self.reason = reason
    }

    /// - Throws: `IdentityRefusal` for anyone but a supervisor; ``MedicationRulesRefusal``: no reason, the value out of
    ///   range, a period that has begun or does not last, a hard limit looser than the region's on any day of it.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.supervisor])
        guard reason.contains(where: { !$0.isWhitespace }), reason.count <= 200 else {
            throw MedicationRulesRefusal(.reasonMissing, "1 to 200 characters", field: "reason")
        }
        guard key.range.contains(value) else {
            let range = key.range
            throw MedicationRulesRefusal(
                .limitOutOfRange, "\(key.rawValue): \(value), from \(range.lowerBound) to \(range.upperBound)", field: "value")
        }
        guard validFrom >= now.businessDay, validThrough.map({ $0 >= validFrom }) ?? true else {
            throw MedicationRulesRefusal(
                .limitPeriodInvalid, "\(validFrom) through \(validThrough?.description ?? "further notice")", field: "validFrom")
        }
        let store = LimitsStore(transaction)
        if key.isHard {
            let resolution = try store.resolution(for: principal.consortium)
            if let day = resolution.firstDayLooser(key, value, from: validFrom, through: validThrough) {
                let most = resolution.regional(key, on: day)?.value ?? key.national
                throw MedicationRulesRefusal(.limitLooser, "\(key.rawValue): \(value), at most \(most) on \(day)", field: "value")
            }
        }
        try store.add(
            LimitValue(
                key: key, scope: .consortium, region: "", value: value, validFrom: validFrom, validThrough: validThrough,
                source: reason), by: principal, at: now)
        try AuditTrail(transaction).append(
            "medication-rules.set-limit", subject: "limit \(key.rawValue)", by: principal, at: now,
            detail: ["value": "\(value)", "from": "\(validFrom)", "through": validThrough?.description ?? ""])
    }
}
