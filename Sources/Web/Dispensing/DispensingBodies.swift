import Dispensing
public import MedicationRules
import Primitives

extension DoseAmount: WireScalar {
    public static var wireSchema: JSONSchema { .string(pattern: "^[0-9]{1,6}(\\.[0-9]{1,3})?$", example: "0.5") }
    public static var wireSample: DoseAmount { DoseAmount(thousandths: 500) }
}

extension DosingFrequency: WireScalar {
    public static var wireSchema: JSONSchema { .string(example: "bid") }
    public static var wireSample: DosingFrequency {
        guard let daily = DosingFrequency(code: "qd") else { preconditionFailure("qd is a frequency") }
        return daily
    }
}

/// A patient at the desk. The caller may choose the id. The resident number is not kept.
struct PatientBody: Codable, Sendable {
    let patient: PatientID?
    let name: String
    let sex: Sex
    let birthOn: CalendarDate
    /// Eleven digits; kept masked.
    let phone: String?
    let residentNumber: String?
}

/// What the prescriber writes; fields that are left out say nothing.
struct PrescriptionContentBody: Codable, Sendable {
    struct Line: Codable, Sendable {
        let product: ProductID
        /// Base units, for the whole course.
        let quantity: BaseUnits
        let doseText: String
        /// Base units taken at once.
        let dose: DoseAmount
        /// A code of the catalogue of order frequencies.
        let frequency: DosingFrequency
        let days: Int
    }

    let diagnosisCode: String?
    let diagnosis: String
    /// 1 is the day it is written only.
    let validityDays: Int?
    let reason: String?
    let purpose: ControlledPurpose?
    let longRecords: [LongRecord]?
    let lines: [Line]

    var content: PrescriptionContent {
        PrescriptionContent(
            diagnosisCode: diagnosisCode ?? "", diagnosis: diagnosis, validityDays: validityDays ?? 1, reason: reason ?? "",
            purpose: purpose ?? .none, longRecords: longRecords ?? [],
            lines: lines.map {
                PrescriptionLine(
                    product: $0.product, quantity: $0.quantity, doseText: $0.doseText, dose: $0.dose, frequency: $0.frequency,
                    days: $0.days)
            })
    }
}

/// A prescription. The caller may choose its id.
struct PrescriptionBody: Codable, Sendable {
    let prescription: PrescriptionID?
    let patient: PatientID
    let kind: PrescriptionKind
    let content: PrescriptionContentBody
}

/// A pharmacist's decision; a prescription that is sent back needs a reason.
struct PrescriptionReviewBody: Codable, Sendable {
    enum Decision: String, Codable, Sendable, CaseIterable {
        case approve
        case sendBack = "send-back"
    }

    let decision: Decision
    let reason: String?
}

struct PrescriptionCancellationBody: Codable, Sendable {
    let reason: String
}

/// Handing out. The caller may choose the dispensing's id.
struct DispensingBody: Codable, Sendable {
    let dispensing: DispensingID?
    let store: StoreID
    /// All four of them.
    let checks: [DispensingCheck]
    /// Of a single pharmacist who also reviewed.
    let selfChecked: Bool?
    /// A part of it, in base units by line; everything that is still open when left out.
    let lines: [HandOutLine]?
}

/// Whose wish it is that the rest will not be collected, and why.
struct EndRestBody: Codable, Sendable {
    enum Wish: String, Codable, Sendable, CaseIterable {
        case prescriber, patient
    }

    let wish: Wish
    let reason: String
}

/// What a patient brings back. The caller may choose the return's id.
struct PatientReturnBody: Codable, Sendable {
    struct Line: Codable, Sendable {
        let dispensedLine: Int
        let quantity: BaseUnits
        let isUnopened: Bool
    }

    let patientReturn: PatientReturnID?
    let reason: ReturnReason
    let explanation: String
    let lines: [Line]
}

struct SinglePharmacistBody: Codable, Sendable {
    let hasSinglePharmacist: Bool
}
