import Postgres
public import Primitives

/// Where a prescription is between its prescriber, the reviewing pharmacist and the dispenser.
public enum PrescriptionState: String, StoredText, Codable, CaseIterable {
    /// Written; waits for review.
    case issued
    /// Reviewed; may be dispensed while it is valid.
    case approved
    /// Sent back to the prescriber with a reason.
    case returned
    case dispensed
    case cancelled
    /// Its validity passed before it was dispensed.
    case expired

    /// What may happen to a prescription.
    public enum Event: String, Sendable, CaseIterable {
        case approve, sendBack, amend, cancel, dispense, expire
    }

    /// The state after `event`. Review cannot be passed by: nothing but an approval leads to where it may be dispensed.
    ///
    /// Source: prescription review norm (处方审核规范, 2018), R-RV-01 and R-RV-04.
    ///
    /// - Throws: ``DispensingRefusal`` with code `alreadyDispensed` for a second dispensing, `wrongState` for every other
    ///   transition that is not named here.
    public func after(_ event: Event) throws(DispensingRefusal) -> PrescriptionState {
        switch (self, event) {
        case (.issued, .approve): .approved
        case (.issued, .sendBack): .returned
        case (.returned, .amend): .issued
        case (.issued, .cancel), (.approved, .cancel), (.returned, .cancel): .cancelled
        case (.approved, .dispense): .dispensed
        case (.issued, .expire), (.approved, .expire), (.returned, .expire): .expired
        case (.dispensed, .dispense): throw DispensingRefusal(.alreadyDispensed, "a prescription is dispensed once")
        default: throw DispensingRefusal(.wrongState, "the prescription is \(rawValue)")
        }
    }
}
