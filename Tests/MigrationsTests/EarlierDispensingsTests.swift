import Foundation
import Migrations
import Postgres
import TestSupport
import Testing

@Suite("Dispensings from before prescriptions were handed out in parts")
struct EarlierDispensingsTests {
    @Test("were whole: their lines know it, and a prescription that waits has nothing handed out")
    func handedOut() async throws {
        try await withWorkplace { place in
            try await place.migrate(before: "_dispensing_in_parts", writing: Self.dispensed)
            let found = try await place.run { transaction in
                try transaction.query(
                    """
                    SELECT concat_ws(' ', state, prescription.version, handed_out, part) AS line
                      FROM dispensing.prescription
                      JOIN dispensing.prescription_line USING (consortium_id, prescription_id, version)
                      LEFT JOIN dispensing.dispensing USING (consortium_id, prescription_id)
                     ORDER BY prescription.number
                    """
                ) { try $0["line"] as String }
            }
            #expect(found == ["dispensed 2 42 1", "approved 1 0"])
        }
    }

    /// A prescription that was amended and dispensed, and one that waits.
    private static let dispensed = """
        INSERT INTO parties.consortium (code, name, shape) VALUES ('c', 'c', 'county-community');
        INSERT INTO parties.facility (consortium_id, code, name, level, role, serves_as)
        VALUES (1, 'f', 'f', 'county', 'lead', 'hospital');
        INSERT INTO parties.store (consortium_id, facility_id, code, name, kind) VALUES (1, 1, 's', 's', 'pharmacy');
        INSERT INTO identity.person (consortium_id, code, name, facility_id, roles) VALUES (1, 'd', 'd', 1, '{}');
        INSERT INTO formulary.product (
            code, kind, generic_name, dosage_form, strength, base_unit, reimbursement, essential, volume_based,
            long_prescription, special_control, storage, light_protected, pinyin, pinyin_initials)
        VALUES ('p', 'western', 'p', 'tablet', '1mg', 'tablet', 'A', true, false, false, 'none', 'room', false, '', '');
        INSERT INTO dispensing.patient (
            consortium_id, patient_id, number, name, sex, birth_on, phone_masked, registered_by_id, registered_at)
        VALUES (1, '01936f2e-7c00-7000-8000-000000000001', 'HZ-2026-000001', '张三', 'male', '1990-03-07', '', 1,
                '2026-11-20T00:00Z');
        INSERT INTO dispensing.prescription (
            consortium_id, prescription_id, number, patient_id, facility_id, prescriber_id, kind, state, version, issued_at)
        VALUES (1, '01936f2e-7c00-7000-8000-000000000002', 'CF-2026-000001', '01936f2e-7c00-7000-8000-000000000001', 1, 1,
                'ordinary', 'dispensed', 2, '2026-11-20T00:00Z'),
               (1, '01936f2e-7c00-7000-8000-000000000003', 'CF-2026-000002', '01936f2e-7c00-7000-8000-000000000001', 1, 1,
                'ordinary', 'approved', 1, '2026-11-20T00:00Z');
        INSERT INTO dispensing.prescription_version (
            consortium_id, prescription_id, version, diagnosis_code, diagnosis, written_at, written_on, valid_through, reason,
            purpose, long_records)
        SELECT 1, prescription_id, version, '', '肺炎', '2026-11-20T00:00Z', '2026-11-20', '2026-11-20', '', 'none', '{}'
          FROM (VALUES ('01936f2e-7c00-7000-8000-000000000002'::uuid, 1), ('01936f2e-7c00-7000-8000-000000000002', 2),
                       ('01936f2e-7c00-7000-8000-000000000003', 1)) AS written (prescription_id, version);
        INSERT INTO dispensing.prescription_line (
            consortium_id, prescription_id, version, line_number, product_id, quantity, dose_text, dose, frequency, days)
        SELECT consortium_id, prescription_id, version, 1, 1, 42, '2粒', 2000, 'tid', 7 FROM dispensing.prescription_version;
        INSERT INTO stock_ledger.movement (consortium_id, kind, occurred_on, recorded_at, person_id, request_id, document)
        VALUES (1, 'issue', '2026-11-20', '2026-11-20T00:00Z', 1, '01936f2e-7c00-7000-8000-000000000004', 'x');
        INSERT INTO dispensing.dispensing (
            consortium_id, dispensing_id, number, prescription_id, version, store_id, dispenser_id, movement_id, dispensed_at,
            dispensed_on, self_checked, checks, retain_through)
        VALUES (1, '01936f2e-7c00-7000-8000-000000000004', 'FY-2026-000001', '01936f2e-7c00-7000-8000-000000000002', 2, 1, 1, 1,
                '2026-11-20T00:00Z', '2026-11-20', false, '{prescription,drug,incompatibility,rational-use}', '2027-11-21');
        """
}
