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
    /// Something of it was handed out; the rest is still open.
    case partlyDispensed = "partly-dispensed"
    /// Handed out whole.
    case dispensed
    /// Partly dispensed, and the rest will not be.
    case ended
    case cancelled
    /// Its validity passed before any of it was dispensed.
    case expired

    /// What may happen to a prescription.
    public enum Event: String, Sendable, CaseIterable {
        case approve, sendBack, amend, cancel, expire
        /// The prescriber stands by what was sent back.
        case override
        /// What is still open is handed out, or a part of it.
        case dispense, dispensePart
        /// The rest will not be collected.
        case endRest
    }

    /// The state after `event`. Review cannot be passed by: nothing but an approval leads to where it may be dispensed.
    ///
    /// Source: prescription review norm (处方审核规范, 2018), R-RV-01 and R-RV-04.
    ///
    /// - Throws: ``DispensingRefusal`` with code `alreadyDispensed` when nothing is left to dispense, `wrongState` for every other
    ///   transition that is not named here.
    public func after(_ event: Event) throws(DispensingRefusal) -> PrescriptionState {
        switch (self, event) {
        case (.issued, .approve): .approved
        case (.issued, .sendBack): .returned
        case (.issued, .amend), (.approved, .amend), (.returned, .amend), (.returned, .override): .issued
        case (.issued, .cancel), (.approved, .cancel), (.returned, .cancel): .cancelled
        case (.approved, .dispense), (.partlyDispensed, .dispense): .dispensed
        case (.approved, .dispensePart), (.partlyDispensed, .dispensePart): .partlyDispensed
        case (.partlyDispensed, .endRest), (.partlyDispensed, .expire): .ended
        case (.issued, .expire), (.approved, .expire), (.returned, .expire): .expired
        case (.dispensed, .dispense), (.dispensed, .dispensePart):
            throw DispensingRefusal(.alreadyDispensed, "every line was handed out")
        default: throw DispensingRefusal(.wrongState, "the prescription is \(rawValue)")
        }
    }
}
