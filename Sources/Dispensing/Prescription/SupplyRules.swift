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
    public func suppliedDays(_ line: PrescriptionLine) -> Int {
        guard let lasted = line.frequency.daysLasted(by: line.quantity, dose: line.dose) else { return line.days }
        return max(line.days, lasted - packRoundingDays)
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
