public import Postgres
public import Primitives

/// Every SQL statement about patients.
public struct PatientStore {
    private let transaction: Transaction

    static let columns: SQL = "patient_id, number, name, sex, birth_on, phone_masked, resident_masked"

    public init(_ transaction: Transaction) { self.transaction = transaction }

    func nextNumber(year: Int) throws -> String {
        try transaction.documentNumber("HZ", year: year, from: "SELECT nextval('dispensing.patient_number') AS number")
    }

    /// - Throws: ``DispensingRefusal`` when the id or the resident number is taken.
    func add(_ patient: Patient, residentDigest: Bytes?, by principal: Principal, at now: Instant) throws {
        try refusing("patient_id_is_unique", as: DispensingRefusal(.documentIDTaken, "patient \(patient.id)", field: "patientID"))
        {
            try refusing(
                "resident_is_registered_once",
                as: DispensingRefusal(.patientRegisteredAlready, "at the same time elsewhere", field: "residentNumber")
            ) {
                try transaction.execute(
                    """
                    INSERT INTO dispensing.patient
                           (consortium_id, patient_id, number, name, sex, birth_on, phone_masked, resident_digest,
                            resident_masked, registered_by_id, registered_at)
                    VALUES (\(principal.consortium), \(patient.id), \(patient.number), \(patient.name), \(patient.sex),
                            \(patient.birthOn), \(patient.phone), \(residentDigest), \(patient.residentMasked),
                            \(principal.person), \(now))
                    """)
            }
        }
    }

    /// - Throws: ``DispensingRefusal`` when there is no such patient.
    public func patient(_ id: PatientID, of consortium: ConsortiumID) throws -> Patient {
        let found = try transaction.first(
            "SELECT \(Self.columns) FROM dispensing.patient WHERE consortium_id = \(consortium) AND patient_id = \(id)",
            Patient.init)
        guard let found else { throw DispensingRefusal(.patientUnknown, "patient \(id)") }
        return found
    }

    /// The patient with the number on the card, `HZ-2026-000123`.
    public func patient(number: String, of consortium: ConsortiumID) throws -> Patient? {
        try transaction.first(
            "SELECT \(Self.columns) FROM dispensing.patient WHERE consortium_id = \(consortium) AND number = \(number)",
            Patient.init)
    }

    public func patient(residentDigest: Bytes, of consortium: ConsortiumID) throws -> Patient? {
        try transaction.first(
            """
            SELECT \(Self.columns) FROM dispensing.patient
             WHERE consortium_id = \(consortium) AND resident_digest = \(residentDigest)
            """, Patient.init)
    }

    /// What is known of a patient on a day.
    ///
    /// - Throws: ``DispensingRefusal`` when there is no such patient.
    public func facts(of id: PatientID, of consortium: ConsortiumID, on day: CalendarDate) throws -> PatientFacts {
        try PatientFactsStore(transaction, consortium).facts(of: try patient(id, of: consortium), on: day)
    }

    /// Keeps others from prescribing to the patient until the transaction ends.
    ///
    /// - Throws: ``DispensingRefusal`` when there is no such patient.
    func lock(_ id: PatientID, of consortium: ConsortiumID) throws {
        let found = try transaction.execute(
            "SELECT 1 FROM dispensing.patient WHERE consortium_id = \(consortium) AND patient_id = \(id) FOR NO KEY UPDATE")
        guard found == 1 else { throw DispensingRefusal(.patientUnknown, "patient \(id)", field: "patientID") }
    }
}
