public import Primitives
public import StockLedger

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

    /// No batch expires before the course of a long prescription ends.
    ///
    /// Source: R-EX-03: expiry ≥ day of dispensing + days.
    public static func checkCourse(
        _ lines: [(line: PrescriptionLine, picks: [Pick])], kind: PrescriptionKind, today: CalendarDate
    ) throws(DispensingRefusal) {
        guard kind == .long else { return }
        for (number, (line, picks)) in lines.enumerated() {
            for pick in picks where pick.expiresOn < today.adding(days: line.days) {
                throw DispensingRefusal(
                    .expiresWithinCourse,
                    "batch \(pick.batchNumber) expires on \(pick.expiresOn), the course is \(line.days) days",
                    field: "lines[\(number)]")
            }
        }
    }
}
