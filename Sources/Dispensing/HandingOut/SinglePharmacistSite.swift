import Audit
import Identity
import Parties
public import Postgres
public import Primitives

/// Declares whether a facility has a single pharmacist, who may then dispense what they reviewed after a self-check.
public struct DeclareSinglePharmacistSite: Sendable {
    public var facility: FacilityID
    public var hasSinglePharmacist: Bool

    public init(facility: FacilityID, hasSinglePharmacist: Bool) {
        self.facility = facility
        self.hasSinglePharmacist = hasSinglePharmacist
    }

    /// - Throws: `IdentityRefusal` for anyone but a supervisor; `PartiesRefusal` for an unknown facility.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.supervisor])
        _ = try PartiesStore(transaction).facility(facility, of: principal.consortium)
        try DispensingStore(transaction, principal.consortium).declare(
            facility, hasSinglePharmacist: hasSinglePharmacist, by: principal.person, at: now)
        try AuditTrail(transaction).append(
            "dispensing.declare-single-pharmacist-site", subject: "facility \(facility)", by: principal, at: now,
            detail: ["hasSinglePharmacist": hasSinglePharmacist ? "yes" : "no"])
    }
}
