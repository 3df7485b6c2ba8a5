import Foundation
import Migrations
import Postgres
import TestSupport
import Testing

@Suite("Prescriptions from before signatures and the review queue")
struct EarlierPrescriptionsTests {
    @Test("wait in the queue if they waited, keep what they said, and their consortium goes on unsigned")
    func kept() async throws {
        try await withWorkplace { place in
            try await place.migrate(before: "_dispensing_patient_facts", writing: Self.written)
            let waiting = try await place.run { transaction in
                try transaction.query(
                    """
                    SELECT concat_ws(' ', prescription.number, queue.version, queue.urgency, queue.queued_at = '2026-11-20T01:00Z',
                                     other_diagnoses, note) AS line
                      FROM dispensing.review_queue AS queue
                      JOIN dispensing.prescription USING (consortium_id, prescription_id)
                      JOIN dispensing.prescription_version USING (consortium_id, prescription_id)
                      JOIN dispensing.prescription_line USING (consortium_id, prescription_id)
                     ORDER BY queue.urgency, queue.queued_at
                    """
                ) { try $0["line"] as String }
            }
            #expect(waiting == ["CF-2026-000002 1 0 t [] ", "CF-2026-000001 1 2 t [] "])
            let practice = try await place.run { transaction in
                try transaction.query(
                    """
                    SELECT signatures_required_from IS NULL AND NOT qualified_reviewers AS goes_on
                      FROM dispensing.consortium_practice
                    """
                ) { try $0["goes_on"] as Bool }
            }
            #expect(practice == [true])
        }
    }

    /// One ordinary and one emergency prescription that wait, and one that is approved.
    private static let written = """
        INSERT INTO parties.consortium (code, name, shape) VALUES ('c', 'c', 'county-community');
        INSERT INTO parties.facility (consortium_id, code, name, level, role, serves_as)
        VALUES (1, 'f', 'f', 'county', 'lead', 'hospital');
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
                'ordinary', 'issued', 1, '2026-11-20T01:00Z'),
               (1, '01936f2e-7c00-7000-8000-000000000003', 'CF-2026-000002', '01936f2e-7c00-7000-8000-000000000001', 1, 1,
                'emergency', 'issued', 1, '2026-11-20T01:00Z'),
               (1, '01936f2e-7c00-7000-8000-000000000004', 'CF-2026-000003', '01936f2e-7c00-7000-8000-000000000001', 1, 1,
                'ordinary', 'approved', 1, '2026-11-20T01:00Z');
        INSERT INTO dispensing.prescription_version (
            consortium_id, prescription_id, version, diagnosis_code, diagnosis, written_at, written_on, valid_through, reason,
            purpose, long_records)
        SELECT 1, prescription_id, 1, '', '肺炎', issued_at, '2026-11-20', '2026-11-20', '', 'none', '{}'
          FROM dispensing.prescription;
        INSERT INTO dispensing.prescription_line (
            consortium_id, prescription_id, version, line_number, product_id, quantity, dose_text, dose, frequency, days)
        SELECT consortium_id, prescription_id, version, 1, 1, 42, '2粒', 2000, 'tid', 7 FROM dispensing.prescription_version;
        """
}
