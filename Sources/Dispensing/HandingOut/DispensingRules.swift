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

    /// What is handed out: the asked quantities, or everything that is open when none are asked for.
    ///
    /// - Throws: ``DispensingRefusal``: no line, a line twice or one that is not the prescription's, a quantity out of
    ///   bounds; then more than is open.
    public static func asked(
        _ lines: [HandOutLine]?, of prescription: Prescription
    ) throws(DispensingRefusal) -> [HandOutLine] {
        guard let lines else { return prescription.openLines }
        guard !lines.isEmpty, Set(lines.map(\.line)).count == lines.count else {
            throw DispensingRefusal(.linesInvalid, "each line once, and one at least", field: "lines")
        }
        for (number, line) in lines.enumerated() {
            let field = "lines[\(number)]"
            guard prescription.content.lines.indices.contains(line.line - 1), line.quantity.isEnterable else {
                throw DispensingRefusal(.linesInvalid, "line \(line.line), quantity \(line.quantity)", field: field)
            }
            let open = prescription.content.lines[line.line - 1].quantity - prescription.handedOut[line.line - 1]
            guard line.quantity <= open else {
                throw DispensingRefusal(
                    .exceedsOpen, "line \(line.line): \(line.quantity) asked, \(open) open", field: "\(field).quantity")
            }
        }
        return lines
    }

    /// The last day on which what a line hands out will be used: a batch for a long prescription does not expire before
    /// its course ends. A part of the quantity lasts its share of the days, a day that has begun counted.
    ///
    /// Source: R-EX-03: expiry ≥ day of dispensing + days.
    public static func usedThrough(
        _ line: PrescriptionLine, handingOut quantity: BaseUnits, kind: PrescriptionKind, today: CalendarDate
    ) -> CalendarDate {
        guard kind == .long else { return today }
        let prescribed = line.quantity.rawValue
        let days = (Int64(line.days) * quantity.rawValue + prescribed - 1) / prescribed
        return today.adding(days: Int(days) - 1)
    }
}
