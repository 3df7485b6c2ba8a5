public import Formulary
import MedicationRules
import Primitives

extension PrescriptionLimits {
    /// The most that a line of `product` on a prescription of `kind` may supply.
    ///
    /// Source: prescription rules R-RX-03…R-RX-05; the outpatient limits of controlled drugs, §3; toxic drug measures
    /// (1988), article 9, for herbal pieces too; R-LP-04 for long prescriptions, whose ordinary four weeks
    /// become twelve once the four records of R-LP-05 exist.
    public func supply(of product: Product, on kind: PrescriptionKind, for content: PrescriptionContent) -> SupplyLimit {
        if product.specialControl == .toxic { return .days(toxicDays, orLongerWithReason: false) }
        return switch kind {
        case .ordinary: .days(ordinaryDays, orLongerWithReason: true)
        case .emergency: .days(emergencyDays, orLongerWithReason: true)
        case .herbal: .days(herbalDays, orLongerWithReason: true)
        case .psychotropicII: .days(psychotropicIIDays, orLongerWithReason: true)
        case .toxic: .days(toxicDays, orLongerWithReason: false)
        case .long: .days(content.isAssessedForExtension ? longDaysMax : longDays, orLongerWithReason: false)
        case .narcotic: narcotic(product, for: content.purpose)
        }
    }

    private func narcotic(_ product: Product, for purpose: ControlledPurpose) -> SupplyLimit {
        if oneDoseNames.contains(where: product.genericName.contains) { return .oneDose }
        if purpose == .adhd, product.genericName.contains(methylphenidateName) {
            return .days(methylphenidateDays, orLongerWithReason: false)
        }
        let limits = purpose == .severePain ? narcoticDaysInSeverePain : narcoticDays
        return switch product.release {
        case .injection: limits.injection.map { .days($0, orLongerWithReason: false) } ?? .oneDose
        case .sustained: .days(limits.sustained, orLongerWithReason: false)
        case .other: .days(limits.other, orLongerWithReason: false)
        }
    }

    /// How many days a line supplies: the days the prescriber states, or what the quantity lasts when that is longer.
    ///
    /// Herbal pieces last as long as their doses do.
    public func suppliedDays(_ line: PrescriptionLine, herbal: HerbalDirections? = nil) -> Int {
        if let herbal { return max(line.days, herbal.days) }
        guard let lasted = line.frequency.daysLasted(by: line.quantity, dose: line.dose) else { return line.days }
        return max(line.days, lasted - packRoundingDays)
    }
}

extension PrescriptionRules {
    func supply(_ line: PrescriptionLine, of product: Product, _ prescription: Case, number: Int) -> [Judgement] {
        let content = prescription.content
        let field = "lines[\(number)]"
        let days = limits.suppliedDays(line, herbal: content.herbal)
        let source = "R-RX-03, R-RX-04, R-RX-05; §3; LAW-T art. 9; R-LP-04"
        func tooLong(_ rule: String, _ chinese: String, _ detail: String, _ field: String) -> [Judgement] {
            [
                .block(
                    rule, lines: [number + 1], chinese, source: source,
                    as: DispensingRefusal(.supplyTooLong, "\(product.label): \(detail)", field: field))
            ]
        }
        switch limits.supply(of: product, on: prescription.kind, for: content) {
        case .oneDose:
            guard line.quantity.rawValue > line.dose.baseUnits else { return [] }
            return tooLong(
                "supply.one-dose", "\(product.label)每次处方为一次常用量", "one dose of \(line.dose.baseUnits), not \(line.quantity)",
                "\(field).quantity")
        case .days(let most, let orLongerWithReason):
            guard days > most else { return [] }
            guard orLongerWithReason else {
                return tooLong(
                    "supply.days", "\(product.label)：\(days)天，不得超过\(most)天", "\(days) days, at most \(most)", "\(field).days")
            }
            let detail = "\(product.label): \(days) days, more than \(most)"
            guard content.reason.trimmed.isEmpty else {
                return [
                    .note(
                        "supply.longer-with-reason", .warning, lines: [number + 1],
                        Phrase("\(product.label)：\(days)天，超过\(most)天，已注明理由", "\(detail), with a reason"), source: source)
                ]
            }
            return [
                .block(
                    "supply.reason", lines: [number + 1], "\(product.label)：\(days)天，超过\(most)天须注明理由", source: source,
                    as: DispensingRefusal(.reasonRequired, detail, field: "reason"))
            ]
        }
    }

    /// The limit holds for the sum of overlapping long prescriptions of one ingredient; else two would pass it by.
    func coverage(_ line: PrescriptionLine, of product: Product, _ prescription: Case, number: Int) -> [Judgement] {
        let ahead = prescription.covered.filter { $0.genericName == product.genericName }
            .map { $0.days.ahead(on: prescription.today) }.reduce(0, +)
        let most = prescription.content.isAssessedForExtension ? limits.longDaysMax : limits.longDays
        let total = limits.suppliedDays(line) + max(0, ahead - limits.longRenewalDays)
        guard total > most else { return [] }
        return [
            .block(
                "long.coverage", lines: [number + 1], "\(product.label)：此前处方尚余\(ahead)天，合计不得超过\(most)天", source: "R-LP-04, §4",
                as: DispensingRefusal(
                    .supplyTooLong,
                    "\(product.label): \(ahead) days of an earlier prescription are ahead, at most \(most) in all",
                    field: "lines[\(number)].days"))
        ]
    }
}

/// How a form gives its drug, as the limits of controlled drugs tell forms apart.
enum Release {
    case injection, sustained, other
}

extension Product {
    var release: Release {
        switch dosageForm {
        case "injection", "powder_injection", "infusion": .injection
        case "tablet_sustained", "capsule_sustained": .sustained
        default: .other
        }
    }

    /// The kinds of prescription the product may stand on; empty when it is not prescribed at all.
    ///
    /// Source: R-RX-07 (herbal pieces apart); R-CD-01 (dedicated prescriptions); R-LP-02 and R-LP-03 (long prescriptions
    /// only for general medicines the catalogue marks).
    public var prescriptionKinds: Set<PrescriptionKind> {
        switch (specialControl, kind) {
        case (_, .consumable): []
        case (.narcotic, _), (.psychotropicI, _): [.narcotic]
        case (.psychotropicII, _): [.psychotropicII]
        case (.toxic, .herbal), (.none, .herbal), (.precursor, .herbal): [.herbal]
        case (.toxic, _): [.toxic]
        case (.precursor, _): [.ordinary, .emergency]
        case (.none, _): longPrescription ? [.ordinary, .emergency, .long] : [.ordinary, .emergency]
        }
    }
}
