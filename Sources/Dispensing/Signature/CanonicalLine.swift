import MedicationRules
import Primitives

extension PrescriptionLine {
    var canonical: CanonicalText {
        .object([
            "product": .number(product.rawValue), "quantity": .number(quantity.rawValue), "doseText": .text(doseText),
            "doseThousandths": .number(dose.thousandths), "route": route.map { .text($0.code) },
            "frequency": .text(frequency.code), "days": .number(Int64(days)), "note": .text(note),
            "insurance": insurance?.canonical,
        ])
    }
}

extension LineInsurance {
    var canonical: CanonicalText {
        .object([
            "isApprovedByHospital": isApprovedByHospital.map(CanonicalText.flag),
            "selfPayReason": selfPayReason.map(CanonicalText.text), "isMainMedicine": isMainMedicine.map(CanonicalText.flag),
            "isUrgent": isUrgent.map(CanonicalText.flag),
        ])
    }
}
