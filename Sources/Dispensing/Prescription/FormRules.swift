import Formulary
import MedicationRules
import Primitives

/// Whether a prescription is written in due form.
///
/// Source: prescription rules R-RX-01, R-RX-02 (validity), R-RX-08, R-RX-09 (diagnosis).
extension PrescriptionRules {
    func form(of content: PrescriptionContent, _ kind: PrescriptionKind) -> [Judgement] {
        var judgements = diagnoses(content, kind)
        if !(1...limits.validityDaysMax).contains(content.validityDays) {
            judgements.append(
                .block(
                    "prescription.validity", "有效期\(content.validityDays)天，允许1至\(limits.validityDaysMax)天",
                    source: "R-RX-01, R-RX-02",
                    as: DispensingRefusal(
                        .validityOutOfRange, "\(content.validityDays) days, 1 to \(limits.validityDaysMax) allowed",
                        field: "validityDays")))
        }
        if let (field, words) = content.encounter?.complaint {
            judgements.append(
                .block(
                    "prescription.encounter", "就诊信息有误：\(field)", source: "national e-prescription interface, uploadChk",
                    as: DispensingRefusal(.encounterInvalid, words, field: "encounter.\(field)")))
        }
        if let department = content.department, !(1...60).contains(department.name.trimmed.count) || department.code.count > 30 {
            judgements.append(
                .block(
                    "prescription.department", "科室名称或代码有误", source: "R-RX-12",
                    as: DispensingRefusal(.linesInvalid, "a department has a name of 1 to 60 characters", field: "department")))
        }
        return judgements
    }

    private func diagnoses(_ content: PrescriptionContent, _ kind: PrescriptionKind) -> [Judgement] {
        var judgements: [Judgement] = []
        for (number, diagnosis) in content.diagnoses.enumerated() {
            let place = number == 0 ? "" : "otherDiagnoses[\(number - 1)]."
            if !(1...500).contains(diagnosis.name.trimmed.count) {
                judgements.append(
                    .block(
                        "prescription.diagnosis", "没有临床诊断", source: "R-RX-09",
                        as: DispensingRefusal(
                            .diagnosisMissing, "1 to 500 characters", field: number == 0 ? "diagnosis" : "\(place)name")))
            }
            let code = Diagnosis(code: diagnosis.code.trimmed, name: "")
            if !code.code.isEmpty, !code.isICD10, !(kind == .herbal && code.isChineseMedicine) {
                judgements.append(
                    .block(
                        "prescription.diagnosis-code", "诊断编码\(code.code)不是ICD-10编码", source: "ICD-10; GB/T 15657",
                        as: DispensingRefusal(
                            .diagnosisCodeInvalid, "\(code.code) is no code of ICD-10",
                            field: number == 0 ? "diagnosisCode" : "\(place)code")))
            }
        }
        if content.otherDiagnoses.count > 20 {
            judgements.append(
                .block(
                    "prescription.diagnosis", "诊断过多", source: "R-RX-09",
                    as: DispensingRefusal(.diagnosisMissing, "at most 20 beside the main one", field: "otherDiagnoses")))
        }
        return judgements
    }

    func shape(of lines: [PrescriptionLine]) -> [Judgement] {
        func wrong(_ chinese: String, _ detail: String, _ field: String, line: Int? = nil) -> Judgement {
            .block(
                "prescription.lines", lines: line.map { [$0 + 1] } ?? [], chinese, source: "R-RX-08, R-RX-09",
                as: DispensingRefusal(.linesInvalid, detail, field: field))
        }
        guard (1...60).contains(lines.count) else { return [wrong("处方须有1至60行", "1 to 60 lines", "lines")] }
        var seen: Set<ProductID> = []
        var judgements: [Judgement] = []
        for (number, line) in lines.enumerated() {
            let field = "lines[\(number)]"
            if !seen.insert(line.product).inserted {
                judgements.append(wrong("同一药品重复", "product \(line.product) stands twice", "\(field).product", line: number))
            }
            if !line.quantity.isEnterable {
                judgements.append(wrong("数量有误", "quantity \(line.quantity)", "\(field).quantity", line: number))
            }
            if !line.dose.isEnterable || line.doseText.trimmed.count > 60 {
                judgements.append(wrong("剂量有误", "dose \(line.dose)", "\(field).dose", line: number))
            }
            if !(1...366).contains(line.days) {
                judgements.append(wrong("天数有误", "\(line.days) days", "\(field).days", line: number))
            }
            if line.note.trimmed.count > 100 {
                judgements.append(wrong("嘱托过长", "a note has at most 100 characters", "\(field).note", line: number))
            }
            if let reason = line.insurance?.selfPayReason, reason.count > 100 {
                judgements.append(
                    wrong("自费原因过长", "a reason has at most 100 characters", "\(field).insurance.selfPayReason", line: number))
            }
            if line.route == nil {
                judgements.append(
                    .note(
                        "prescription.route", .note, lines: [number + 1], Phrase("未注明给药途径", "no route is given"),
                        source: "R-RV-03"))
            }
        }
        return judgements
    }

    /// Pieces say how they are boiled and taken; nothing else does.
    ///
    /// Source: prescription rules: the usage of herbal pieces stands for the whole prescription (R-RX-07).
    func herbs(_ prescription: Case, _ named: [Product]) -> [Judgement] {
        let content = prescription.content
        func wrong(_ chinese: String, _ detail: String) -> [Judgement] {
            [
                .block(
                    "prescription.herbal-directions", chinese, source: "R-RX-07",
                    as: DispensingRefusal(.herbalDirectionsMissing, detail, field: "herbal"))
            ]
        }
        guard let herbal = content.herbal else {
            return prescription.kind == .herbal ? wrong("饮片处方须注明剂数和煎服方法", "doses, and how to boil and take them") : []
        }
        guard named.allSatisfy({ $0.kind == .herbal }) else { return wrong("煎服方法只用于饮片处方", "only pieces are boiled") }
        guard herbal.isEnterable else {
            return wrong("剂数或煎服方法有误", "1 to \(HerbalDirections.dosesMax) doses, 1 to 4 a day, directions of 1 to 200 characters")
        }
        guard content.lines.allSatisfy({ $0.days == herbal.days }) else {
            return wrong("每行天数应为\(herbal.days)天", "\(herbal.doses) doses, \(herbal.dosesPerDay) a day, last \(herbal.days) days")
        }
        return []
    }
}
