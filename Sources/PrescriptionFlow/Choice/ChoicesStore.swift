public import Dispensing
public import Postgres
public import Primitives

/// Every SQL statement about where patients collect.
public struct ChoicesStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    func set(_ store: StoreID?, ofPatient patient: PatientID, by person: PersonID, at now: Instant) throws {
        guard let store else {
            try transaction.execute(
                "DELETE FROM prescription_flow.patient_pharmacy WHERE consortium_id = \(consortium) AND patient_id = \(patient)")
            return
        }
        try transaction.execute(
            """
            INSERT INTO prescription_flow.patient_pharmacy (consortium_id, patient_id, store_id, chosen_by_id, chosen_at)
            VALUES (\(consortium), \(patient), \(store), \(person), \(now))
            ON CONFLICT (consortium_id, patient_id) DO UPDATE
               SET store_id = excluded.store_id, chosen_by_id = excluded.chosen_by_id, chosen_at = excluded.chosen_at
            """)
    }

    func set(_ store: StoreID?, ofPrescription prescription: PrescriptionID, by person: PersonID, at now: Instant) throws {
        guard let store else {
            try transaction.execute(
                """
                DELETE FROM prescription_flow.prescription_pharmacy
                 WHERE consortium_id = \(consortium) AND prescription_id = \(prescription)
                """)
            return
        }
        try transaction.execute(
            """
            INSERT INTO prescription_flow.prescription_pharmacy
                   (consortium_id, prescription_id, store_id, chosen_by_id, chosen_at)
            VALUES (\(consortium), \(prescription), \(store), \(person), \(now))
            ON CONFLICT (consortium_id, prescription_id) DO UPDATE
               SET store_id = excluded.store_id, chosen_by_id = excluded.chosen_by_id, chosen_at = excluded.chosen_at
            """)
    }

    /// Where a patient collects as a rule; `nil` when no choice is recorded.
    public func pharmacy(ofPatient patient: PatientID) throws -> StoreID? {
        try transaction.first(
            "SELECT store_id FROM prescription_flow.patient_pharmacy WHERE consortium_id = \(consortium) AND patient_id = \(patient)"
        ) { try $0["store_id"] }
    }

    /// Where a prescription is collected: what was chosen for it, else the patient's rule; `nil` when neither is recorded.
    public func pharmacy(of prescription: Prescription) throws -> StoreID? {
        let chosen: StoreID? = try transaction.first(
            """
            SELECT store_id FROM prescription_flow.prescription_pharmacy
             WHERE consortium_id = \(consortium) AND prescription_id = \(prescription.id)
            """
        ) { try $0["store_id"] }
        return try chosen ?? pharmacy(ofPatient: prescription.patient)
    }
}
