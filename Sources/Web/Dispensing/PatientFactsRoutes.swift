import Dispensing
import Identity
import Parties
import Postgres
import Primitives

/// A patient's weight.
struct WeightBody: Codable, Sendable {
    let grams: Int64
    /// Today unless told.
    let measuredOn: CalendarDate?
}

/// Something the patient must not be given. The caller may choose the id.
struct AllergyBody: Codable, Sendable {
    let allergy: AllergyID?
    /// Of an allergen or a group of substances in the clinical rules.
    let code: String?
    let name: String
    let severity: AllergySeverity?
    let reaction: String?
}

struct AllergyWithdrawalBody: Codable, Sendable {
    let reason: String
}

/// A contract with a family doctor. The caller may choose the id.
struct FamilyDoctorBody: Codable, Sendable {
    let contract: FamilyDoctorContractID?
    let facility: FacilityID
    let doctor: PersonID
    let validFrom: CalendarDate
    /// The last day.
    let validThrough: CalendarDate
}

extension DispensingRoutes {
    /// What is known of patients.
    static let patientFacts: [Endpoint] = [
        .reading(
            "dispensing.patient-facts", "/patients/{patientID:uuid}/facts", tag: tag,
            summary: Phrase("患者年龄、体重、过敏史与签约医生", "A patient's age, weight, allergies and family doctor"), roles: clinicians,
            refusals: codes(.patientUnknown), answer: PatientFacts.self
        ) { call, transaction in
            try PatientStore(transaction).facts(of: try call.id("patientID"), of: call.principal.consortium, on: call.today)
        },
        .command(
            "dispensing.record-weight", "/patients/{patientID:uuid}/weights", tag: tag,
            summary: Phrase("登记体重", "Records what a patient weighs"), roles: clinicians,
            refusals: codes(.patientUnknown, .patientDetailsInvalid), creates: true, body: WeightBody.self,
            answer: PatientFacts.self
        ) { call, transaction in
            try RecordWeight(
                patient: try call.id("patientID"),
                weight: PatientWeight(grams: call.body.grams, measuredOn: call.body.measuredOn ?? call.today)
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "dispensing.record-allergy", "/patients/{patientID:uuid}/allergies", tag: tag,
            summary: Phrase("登记过敏史", "Records what a patient must not be given"), roles: clinicians,
            refusals: codes(.patientUnknown, .patientDetailsInvalid, .documentIDTaken), creates: true, body: AllergyBody.self,
            answer: PatientFacts.self
        ) { call, transaction in
            try RecordAllergy(
                allergy: call.body.allergy ?? AllergyID(call.requestID), patient: try call.id("patientID"),
                code: call.body.code ?? "", name: call.body.name, severity: call.body.severity ?? .unknown,
                reaction: call.body.reaction ?? ""
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "dispensing.withdraw-allergy", "/patients/{patientID:uuid}/allergies/{allergyID:uuid}/withdrawal", tag: tag,
            summary: Phrase("撤销过敏记录，注明原因", "Withdraws an allergy, with a reason"), roles: [.prescriber, .pharmacist],
            refusals: codes(.patientUnknown, .allergyUnknown, .reasonRequired), body: AllergyWithdrawalBody.self,
            answer: PatientFacts.self
        ) { call, transaction in
            try WithdrawAllergy(
                patient: try call.id("patientID"), allergy: try call.id("allergyID"), reason: call.body.reason
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "dispensing.sign-family-doctor", "/patients/{patientID:uuid}/family-doctor", tag: tag,
            summary: Phrase("登记家庭医生签约", "Records a contract with a family doctor"), roles: [.prescriber, .pharmacist],
            refusals: codes(.patientUnknown, .patientDetailsInvalid, .documentIDTaken) + [PartiesRefusalCode.facilityUnknown],
            creates: true, body: FamilyDoctorBody.self, answer: PatientFacts.self
        ) { call, transaction in
            try SignFamilyDoctor(
                contract: call.body.contract ?? FamilyDoctorContractID(call.requestID), patient: try call.id("patientID"),
                facility: call.body.facility, doctor: call.body.doctor, validFrom: call.body.validFrom,
                validThrough: call.body.validThrough
            ).run(in: transaction, by: call.principal, at: call.now)
        },
    ]
}
