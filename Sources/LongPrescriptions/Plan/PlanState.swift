import Postgres
public import Primitives

/// Where the plan of a long prescription is.
public enum PlanState: String, StoredText, Codable, CaseIterable {
    /// Instalments are collected.
    case active
    /// A pharmacist or dispenser has raised an alert; nothing is collected until a physician decides.
    case alerted
    /// A physician has suspended it.
    case suspended
    case stopped
    /// Every instalment was collected.
    case completed
    /// Its last day has passed, or its prescription came to an end.
    case expired
    /// The prescription was changed before anything was collected; another plan has taken its place.
    case superseded

    /// What may happen to a plan.
    public enum Event: String, Sendable, CaseIterable {
        case collect, collectLast, followUp, choosePharmacy, nameProxy, raiseAlert, suspend, resume, stop, expire, supersede
    }

    /// Whether something may still be collected, now or after a decision.
    public var isLive: Bool { self == .active || self == .alerted || self == .suspended }

    /// The state after `event`.
    ///
    /// Source: long-term prescription norm R-LP-09 (stop), R-LP-10 (adverse events are handled).
    ///
    /// - Throws: ``LongPrescriptionsRefusal`` with code `wrongState` for every transition that is not named here.
    public func after(_ event: Event) throws(LongPrescriptionsRefusal) -> PlanState {
        switch (self, event) {
        case (.active, .collect), (.active, .followUp): .active
        case (.active, .collectLast): .completed
        case (.active, .raiseAlert): .alerted
        case (.active, .suspend), (.alerted, .suspend): .suspended
        case (.alerted, .resume), (.suspended, .resume): .active
        case (.active, .choosePharmacy), (.alerted, .choosePharmacy), (.suspended, .choosePharmacy): self
        case (.active, .nameProxy), (.alerted, .nameProxy), (.suspended, .nameProxy): self
        case (.active, .stop), (.alerted, .stop), (.suspended, .stop): .stopped
        case (.active, .expire), (.alerted, .expire), (.suspended, .expire): .expired
        case (.active, .supersede), (.alerted, .supersede), (.suspended, .supersede): .superseded
        default: throw LongPrescriptionsRefusal(.wrongState, "the plan is \(rawValue)")
        }
    }
}

/// Why a plan is suspended or stopped, or an alert raised.
///
/// Source: long-term prescription norm R-LP-09.
public enum StopReason: String, StoredText, Codable, CaseIterable {
    case poorControl = "poor-control"
    case adverseReaction = "adverse-reaction"
    case complication
    case nonAdherence = "non-adherence"
    case admission
    /// Another change that makes it unsuitable; told in words.
    case other
}
