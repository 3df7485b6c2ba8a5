import Postgres
public import Primitives

public typealias PrescriptionID = DocumentID<Prescription>

/// The class of a prescription form. Special control decides it first, then herbal pieces, then urgency and length.
///
/// Source: prescription rules (处方管理办法): general, emergency, narcotic and psychotropic I, psychotropic II; herbal
/// pieces on a form of their own (R-RX-07); long prescriptions (长期处方管理规范); toxic drugs (measures of 1988).
public enum PrescriptionKind: String, StoredText, Codable, CaseIterable {
    case ordinary, emergency, long, herbal
    /// 麻、精一
    case narcotic
    /// 精二
    case psychotropicII = "psychotropic-2"
    case toxic
}

/// A use for which a longer supply of a controlled drug is lawful.
public enum ControlledPurpose: String, StoredText, Codable, CaseIterable {
    case none
    /// Cancer pain, or moderate to severe chronic pain.
    case severePain = "severe-pain"
    /// Attention deficit and hyperactivity disorder.
    case adhd
}

/// A prescription with what was written last, and every review it had.
public struct Prescription: Sendable, Hashable, Codable {
    public let id: PrescriptionID
    /// `CF-2026-000123`.
    public let number: String
    public let patient: PatientID
    /// Where it was written.
    public let facility: FacilityID
    public let prescriber: PersonID
    public let kind: PrescriptionKind
    public let state: PrescriptionState
    /// 1 when it was issued, one more with each amendment.
    public let version: Int
    /// When it was first written.
    public let issuedAt: Instant
    /// Whether the patient waits at the pharmacy.
    public let patientIsWaiting: Bool
    /// When the current version was written.
    public let writtenAt: Instant
    /// The day the current version was written; validity counts from it.
    public let writtenOn: CalendarDate
    /// The last day on which it may be dispensed.
    public let validThrough: CalendarDate
    /// The findings that the prescriber stands by in the current version; `nil` when none.
    public let override: PrescriptionOverride?
    /// Of the current version; `nil` when it was not signed.
    public let signature: PrescriptionSignature?
    /// The last day on which the rest of a long prescription may be collected, once something of it was; `nil`: as valid.
    public let collectThrough: CalendarDate?
    public let content: PrescriptionContent
    /// Base units handed out of each line of ``content``, in the order of the lines.
    public let handedOut: [BaseUnits]
    /// Of all versions, oldest first.
    public let reviews: [PrescriptionReview]
    /// Those that handed it out, in their order; several when it is handed out in parts.
    public let dispensings: [DispensingID]
    /// Why the rest of a partly dispensed prescription will not be handed out; `nil` while it has not ended.
    public let restEndedFor: EndOfRest?

    /// Who approved the current version; `nil` when nobody has.
    public var approver: PersonID? {
        reviews.last { $0.version == version && $0.outcome == .approved }?.reviewer
    }

    /// What is still to be handed out of each line, the lines that are whole left out.
    public var openLines: [HandOutLine] {
        zip(content.lines, handedOut).enumerated().compactMap { number, line in
            let open = line.0.quantity - line.1
            return open > 0 ? HandOutLine(line: number + 1, quantity: open) : nil
        }
    }

    /// The last day on which what is open may be handed out.
    public var lastDay: CalendarDate { state == .partlyDispensed ? collectThrough ?? validThrough : validThrough }
}

/// Why the rest of a partly dispensed prescription will not be handed out.
public enum EndOfRest: String, StoredText, Codable, CaseIterable {
    /// The prescriber wished so.
    case prescriber
    /// The patient wished so.
    case patient
    /// Its last day passed.
    case validity
}

/// A pharmacist's decision about one version of a prescription.
public struct PrescriptionReview: Sendable, Hashable, Codable {
    public enum Outcome: String, StoredText, Codable, CaseIterable {
        case approved, returned
    }

    public let version: Int
    public let outcome: Outcome
    public let reviewer: PersonID
    /// Where the reviewer works; a consortium reviews from one queue.
    public let facility: FacilityID?
    /// Why it was sent back, or what the pharmacist remarks; empty when there is nothing to say.
    public let reason: String
    /// What was wrong; `nil` of an approval.
    public let problem: ReviewProblem?
    /// When this version came to wait; `nil` of reviews before that was kept.
    public let queuedAt: Instant?
    /// When the reviewer took it up.
    public let heldAt: Instant?
    public let reviewedAt: Instant
}
