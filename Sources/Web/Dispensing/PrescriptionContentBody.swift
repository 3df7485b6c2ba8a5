import Dispensing
import MedicationRules
import Primitives

/// What the prescriber writes; fields that are left out say nothing.
struct PrescriptionContentBody: Codable, Sendable {
    struct Line: Codable, Sendable {
        let product: ProductID
        /// Base units, for the whole course.
        let quantity: BaseUnits
        let doseText: String
        /// Base units taken at once; of a herbal piece, what one boiling holds.
        let dose: DoseAmount
        /// A code of the catalogue of routes.
        let route: AdministrationRoute?
        /// A code of the catalogue of order frequencies.
        let frequency: DosingFrequency
        let days: Int
        /// What else is to be heeded.
        let note: String?
        let insurance: LineInsurance?
    }

    struct OtherDiagnosis: Codable, Sendable {
        let code: String?
        let name: String
    }

    struct WrittenDepartment: Codable, Sendable {
        let code: String?
        let name: String
    }

    struct Herbal: Codable, Sendable {
        let doses: Int
        let dosesPerDay: Int?
        /// How it is boiled and taken.
        let method: String
        let isBoiledByPharmacy: Bool?
    }

    /// ICD-10.
    let diagnosisCode: String?
    /// The main diagnosis.
    let diagnosis: String
    let otherDiagnoses: [OtherDiagnosis]?
    let department: WrittenDepartment?
    /// 1 is the day it is written only.
    let validityDays: Int?
    let reason: String?
    let purpose: ControlledPurpose?
    let longRecords: [LongRecord]?
    /// On a herbal prescription.
    let herbal: Herbal?
    /// The visit, as the national platform asks for it.
    let encounter: Encounter?
    let lines: [Line]
    /// Of an amendment; of a new prescription it stands beside the content.
    let signature: PrescriptionSignature?

    var content: PrescriptionContent {
        PrescriptionContent(
            diagnosisCode: diagnosisCode ?? "", diagnosis: diagnosis,
            otherDiagnoses: (otherDiagnoses ?? []).map { Diagnosis(code: $0.code ?? "", name: $0.name) },
            department: department.map { Department(code: $0.code ?? "", name: $0.name) }, validityDays: validityDays ?? 1,
            reason: reason ?? "", purpose: purpose ?? .none, longRecords: longRecords ?? [],
            herbal: herbal.map {
                HerbalDirections(
                    doses: $0.doses, dosesPerDay: $0.dosesPerDay ?? 1, method: $0.method,
                    isBoiledByPharmacy: $0.isBoiledByPharmacy ?? false)
            },
            encounter: encounter,
            lines: lines.map {
                PrescriptionLine(
                    product: $0.product, quantity: $0.quantity, doseText: $0.doseText, dose: $0.dose, route: $0.route,
                    frequency: $0.frequency, days: $0.days, note: $0.note ?? "", insurance: $0.insurance)
            })
    }
}
