import Audit
import Identity
import Parties
public import Postgres
public import Primitives

/// Records what a patient weighed on a day.
public struct RecordWeight: Sendable {
    public var patient: PatientID
    public var weight: PatientWeight

    public init(patient: PatientID, weight: PatientWeight) {
        self.patient = patient
        self.weight = weight
    }

    /// - Throws: `IdentityRefusal`; ``DispensingRefusal``: an unknown patient, a weight that no patient has, a day before
    ///   the birth or to come.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> PatientFacts {
        try principal.require(oneOf: [.prescriber, .pharmacist, .dispenser])
        let known = try PatientStore(transaction).patient(patient, of: principal.consortium)
        guard PatientWeight.enterable.contains(weight.grams) else {
            throw DispensingRefusal(.patientDetailsInvalid, "\(weight.grams) g; 200 g to 500 kg", field: "grams")
        }
        guard known.birthOn <= weight.measuredOn, weight.measuredOn <= now.businessDay else {
            throw DispensingRefusal(.patientDetailsInvalid, "measured on \(weight.measuredOn)", field: "measuredOn")
        }
        let store = PatientFactsStore(transaction, principal.consortium)
        try store.add(weight, of: patient, by: principal.person, at: now)
        try AuditTrail(transaction).append("dispensing.record-weight", subject: "patient \(patient)", by: principal, at: now)
        return try store.facts(of: known, on: now.businessDay)
    }
}

/// Records something that a patient must not be given.
public struct RecordAllergy: Sendable {
    public var allergy: AllergyID
    public var patient: PatientID
    /// Of the clinical rules; empty when there is none.
    public var code: String
    public var name: String
    public var severity: AllergySeverity
    public var reaction: String

    public init(
        allergy: AllergyID, patient: PatientID, code: String = "", name: String, severity: AllergySeverity = .unknown,
        reaction: String = ""
    ) {
        self.allergy = allergy
        self.patient = patient
        self.code = code
        self.name = name
        self.severity = severity
        self.reaction = reaction
    }

    /// - Throws: `IdentityRefusal`; ``DispensingRefusal``: an unknown patient, no words, an id that is taken.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> PatientFacts {
        try principal.require(oneOf: [.prescriber, .pharmacist, .dispenser])
        let known = try PatientStore(transaction).patient(patient, of: principal.consortium)
        guard (1...60).contains(name.trimmed.count), code.count <= 40, reaction.trimmed.count <= 200 else {
            throw DispensingRefusal(.patientDetailsInvalid, "an allergy is named in 1 to 60 characters", field: "name")
        }
        let store = PatientFactsStore(transaction, principal.consortium)
        try store.add(
            Allergy(
                id: allergy, code: code.trimmed, name: name.trimmed, severity: severity, reaction: reaction.trimmed,
                recordedAt: now),
            of: patient, by: principal.person)
        try AuditTrail(transaction).append("dispensing.record-allergy", subject: "patient \(patient)", by: principal, at: now)
        return try store.facts(of: known, on: now.businessDay)
    }
}

/// Takes back an allergy that was recorded by mistake or ruled out; it stays on record.
public struct WithdrawAllergy: Sendable {
    public var patient: PatientID
    public var allergy: AllergyID
    public var reason: String

    public init(patient: PatientID, allergy: AllergyID, reason: String) {
        self.patient = patient
        self.allergy = allergy
        self.reason = reason
    }

    /// - Throws: `IdentityRefusal` for anyone but a prescriber or a pharmacist; ``DispensingRefusal``: an unknown patient, no
    ///   such allergy, no reason.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> PatientFacts {
        try principal.require(oneOf: [.prescriber, .pharmacist])
        let known = try PatientStore(transaction).patient(patient, of: principal.consortium)
        guard (1...200).contains(reason.trimmed.count) else {
            throw DispensingRefusal(.reasonRequired, "say why it is withdrawn", field: "reason")
        }
        let store = PatientFactsStore(transaction, principal.consortium)
        guard try store.withdraw(allergy, of: patient, reason: reason.trimmed, by: principal.person, at: now) else {
            throw DispensingRefusal(.allergyUnknown, "allergy \(allergy)")
        }
        try AuditTrail(transaction).append("dispensing.withdraw-allergy", subject: "patient \(patient)", by: principal, at: now)
        return try store.facts(of: known, on: now.businessDay)
    }
}

/// Records that a family doctor looks after a patient. A contract that runs already ends where the new one begins.
public struct SignFamilyDoctor: Sendable {
    public var contract: FamilyDoctorContractID
    public var patient: PatientID
    public var facility: FacilityID
    public var doctor: PersonID
    public var validFrom: CalendarDate
    public var validThrough: CalendarDate

    public init(
        contract: FamilyDoctorContractID, patient: PatientID, facility: FacilityID, doctor: PersonID, validFrom: CalendarDate,
        validThrough: CalendarDate
    ) {
        self.contract = contract
        self.patient = patient
        self.facility = facility
        self.doctor = doctor
        self.validFrom = validFrom
        self.validThrough = validThrough
    }

    /// - Throws: `IdentityRefusal`; `PartiesRefusal` for an unknown facility; ``DispensingRefusal``: an unknown patient, a
    ///   doctor who does not prescribe at the facility, days that end before they begin, an id that is taken.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> PatientFacts {
        try principal.require(oneOf: [.prescriber, .pharmacist])
        let patients = PatientStore(transaction)
        try patients.lock(patient, of: principal.consortium)
        let known = try patients.patient(patient, of: principal.consortium)
        _ = try PartiesStore(transaction).facility(facility, of: principal.consortium)
        let doctors = try People(transaction).all(of: principal.consortium)
        guard doctors.contains(where: { $0.id == doctor && $0.facility == facility && $0.roles.contains(.prescriber) }) else {
            throw DispensingRefusal(.patientDetailsInvalid, "person \(doctor) prescribes not at \(facility)", field: "doctor")
        }
        guard validFrom <= validThrough, validThrough.days(since: validFrom) <= 3 * 366 else {
            throw DispensingRefusal(.patientDetailsInvalid, "from \(validFrom) through \(validThrough)", field: "validThrough")
        }
        let store = PatientFactsStore(transaction, principal.consortium)
        try store.endContracts(of: patient, before: validFrom)
        try store.add(
            FamilyDoctorContract(
                id: contract, facility: facility, doctor: doctor, validFrom: validFrom, validThrough: validThrough),
            of: patient, by: principal.person, at: now)
        try AuditTrail(transaction).append("dispensing.sign-family-doctor", subject: "patient \(patient)", by: principal, at: now)
        return try store.facts(of: known, on: now.businessDay)
    }
}
