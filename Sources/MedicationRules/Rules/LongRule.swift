import Formulary
import Primitives

/// What a long prescription may not hold, and for which diagnoses it may be written.
///
/// Source: 长期处方管理规范 R-LP-01 (a chronic disease, clearly diagnosed), R-LP-02 and R-LP-03 (medicines that are excluded;
/// antimicrobials are lifted for tuberculosis and other chronic infections).
struct LongRule {
    let catalogue: RuleCatalogue
    /// Whether what is stored cold may be on it; provinces differ.
    let allowsColdStorage: Bool

    func findings(_ medicines: Medicines, of patient: CheckedPatient) -> [Finding] {
        let codes = patient.diagnoses.map(DiagnosisCode.comparable)
        return diagnosis(codes) + medicines.lines.flatMap { control($0) + storage($0) + exclusions($0, codes) }
    }

    private func diagnosis(_ codes: [String]) -> [Finding] {
        let isChronic = codes.contains { code in catalogue.longDiagnoses.contains { code.hasPrefix($0.prefix) } }
        guard !catalogue.longDiagnoses.isEmpty, !isChronic else { return [] }
        let written = codes.isEmpty ? Phrase("未编码", "no code") : Phrase(codes.sorted().joined(separator: "、"), codes.sorted().joined(separator: ", "))
        return [
            Finding(
                rule: "long.diagnosis", severity: .block,
                message: Phrase(
                    "诊断（\(written.chinese)）不在长期处方病种目录内", "No diagnosis (\(written.english)) is in the catalogue of long prescriptions"),
                source: "长期处方管理规范 R-LP-01")
        ]
    }

    private func control(_ medicine: Medicines.Medicine) -> [Finding] {
        guard medicine.product.specialControl != .none else { return [] }
        return [block("long.special-control", medicine, Phrase("特殊管理药品不得开长期处方", "A controlled medicine is not for long prescriptions"))]
    }

    private func storage(_ medicine: Medicines.Medicine) -> [Finding] {
        guard [.cold, .frozen].contains(medicine.product.storage), !allowsColdStorage else { return [] }
        return [
            block("long.storage", medicine, Phrase("需特殊储存的药品不得开长期处方", "What needs special storage is not for long prescriptions"))
        ]
    }

    private func exclusions(_ medicine: Medicines.Medicine, _ codes: [String]) -> [Finding] {
        guard medicine.route.isSystemic else { return [] }
        let excluded = catalogue.longExclusions.filter { exclusion in
            medicine.product.drugClass.hasPrefix(exclusion.drugClass)
                && !codes.contains { code in exclusion.liftedBy.contains { code.hasPrefix($0) } }
        }
        return excluded.map { exclusion in
            Finding(
                rule: "long.class-excluded", severity: .block, lines: Medicines.Medicine.lines(of: medicine),
                message: Phrase(
                    "\(medicine.label.chinese)：\(exclusion.chinese)不得开长期处方",
                    "\(medicine.label.english): \(exclusion.english) are not for long prescriptions"),
                source: exclusion.source)
        }
    }

    private func block(_ rule: String, _ medicine: Medicines.Medicine, _ words: Phrase) -> Finding {
        Finding(
            rule: rule, severity: .block, lines: Medicines.Medicine.lines(of: medicine),
            message: Phrase("\(medicine.label.chinese)：\(words.chinese)", "\(medicine.label.english): \(words.english)"),
            source: "长期处方管理规范 R-LP-03")
    }
}
