import Audit
import Identity
import Parties
public import Postgres
public import Primitives

/// How a facility hands out.
public struct FacilityPractice: Sendable, Hashable, Codable {
    /// Whether its one pharmacist may dispense what they reviewed, after a recorded self-check.
    public let hasSinglePharmacist: Bool
    /// Whether one person prepares and another checks everything, not only controlled medicines.
    public let hasTwoPersons: Bool

    public init(hasSinglePharmacist: Bool, hasTwoPersons: Bool) {
        self.hasSinglePharmacist = hasSinglePharmacist
        self.hasTwoPersons = hasTwoPersons
    }
}

/// Declares whether two people hand out everything at a facility: one prepares, another checks.
///
/// Source: prescription rules (处方管理办法), preparing and checking by different people.
public struct DeclareTwoPersons: Sendable {
    public var facility: FacilityID
    public var hasTwoPersons: Bool

    public init(facility: FacilityID, hasTwoPersons: Bool) {
        self.facility = facility
        self.hasTwoPersons = hasTwoPersons
    }

    /// - Throws: `IdentityRefusal` for anyone but a supervisor; `PartiesRefusal` for an unknown facility.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.supervisor])
        _ = try PartiesStore(transaction).facility(facility, of: principal.consortium)
        try DispensingStore(transaction, principal.consortium).declare(
            facility, hasTwoPersons: hasTwoPersons, by: principal.person, at: now)
        try AuditTrail(transaction).append(
            "dispensing.declare-two-persons", subject: "facility \(facility)", by: principal, at: now,
            detail: ["hasTwoPersons": hasTwoPersons ? "yes" : "no"])
    }
}
