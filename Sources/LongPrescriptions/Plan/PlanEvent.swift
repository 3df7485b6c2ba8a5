import Postgres
public import Primitives

/// Something that happened to a plan.
public struct PlanEvent: Sendable, Hashable, Codable {
    public enum Kind: String, StoredText, Codable, CaseIterable {
        case start
        case choosePharmacy = "choose-pharmacy"
        case nameProxy = "name-proxy"
        case collect, miss
        case followUp = "follow-up"
        case raiseAlert = "raise-alert"
        case suspend, resume, stop, complete, expire, supersede
    }

    /// 1, 2, … within the plan.
    public let number: Int
    public let kind: Kind
    public let reason: StopReason?
    public let words: String
    /// `nil` when time alone did it.
    public let person: PersonID?
    public let occurredOn: CalendarDate
    public let recordedAt: Instant
}

extension PlanEvent {
    init(_ row: Row) throws {
        self.init(
            number: try row["event_number"], kind: try row["kind"], reason: try row["reason"], words: try row["words"],
            person: try row["person_id"], occurredOn: try row["occurred_on"], recordedAt: try row["recorded_at"])
    }
}
