import Parties
import Primitives

/// A medicine for institutions of a higher level than the one that prescribes it.
///
/// Source: each limit of the catalogue names its own. A county's hospital counts as level 2 and above (二级及以上), what lies
/// below it does not.
struct InstitutionRule {
    let catalogue: RuleCatalogue

    func findings(_ medicines: Medicines, at level: FacilityLevel) -> [Finding] {
        let limits = catalogue.institutionLimits.filter { level.rank < $0.lowest.rank }
        return medicines.lines.flatMap { medicine in
            limits.filter { medicine.isNamed(by: $0.names) || medicine.isMember(of: $0.members) }.map { limit in
                Finding(
                    rule: "institution.level", severity: limit.severity, lines: Medicines.Medicine.lines(of: medicine),
                    message: Phrase(
                        "\(medicine.label.chinese)：\(limit.reasonChinese)", "\(medicine.label.english): \(limit.reasonEnglish)"),
                    source: "\(limit.code): \(limit.source)")
            }
        }
    }
}
