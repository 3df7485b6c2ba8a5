import Formulary
import Primitives

/// A medicine that is not for the patient's age or sex.
///
/// Source: each limit of the catalogue names its own; special populations are reviewed, 处方审核规范 (2018).
struct PersonRule {
    let catalogue: RuleCatalogue

    func findings(_ medicines: Medicines, of patient: CheckedPatient, on day: CalendarDate) -> [Finding] {
        let limits = catalogue.personLimits.filter { $0.speaks(of: patient, on: day) }
        return medicines.lines.flatMap { medicine in
            limits.filter { medicine.isNamed(by: $0.names) || medicine.isMember(of: $0.members) }.map { limit in
                Finding(
                    rule: limit.rule, severity: limit.severity, lines: Medicines.Medicine.lines(of: medicine),
                    message: Phrase(
                        "\(medicine.label.chinese)：\(limit.words.chinese)，\(limit.reasonChinese)",
                        "\(medicine.label.english): \(limit.words.english), \(limit.reasonEnglish)"),
                    source: "\(limit.code): \(limit.source)")
            }
        }
    }
}

extension Medicines.Medicine {
    func isNamed(by names: [String]) -> Bool { names.contains { product.genericName.contains($0) } }

    /// Whether it is one of these and reaches the whole body.
    func isMember(of members: [String]) -> Bool { route.isSystemic && !codes.isDisjoint(with: members) }
}

extension PersonLimit {
    fileprivate func speaks(of patient: CheckedPatient, on day: CalendarDate) -> Bool {
        switch condition {
        case .younger(let age): day < age.reached(by: patient.birthOn)
        case .reached(let age): day >= age.reached(by: patient.birthOn)
        case .sex(let sex): patient.sex == sex
        }
    }

    fileprivate var rule: String {
        switch condition {
        case .younger: "age.too-young"
        case .reached: "age.too-old"
        case .sex: "sex.other"
        }
    }

    fileprivate var words: Phrase {
        switch condition {
        case .younger(let age): Phrase("患者未满\(age.words.chinese)", "the patient is under \(age.words.english)")
        case .reached(let age): Phrase("患者已满\(age.words.chinese)", "the patient has reached \(age.words.english)")
        case .sex(.female): Phrase("患者为女性", "the patient is female")
        case .sex(.male): Phrase("患者为男性", "the patient is male")
        case .sex(.unknown): Phrase("患者性别不详", "the patient's sex is unknown")
        }
    }
}
