public import Primitives

/// Decides whether a prescription may be handed out. Pure: reads nothing.
public enum DispensingRules {
    /// Who reviewed and who hands out are two people; where a site has one pharmacist, a recorded self-check stands for it.
    ///
    /// Source: prescription rules (处方管理办法), review and issue by different people; §1.
    public static func checkSeparation(
        approver: PersonID?, dispenser: PersonID, isSinglePharmacistSite: Bool, selfChecked: Bool
    ) throws(DispensingRefusal) {
        guard approver == dispenser else { return }
        guard isSinglePharmacistSite else {
            throw DispensingRefusal(.reviewerDispenses, "another person must hand it out")
        }
        guard selfChecked else {
            throw DispensingRefusal(.reviewerDispenses, "a single pharmacist records a self-check", field: "selfChecked")
        }
    }

    /// Every check has been made.
    public static func check(_ made: [DispensingCheck]) throws(DispensingRefusal) {
        let missing = Set(DispensingCheck.allCases).subtracting(made).map(\.rawValue).sorted()
        guard missing.isEmpty else {
            throw DispensingRefusal(.checksIncomplete, missing.joined(separator: ", "), field: "checks")
        }
    }

    /// The last day on which what a line hands out will be used: a batch for a long prescription does not expire before
    /// its course ends.
    ///
    /// Source: R-EX-03: expiry ≥ day of dispensing + days.
    public static func usedThrough(_ line: PrescriptionLine, kind: PrescriptionKind, today: CalendarDate) -> CalendarDate {
        kind == .long ? today.adding(days: line.days - 1) : today
    }
}
