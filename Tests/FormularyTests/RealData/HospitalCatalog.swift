import Codes
import Formulary
import Foundation
import TestSupport

/// One hospital's drug catalogue written as catalogues of products and articles. The article in record n of the
/// hospital's file stands on line n + 1 of ``articles``, its codes and prices as they are in the hospital's file.
struct HospitalCatalog {
    let products: String
    let articles: String
    let records: Int

    /// `nil`, said loudly, when the file is absent.
    init?(for test: String = #function) throws {
        guard let path = SharedData.require("hospital-catalogue/catalogue_2026-02-27.csv", for: test) else { return nil }
        let rows = try CSVRows(path).rows
        var codeOfProduct: [String: String] = [:]
        var productLines: [String] = []
        var articleLines: [String] = []
        for row in rows {
            func value(_ column: String) -> String { (row[column] ?? "").trimmingCharacters(in: .whitespacesAndNewlines) }
            let name = value("药品化学名")
            let strength = value("药品规格")
            let key = "\(name)|\(strength)"
            if codeOfProduct[key] == nil {
                codeOfProduct[key] = "S\(codeOfProduct.count + 1)"
                productLines.append(Self.product(codeOfProduct[key] ?? "", name, strength, value))
            }
            // Some makers are named several times, on lines of one cell.
            let maker = value("厂家名称").split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            articleLines.append(
                CSVRows.line([
                    row["医保代码"] ?? "", codeOfProduct[key] ?? "", "", maker, value("批准文号"), "", "", "1", row["单位"] ?? "",
                    "\(strength) \(value("单位"))", row["零售价"] ?? "",
                ]))
        }
        records = rows.count
        products = ([CatalogKind.products.columns.joined(separator: ",")] + productLines).joined(separator: "\n")
        articles = ([CatalogKind.articles.columns.joined(separator: ",")] + articleLines).joined(separator: "\n")
    }

    private static func product(_ code: String, _ name: String, _ strength: String, _ value: (String) -> String) -> String
    {
        let label = value("药品名称")
        let insurance = InsuranceCode(value("医保代码"))
        let forms = [
            "缓释片": "tablet_sustained", "胶囊": "capsule", "颗粒": "granule", "注射": "injection", "滴眼": "eye_drops",
            "片": "tablet",
        ]
        let form = forms.keys.sorted { $0.count > $1.count }.first { name.contains($0) }.flatMap { forms[$0] } ?? "other"
        let units = [
            "片": "tablet", "粒": "capsule", "支": "ampoule", "瓶": "bottle", "袋": "sachet", "贴": "patch", "丸": "pill",
        ]
        let unit = strength.last.flatMap { units[String($0)] } ?? "piece"
        let reimbursement = label.contains("甲") ? "A" : label.contains("乙") ? "B" : "none"
        return CSVRows.line([
            code, value("医保代码").hasPrefix("Z") ? "patent" : "western", name, "", form, strength, unit,
            insurance?.category ?? "",
            reimbursement, label.contains("[国基") ? "yes" : "no", "no", "no", "none", "room", "no", "", "",
        ])
    }
}
