import Dispensing
import FHIR
import PlatformMessages

/// The prescription as people read it: what is told as fields, on a page.
struct PrescriptionFile {
    let message: NationalPrescription
    let reviewed: PlatformNode

    var pdf: [UInt8] { PDFDocument(title: "处方 \(message.root["hospRxno"] ?? "")", lines: lines).bytes }

    var lines: [PDFDocument.Line] {
        let (root, visit) = (message.root, message.visit)
        func of(_ node: NationalNode, _ name: String) -> String { node[name] ?? "" }
        var lines = [
            PDFDocument.Line("\(of(visit, "fixmedinsName"))　处方笺", size: 16),
            PDFDocument.Line("处方号：\(of(root, "hospRxno"))　　开具时间：\(of(root, "prscTime"))　　有效期至：\(of(root, "valiEndTime"))"),
            PDFDocument.Line(
                "姓名：\(of(visit, "patnName"))　　性别：\(Self.sex(visit["gend"]))　　年龄：\(of(visit, "patnAge"))岁　　证件号：\(of(visit, "certno"))"
            ),
            PDFDocument.Line(
                "就诊号：\(of(visit, "mdtrtId"))　　科室：\(of(visit, "prscDeptName"))　　就诊时间：\(of(visit, "mdtrtTime"))"),
            PDFDocument.Line(
                "诊断：\(message.diagnoses.map { "\(of($0, "diagName"))（\(of($0, "diagCode"))）" }.joined(separator: "；"))"),
        ]
        if let allergies = visit["algsHis"] { lines.append(.init("过敏史：\(allergies)")) }
        lines.append(.init("Rp.", size: 14))
        for (index, drug) in message.drugs.enumerated() {
            lines.append(.init("\(index + 1). \(of(drug, "drugGenname"))　\(of(drug, "drugSpec"))　\(of(drug, "drugDosform"))"))
            lines.append(
                .init(
                    "　　用法：每次\(of(drug, "sinDoscnt"))\(of(drug, "sinDosunt"))　\(of(drug, "usedFrquName"))　\(of(drug, "medcWayDscr"))"
                        + "　\(of(drug, "medcDays"))天　　总量：\(of(drug, "drugCnt"))\(of(drug, "drugDosunt"))"))
        }
        if let method = root["rxDrordDscr"] {
            lines.append(.init("共\(of(root, "rxDoscnt"))\(of(root, "rxDosunt"))　\(of(root, "rxUsedWayName"))　\(method)"))
        }
        lines.append(.init("医师：\(of(visit, "prscDrName"))（\(of(visit, "drCode"))）"))
        lines.append(
            .init(
                "审核药师：\(reviewed["pharName"] ?? "")（\(reviewed["pharCode"] ?? "")）　　审核时间：\(reviewed["pharChkTime"] ?? "")"))
        return lines
    }

    /// `gend`
    private static func sex(_ code: String?) -> String {
        switch code {
        case NationalCodes.standard.sexes[.male]: "男"
        case NationalCodes.standard.sexes[.female]: "女"
        default: "未说明"
        }
    }
}
