import Formulary
import Primitives

/// A product holds what the patient is allergic to, or something that may cross-react.
///
/// Source: allergy is among what is reviewed, 处方审核规范 (2018), appropriateness; an incompatible prescription is refused
/// until the prescriber corrects it or signs again, R-RX-13 (Drug Administration Law, article 73).
struct AllergyRule {
    let catalogue: RuleCatalogue

    func findings(_ medicines: Medicines, of patient: CheckedPatient) -> [Finding] {
        patient.allergies.flatMap { stated -> [Finding] in
            let stated = stated.filter { !$0.isWhitespace }
            guard !stated.isEmpty else { return [] }
            let known = catalogue.allergensByName[stated.lowercased(), default: []]
            return medicines.lines.compactMap { medicine in
                for allergen in known {
                    if let found = finding(medicine, allergen, stated) { return found }
                }
                return named(stated, medicine)
            }
        }
    }

    private func finding(_ medicine: Medicines.Medicine, _ allergen: Allergen, _ stated: String) -> Finding? {
        if !medicine.codes.isDisjoint(with: allergen.members) {
            return Finding(
                rule: "allergy.substance", severity: .override, lines: Medicines.Medicine.lines(of: medicine),
                message: Phrase(
                    "患者对\(allergen.chinese)过敏，\(medicine.label.chinese) 属于此类",
                    "The patient is allergic to \(allergen.english): \(medicine.label.english) is one"),
                source: allergen.source)
        }
        if !medicine.codes.isDisjoint(with: allergen.crossReacting) {
            return Finding(
                rule: "allergy.cross-reaction", severity: .warning, lines: Medicines.Medicine.lines(of: medicine),
                message: Phrase(
                    "患者对\(allergen.chinese)过敏，\(medicine.label.chinese) 可能交叉过敏",
                    "The patient is allergic to \(allergen.english): \(medicine.label.english) may cross-react"),
                source: allergen.source)
        }
        return nil
    }

    /// An allergy by a name the catalogue does not know, or knows as a substance: found in names alone.
    private func named(_ stated: String, _ medicine: Medicines.Medicine) -> Finding? {
        let isNamed = medicine.substances.contains { substance in
            [substance.code, substance.chinese, substance.english].contains { $0.lowercased() == stated.lowercased() }
        }
        guard isNamed || (stated.count > 1 && medicine.product.genericName.contains(stated)) else { return nil }
        return Finding(
            rule: "allergy.substance", severity: .override, lines: Medicines.Medicine.lines(of: medicine),
            message: Phrase(
                "患者对\(stated)过敏：\(medicine.label.chinese)",
                "The patient is allergic to \(stated): \(medicine.label.english)"),
            source: "处方审核规范 (2018) 过敏史")
    }
}
