import Audit
import Identity
import Parties
public import Postgres
public import Primitives

/// Says from which day on boxes are scanned when they are handed out, in the whole consortium or at one facility.
///
/// Source: R-TC-05, exemptions and dates differ by province; the default, ``TraceScanning/whereKnown``, is the rule of
/// 2026-01-01 for whatever is known to be coded.
public struct DeclareTracePolicy: Sendable {
    /// `nil`: every facility that has no declaration of its own.
    public var facility: FacilityID?
    public var scanning: TraceScanning
    public var validFrom: CalendarDate

    public init(facility: FacilityID?, scanning: TraceScanning, validFrom: CalendarDate) {
        self.facility = facility
        self.scanning = scanning
        self.validFrom = validFrom
    }

    /// - Throws: `IdentityRefusal` for anyone but a supervisor; `PartiesRefusal` for an unknown facility.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.supervisor])
        if let facility { _ = try PartiesStore(transaction).facility(facility, of: principal.consortium) }
        try TraceStore(transaction, principal.consortium).declare(self, by: principal.person, at: now)
        try AuditTrail(transaction).append(
            "dispensing.declare-trace-policy", subject: facility.map { "facility \($0)" } ?? "consortium", by: principal, at: now,
            detail: ["scanning": scanning.rawValue, "validFrom": validFrom.description])
    }
}
