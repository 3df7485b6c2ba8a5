import Postgres
import Primitives

/// Who and what there is before anything is prescribed: facilities, people, products, patients.
struct PrescriptionBenchConsortium {
    let data: PrescriptionBenchData

    private struct NothingMade: Error {}

    func load(in transaction: Transaction) throws -> PrescriptionBenchData.Loaded {
        let loaded = try loadParties(transaction)
        try loadPatients(transaction, loaded)
        return loaded
    }

    private func loadParties(_ transaction: Transaction) throws -> PrescriptionBenchData.Loaded {
        let id = ConsortiumID(
            try one(
                transaction,
                """
                INSERT INTO parties.consortium (code, name, shape) VALUES ('bench', 'bench', 'county-community')
                RETURNING consortium_id AS id
                """))
        let facilities = try transaction.query(
            """
            INSERT INTO parties.facility (consortium_id, code, name, level, role, serves_as, latitude, longitude)
            SELECT \(id), 'F' || number, 'facility ' || number, CASE number WHEN 0 THEN 'county' ELSE 'township' END,
                   CASE number WHEN 0 THEN 'lead' ELSE 'member' END, 'bench', 39800000 + number * 20000, 109900000 - number * 30000
              FROM generate_series(0, \(PrescriptionBenchData.pharmacyCount)) AS number ORDER BY number
            RETURNING facility_id
            """
        ) { try $0["facility_id"] as FacilityID }
        func person(_ code: String, _ facility: FacilityID, _ roles: [Role]) throws -> PersonID {
            PersonID(
                try one(
                    transaction,
                    """
                    INSERT INTO identity.person (consortium_id, code, name, facility_id, roles)
                    VALUES (\(id), \(code), \(code), \(facility), \(roles.map(\.rawValue))) RETURNING person_id AS id
                    """))
        }
        guard let hospital = facilities.first else { throw NothingMade() }
        return PrescriptionBenchData.Loaded(
            id: id, hospital: hospital,
            prescriber: try person("prescriber", hospital, [.prescriber, .formularyKeeper, .supervisor]),
            reviewers: try (1...data.reviewerCount).map { try person("reviewer\($0)", hospital, [.pharmacist]) },
            pharmacies: try facilities.dropFirst().map { facility in
                let store = try one(
                    transaction,
                    """
                    INSERT INTO parties.store (consortium_id, facility_id, code, name, kind)
                    VALUES (\(id), \(facility), \("S\(facility)"), 'store', 'pharmacy') RETURNING store_id AS id
                    """)
                return PrescriptionBenchData.Pharmacy(
                    facility: facility, store: StoreID(store), dispenser: try person("dispenser\(facility)", facility, [.dispenser]))
            },
            products: try loadGoods(transaction))
    }

    private func loadGoods(_ transaction: Transaction) throws -> [ProductID] {
        try transaction.execute(
            """
            INSERT INTO formulary.product (code, kind, generic_name, dosage_form, strength, base_unit, reimbursement, essential,
                   volume_based, long_prescription, special_control, storage, light_protected, pinyin, pinyin_initials)
            SELECT 'B' || number, 'western', 'product ' || number, 'tablet', '1mg', 'tablet', 'A', true, false, true, 'none',
                   'room', false, '', ''
              FROM generate_series(1, \(PrescriptionBenchData.productCount)) AS number
            """)
        try transaction.execute(
            """
            INSERT INTO formulary.article (product_id, pack_size, pack_unit, pack_text, reference_price)
            SELECT product_id, \(PrescriptionBenchData.quantity), '盒', 'pack', 100000 FROM formulary.product ORDER BY product_id
            """)
        return try transaction.query("SELECT product_id FROM formulary.product ORDER BY product_id") { try $0["product_id"] }
    }

    /// Two of three patients have chosen the pharmacy they go to.
    private func loadPatients(_ transaction: Transaction, _ loaded: PrescriptionBenchData.Loaded) throws {
        try transaction.execute(
            """
            CREATE TEMPORARY TABLE bench_patient ON COMMIT DROP AS
            SELECT place, gen_random_uuid() AS patient_id FROM generate_series(0::bigint, \(data.patientCount - 1)) AS place
            """)
        try transaction.execute(
            """
            INSERT INTO dispensing.patient (consortium_id, patient_id, number, name, sex, birth_on, phone_masked, registered_by_id,
                   registered_at)
            SELECT \(loaded.id), patient_id, 'HZ-BENCH-' || place, 'patient ' || place, 'female', DATE '1960-01-01', '',
                   \(loaded.prescriber), \(data.now)
              FROM bench_patient
            """)
        try transaction.execute(
            """
            INSERT INTO prescription_flow.patient_pharmacy (consortium_id, patient_id, store_id, chosen_by_id, chosen_at)
            SELECT \(loaded.id), patient_id, (\(loaded.pharmacies.map(\.store)))[1 + place % \(loaded.pharmacies.count)],
                   \(loaded.prescriber), \(data.now)
              FROM bench_patient WHERE place % 3 <> 0
            """)
    }

    private func one(_ transaction: Transaction, _ sql: SQL) throws -> Int64 {
        guard let value = try transaction.first(sql, { try $0["id"] as Int64 }) else { throw NothingMade() }
        return value
    }
}
