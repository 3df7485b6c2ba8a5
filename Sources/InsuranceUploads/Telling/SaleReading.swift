import Dispensing
import Foundation
import PlatformMessages
import Postgres
import Primitives

// Who was sold what by whom, from the dispensing and its prescription.
extension UploadReading {
    /// - Parameters:
    ///   - patientReturn: the return that brings it back; `nil` for the sale itself.
    ///   - record: gets the boxes.
    func sale(
        _ dispensing: UUID?, returnedWith patientReturn: UUID?, into record: inout PlatformUploadRecord, line: Int
    ) throws -> PlatformUploadSale? {
        guard let dispensing else { return nil }
        record.traceCodes = try codes(of: dispensing, line: line, returnedWith: patientReturn)
        return try transaction.first(
            """
            SELECT dispensing.number, dispensing.movement_id, prescription.number AS prescription, patient.name AS patient,
                   prescriber.name AS prescriber, version.encounter,
                   coalesce(reviewer.name, dispenser.name) AS pharmacist, coalesce(licence.number, '') AS licence
              FROM dispensing.dispensing
              JOIN dispensing.prescription USING (consortium_id, prescription_id)
              JOIN dispensing.patient USING (consortium_id, patient_id)
              JOIN dispensing.prescription_version AS version
                ON version.consortium_id = dispensing.consortium_id AND version.prescription_id = dispensing.prescription_id
               AND version.version = dispensing.version
              JOIN identity.person AS prescriber
                ON prescriber.consortium_id = dispensing.consortium_id AND prescriber.person_id = prescription.prescriber_id
              JOIN identity.person AS dispenser
                ON dispenser.consortium_id = dispensing.consortium_id AND dispenser.person_id = dispensing.dispenser_id
              LEFT JOIN dispensing.review
                ON review.consortium_id = dispensing.consortium_id AND review.prescription_id = dispensing.prescription_id
               AND review.version = dispensing.version AND review.outcome = 'approved'
              LEFT JOIN identity.person AS reviewer
                ON reviewer.consortium_id = review.consortium_id AND reviewer.person_id = review.reviewer_id
              LEFT JOIN insurance_uploads.pharmacist_licence AS licence
                ON licence.consortium_id = dispensing.consortium_id
               AND licence.person_id = coalesce(reviewer.person_id, dispenser.person_id)
             WHERE dispensing.consortium_id = \(consortium) AND dispensing.dispensing_id = \(dispensing)
            """
        ) { row in
            let encounter = try row["encounter"] as JSON<Encounter>?
            let visit = encounter?.value
            let (number, prescription): (String, String) = (try row["number"], try row["prescription"])
            let movement: Int64 = try row["movement_id"]
            return PlatformUploadSale(
                prescriber: try row["prescriber"], pharmacist: try row["pharmacist"], pharmacistLicence: try row["licence"],
                visit: visit?.visitID ?? visit?.visitNumber ?? prescription, prescription: prescription, document: number,
                issue: "\(movement)", settlementType: visit?.settlementType ?? "", insuredNumber: visit?.insuredNumber ?? "",
                patient: try row["patient"])
        }
    }

    /// The boxes of a dispensed line; of a return those that came back with it.
    private func codes(of dispensing: UUID, line: Int, returnedWith patientReturn: UUID?) throws -> [String] {
        try transaction.query(
            """
            SELECT code FROM dispensing.dispensed_code
             WHERE consortium_id = \(consortium) AND dispensing_id = \(dispensing) AND line_number = \(line)
               AND (\(patientReturn)::uuid IS NULL OR return_id = \(patientReturn)) ORDER BY code
            """
        ) { try $0["code"] as String }
    }
}
