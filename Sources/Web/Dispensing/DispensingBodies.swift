import Dispensing
public import MedicationRules
import Primitives
import StockLedger

extension DoseAmount: WireScalar {
    public static var wireSchema: JSONSchema { .string(pattern: "^[0-9]{1,6}(\\.[0-9]{1,3})?$", example: "0.5") }
    public static var wireSample: DoseAmount { DoseAmount(thousandths: 500) }
}

extension AdministrationRoute: WireScalar {
    public static var wireSchema: JSONSchema { .string(values: codes, example: "po") }
    public static var wireSample: AdministrationRoute {
        guard let oral = AdministrationRoute(code: "po") else { preconditionFailure("po is a route") }
        return oral
    }
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

/// A prescription. The caller may choose its id.
struct PrescriptionBody: Codable, Sendable {
    let prescription: PrescriptionID?
    let patient: PatientID
    let kind: PrescriptionKind
    let content: PrescriptionContentBody
    /// Over what `POST /prescriptions/canonical` answers.
    let signature: PrescriptionSignature?
    /// Whether the patient waits at the pharmacy.
    let patientIsWaiting: Bool?
}

/// A pharmacist's decision; a prescription that is sent back needs a reason.
struct PrescriptionReviewBody: Codable, Sendable {
    enum Decision: String, Codable, Sendable, CaseIterable {
        case approve
        case sendBack = "send-back"
    }

    let decision: Decision
    let reason: String?
    /// What was wrong with what is sent back.
    let problem: ReviewProblem?
    /// What the dispenser and the prescriber are to heed about what is approved.
    let remark: String?

    var choice: ReviewPrescription.Decision {
        switch decision {
        case .approve: remark.map(ReviewPrescription.Decision.approveWithRemark) ?? .approve
        case .sendBack: .sendBack(reason: reason ?? "", problem: problem ?? .other)
        }
    }
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
    /// What another person prepared.
    let preparation: PreparationID?
    /// The boxes that were scanned.
    let scans: [TraceScan]?
    /// Why boxes of a line have no code.
    let exemptions: [TraceExemption]?
}

/// What was put together for another person to check and hand out. The caller may choose the preparation's id.
struct PreparationBody: Codable, Sendable {
    let preparation: PreparationID?
    let store: StoreID
    /// Base units by line; everything that is still open when left out.
    let lines: [HandOutLine]?
    let scans: [TraceScan]?
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
        /// The trace codes of the boxes that come back.
        let codes: [String]?
    }

    let patientReturn: PatientReturnID?
    let reason: ReturnReason
    let explanation: String
    let lines: [Line]
}

struct TwoPersonsBody: Codable, Sendable {
    let hasTwoPersons: Bool
}

struct PackDiscardBody: Codable, Sendable {
    let reason: String
}

/// Which pack the first seven digits of trace codes name.
struct TracePrefixBody: Codable, Sendable {
    let article: ArticleID
    /// 1 is the smallest pack that is sold, 2 and 3 hold several.
    let level: Int
}

/// Boxes of a batch that came into a store.
struct TraceCodesBody: Codable, Sendable {
    let batch: BatchID
    let codes: [String]
}

struct TraceCodesAnswer: Codable, Sendable {
    /// How many boxes were not known to be in the store before.
    let recorded: Int
}

/// Whether boxes are scanned, from a day on; at every facility when none is named.
struct TracePolicyBody: Codable, Sendable {
    let facility: FacilityID?
    let scanning: TraceScanning
    let validFrom: CalendarDate
}

struct SinglePharmacistBody: Codable, Sendable {
    let hasSinglePharmacist: Bool
}
