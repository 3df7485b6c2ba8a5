import Audit
import Identity
import Parties
public import Postgres
public import Primitives

/// Declares a prescriber's title and specialties, on which first long prescriptions depend.
public struct DeclareQualification: Sendable {
    public var person: PersonID
    public var qualification: PrescriberQualification

    public init(person: PersonID, qualification: PrescriberQualification) {
        self.person = person
        self.qualification = qualification
    }

    /// - Throws: `IdentityRefusal` for anyone but a supervisor; ``LongPrescriptionsRefusal`` `qualificationInvalid` for a person
    ///   who is no prescriber, or without a specialty.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.supervisor])
        let people = try People(transaction).all(of: principal.consortium)
        guard let declared = people.first(where: { $0.id == person }), declared.roles.contains(.prescriber) else {
            throw LongPrescriptionsRefusal(.qualificationInvalid, "person \(person) is no prescriber")
        }
        guard !qualification.specialties.isEmpty else {
            throw LongPrescriptionsRefusal(.qualificationInvalid, "no specialty", field: "specialties")
        }
        try QualificationStore(transaction, principal.consortium).declare(qualification, of: person, by: principal, at: now)
        try AuditTrail(transaction).append(
            "long-prescriptions.declare-qualification", subject: "person \(person)", by: principal, at: now,
            detail: ["title": qualification.title.rawValue])
    }
}

/// Declares whether a primary institution is able to begin long prescriptions (R-LP-06).
public struct DeclareAbility: Sendable {
    public var facility: FacilityID
    public var mayBegin: Bool

    public init(facility: FacilityID, mayBegin: Bool) {
        self.facility = facility
        self.mayBegin = mayBegin
    }

    /// - Throws: `IdentityRefusal` for anyone but a supervisor; `PartiesRefusal` for an unknown facility.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.supervisor])
        _ = try PartiesStore(transaction).facility(facility, of: principal.consortium)
        try QualificationStore(transaction, principal.consortium).declare(facility, mayBegin: mayBegin, by: principal, at: now)
        try AuditTrail(transaction).append(
            "long-prescriptions.declare-ability", subject: "facility \(facility)", by: principal, at: now,
            detail: ["mayBegin": mayBegin ? "yes" : "no"])
    }
}
