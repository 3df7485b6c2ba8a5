import Audit
import Identity
public import Postgres
public import Primitives

/// Registers a patient of the consortium. The resident number leaves only its digest and its mask behind.
public struct RegisterPatient: Sendable {
    public var patient: PatientID
    public var name: String
    public var sex: Sex
    public var birthOn: CalendarDate
    /// Eleven digits; empty when the patient gives none.
    public var phone: String
    /// As on the identity card; `nil` when the patient has none at hand.
    public var residentNumber: String?

    public init(
        patient: PatientID, name: String, sex: Sex, birthOn: CalendarDate, phone: String = "", residentNumber: String? = nil
    ) {
        self.patient = patient
        self.name = name
        self.sex = sex
        self.birthOn = birthOn
        self.phone = phone
        self.residentNumber = residentNumber
    }

    /// - Throws: ``DispensingRefusal``: details that are missing or wrong; a resident number that does not check or
    ///   tells another sex or birth day; a patient who is registered already, named by number.
    public func run(
        in transaction: Transaction, by principal: Principal, at now: Instant, pepper: ResidentPepper
    ) throws -> Patient {
        try principal.require(oneOf: [.prescriber, .pharmacist, .dispenser])
        let (masked, resident) = try checked(on: now.businessDay)
        let store = PatientStore(transaction)
        let digest = resident.map(pepper.digest(of:))
        if let digest, let known = try store.patient(residentDigest: digest, of: principal.consortium) {
            throw DispensingRefusal(.patientRegisteredAlready, "as \(known.number)", field: "residentNumber")
        }
        let registered = Patient(
            id: patient, number: try store.nextNumber(year: now.businessDay.year), name: name.trimmed, sex: sex,
            birthOn: birthOn, phone: masked, residentMasked: resident?.masked)
        try store.add(registered, residentDigest: digest, by: principal, at: now)
        try AuditTrail(transaction).append(
            "dispensing.register-patient", subject: "patient \(patient)", by: principal, at: now)
        return registered
    }

    /// The masked phone and the resident number that the details hold.
    func checked(on today: CalendarDate) throws(DispensingRefusal) -> (phone: String, resident: ResidentNumber?) {
        guard (1...100).contains(name.trimmed.count) else {
            throw DispensingRefusal(.patientDetailsInvalid, "the name has 1 to 100 characters", field: "name")
        }
        guard birthOn <= today else {
            throw DispensingRefusal(.patientDetailsInvalid, "the birth day is after \(today)", field: "birthOn")
        }
        guard phone.isEmpty || MobileNumber(phone) != nil else {
            throw DispensingRefusal(.patientDetailsInvalid, "a phone number has eleven digits", field: "phone")
        }
        let masked = MobileNumber(phone)?.masked ?? ""
        guard let residentNumber else { return (masked, nil) }
        guard let resident = ResidentNumber(residentNumber, on: today) else {
            throw DispensingRefusal(.residentNumberInvalid, "length, birth day or check character", field: "residentNumber")
        }
        guard resident.birthOn == birthOn, sex == .unknown || resident.sex == sex else {
            throw DispensingRefusal(.residentNumberMismatch, "birth day or sex differ", field: "residentNumber")
        }
        return (masked, resident)
    }
}
