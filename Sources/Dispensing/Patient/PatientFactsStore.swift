import Postgres
import Primitives

/// The SQL statements about what is known of patients.
struct PatientFactsStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    func facts(of patient: Patient, on day: CalendarDate) throws -> PatientFacts {
        PatientFacts(
            age: Age(birthOn: patient.birthOn, on: day), weight: try weight(of: patient.id, by: day),
            allergies: try allergies(of: patient.id), familyDoctor: try contract(of: patient.id, on: day))
    }

    // MARK: - Weight

    /// A further measurement of the same day stands in the place of the earlier one.
    func add(_ weight: PatientWeight, of patient: PatientID, by person: PersonID, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO dispensing.patient_weight (consortium_id, patient_id, measured_on, grams, recorded_by_id, recorded_at)
            VALUES (\(consortium), \(patient), \(weight.measuredOn), \(weight.grams), \(person), \(now))
            """)
    }

    private func weight(of patient: PatientID, by day: CalendarDate) throws -> PatientWeight? {
        try transaction.first(
            """
            SELECT grams, measured_on FROM dispensing.patient_weight
             WHERE consortium_id = \(consortium) AND patient_id = \(patient) AND measured_on <= \(day)
             ORDER BY measured_on DESC, recorded_at DESC LIMIT 1
            """
        ) { row in PatientWeight(grams: try row["grams"], measuredOn: try row["measured_on"]) }
    }

    // MARK: - Allergies

    /// - Throws: ``DispensingRefusal`` when the id is taken.
    func add(_ allergy: Allergy, of patient: PatientID, by person: PersonID) throws {
        try refusing("allergy_id_is_unique", as: DispensingRefusal(.documentIDTaken, "allergy \(allergy.id)", field: "allergy")) {
            try transaction.execute(
                """
                INSERT INTO dispensing.allergy
                       (consortium_id, allergy_id, patient_id, code, name, severity, reaction, recorded_by_id, recorded_at)
                VALUES (\(consortium), \(allergy.id), \(patient), \(allergy.code), \(allergy.name), \(allergy.severity),
                        \(allergy.reaction), \(person), \(allergy.recordedAt))
                """)
        }
    }

    /// - Returns: whether there was one to withdraw.
    func withdraw(_ id: AllergyID, of patient: PatientID, reason: String, by person: PersonID, at now: Instant) throws -> Bool {
        try transaction.execute(
            """
            UPDATE dispensing.allergy SET withdrawn_at = \(now), withdrawn_by_id = \(person), withdrawn_for = \(reason)
             WHERE consortium_id = \(consortium) AND allergy_id = \(id) AND patient_id = \(patient) AND withdrawn_at IS NULL
            """) == 1
    }

    func allergies(of patient: PatientID) throws -> [Allergy] {
        try transaction.query(
            """
            SELECT allergy_id, code, name, severity, reaction, recorded_at FROM dispensing.allergy
             WHERE consortium_id = \(consortium) AND patient_id = \(patient) AND withdrawn_at IS NULL
             ORDER BY recorded_at, allergy_id
            """
        ) { row in
            Allergy(
                id: try row["allergy_id"], code: try row["code"], name: try row["name"], severity: try row["severity"],
                reaction: try row["reaction"], recordedAt: try row["recorded_at"])
        }
    }

    // MARK: - Family doctors

    /// - Throws: ``DispensingRefusal`` when the id is taken.
    func add(_ contract: FamilyDoctorContract, of patient: PatientID, by person: PersonID, at now: Instant) throws {
        try refusing(
            "contract_id_is_unique", as: DispensingRefusal(.documentIDTaken, "contract \(contract.id)", field: "contract")
        ) {
            try transaction.execute(
                """
                INSERT INTO dispensing.family_doctor_contract
                       (consortium_id, contract_id, patient_id, facility_id, doctor_id, valid_from, valid_through,
                        recorded_by_id, recorded_at)
                VALUES (\(consortium), \(contract.id), \(patient), \(contract.facility), \(contract.doctor),
                        \(contract.validFrom), \(contract.validThrough), \(person), \(now))
                """)
        }
    }

    /// Ends a contract that overlaps a new one on the day before the new one begins; one that had not begun ends unbegun.
    func endContracts(of patient: PatientID, before day: CalendarDate) throws {
        try transaction.execute(
            """
            UPDATE dispensing.family_doctor_contract SET valid_through = \(day.adding(days: -1))
             WHERE consortium_id = \(consortium) AND patient_id = \(patient) AND valid_through >= \(day)
            """)
    }

    private func contract(of patient: PatientID, on day: CalendarDate) throws -> FamilyDoctorContract? {
        try transaction.first(
            """
            SELECT contract_id, facility_id, doctor_id, valid_from, valid_through FROM dispensing.family_doctor_contract
             WHERE consortium_id = \(consortium) AND patient_id = \(patient)
               AND valid_from <= \(day) AND valid_through >= \(day)
             ORDER BY valid_from DESC, recorded_at DESC LIMIT 1
            """
        ) { row in
            FamilyDoctorContract(
                id: try row["contract_id"], facility: try row["facility_id"], doctor: try row["doctor_id"],
                validFrom: try row["valid_from"], validThrough: try row["valid_through"])
        }
    }
}
