import LongPrescriptions
import Primitives

/// Registers as comma-separated values (RFC 4180), for spreadsheets.
enum RegisterFile {
    static func text(of rows: [RegisteredInstalment]) -> String {
        text(
            ["处方号", "患者卡号", "姓名", "电话", "次序", "应取日期", "最晚取药日期", "状态", "备药", "须随访"],
            rows.map { row in
                [
                    row.prescriptionNumber, row.patientNumber, row.patientName, row.phone, String(row.instalment),
                    row.dueOn.description, row.closesOn.description, row.state.rawValue, row.supply.rawValue,
                    row.needsFollowUp ? "是" : "否",
                ]
            })
    }

    static func text(of rows: [RunningOut]) -> String {
        text(
            ["处方号", "患者卡号", "姓名", "电话", "诊断编码", "计划状态", "余药至"],
            rows.map { row in
                [
                    row.prescriptionNumber, row.patientNumber, row.patientName, row.phone, row.diagnosisCode, row.state.rawValue,
                    row.supplyThrough.description,
                ]
            })
    }

    /// A mark of the encoding stands in front, without which spreadsheets take the names for another one.
    private static func text(_ head: [String], _ rows: [[String]]) -> String {
        "\u{FEFF}" + ([head] + rows).map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
    }

    /// Quoted where needed; a text that a spreadsheet would take for a formula is made one that it does not.
    static func field(_ text: String) -> String {
        let plain = text.first.map { "=+-@\t\r".contains($0) } ?? false ? "'\(text)" : text
        guard plain.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return plain }
        return "\"\(plain.replacing("\"", with: "\"\""))\""
    }
}
