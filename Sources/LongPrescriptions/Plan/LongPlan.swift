public import Dispensing
import Postgres
public import Primitives

public typealias LongPlanID = DocumentID<LongPlan>

/// How a long prescription is collected: the patient's consent, the chosen pharmacy, and the instalments.
public struct LongPlan: Sendable, Hashable, Codable {
    public let id: LongPlanID
    public let prescription: PrescriptionID
    public let prescriptionNumber: String
    /// The version of the prescription that it splits.
    public let version: Int
    public let patient: PatientID
    /// The chosen pharmacy, where stock is reserved.
    public let store: StoreID
    public let state: PlanState
    /// Whether it is the patient's first for the diagnosis.
    public let isFirst: Bool
    public let diagnosisCode: String
    public let startsOn: CalendarDate
    /// The last day of the course; nothing is collected after it.
    public let endsOn: CalendarDate
    /// The window around due days, as the terms were when the plan began.
    public let earlyDays: Int
    public let graceDays: Int
    public let followUpDays: Int
    /// The day of the assessment or follow-up that last let it go on.
    public let assessedOn: CalendarDate
    public let assessment: String
    public let followUpPlan: String
    public let consent: Consent
    public let proxies: [Proxy]
    /// The last day that what was collected covers; `nil` until then.
    public let supplyThrough: CalendarDate?
    public let startedBy: PersonID
    public let startedAt: Instant
    public let instalments: [Instalment]

    /// The instalment that is collected next; `nil` when none is left.
    public var next: Instalment? { instalments.first { $0.state == .open || $0.state == .missed } }

    /// The instalment that was collected last.
    var lastCollected: Instalment? { instalments.last { $0.state == .collected } }

    /// The days around the due day of an instalment.
    public func window(of instalment: Instalment) -> CollectionWindow {
        CollectionWindow(earlyDays: min(earlyDays, instalment.days / 2), graceDays: min(graceDays, instalment.days / 2))
    }

    /// The last day on which an instalment is collected, the end of the course at the latest.
    public func closes(_ instalment: Instalment) -> CalendarDate {
        min(window(of: instalment).closes(for: instalment.dueOn), endsOn)
    }

    /// Whether a follow-up comes before an instalment: it was missed, or the plan has gone on for the follow-up's interval
    /// since it was last assessed.
    ///
    /// Source: R-LP-08 (re-assessment before it goes on), R-LP-10 (follow-up plan); the interval is ``InstalmentTerms``'.
    public func needsFollowUp(_ instalment: Instalment) -> Bool {
        instalment.state == .missed || (instalment.number > 1 && instalment.dueOn.days(since: assessedOn) >= followUpDays)
    }
}

/// One part of a plan.
public struct Instalment: Sendable, Hashable, Codable {
    /// 1, 2, … within the plan.
    public let number: Int
    public let dueOn: CalendarDate
    /// How many days it lasts.
    public let days: Int
    public let state: InstalmentState
    /// When it was last found not collected in time.
    public let missedOn: CalendarDate?
    public let collectedOn: CalendarDate?
    /// Where it was collected.
    public let store: StoreID?
    public let lines: [InstalmentLine]
}

public enum InstalmentState: String, StoredText, Codable, CaseIterable {
    /// To be collected.
    case open
    /// Not collected in time; a follow-up opens it again.
    case missed
    case collected
    /// Will not be collected.
    case lapsed
}
