import Formulary
import Foundation
import TestSupport
import Testing

/// The national reimbursement list (2024 edition) written as a catalogue of products: each drug once (flag 0) and each
/// payable herbal piece.
struct NationalListCatalog {
    let products: String
    /// Drugs, without the repeats for further dosage forms.
    let drugs: [[String: String]]
    let payablePieces: [[String: String]]

    private static let dosageForms = [
        "口服常释剂型": "tablet", "注射剂": "injection", "缓释控释剂型": "tablet_sustained", "软膏剂": "ointment", "口服液体剂": "oral_solution",
        "滴眼剂": "eye_drops", "颗粒剂": "granule", "吸入剂": "inhalation", "栓剂": "suppository", "凝胶剂": "gel",
    ]

    /// `nil`, said loudly, when the list is absent.
    init?(for test: String = #function) throws {
        guard let path = SharedData.require("nrdl-2024/nrdl_2024.csv", for: test) else { return nil }
        let rows = try CSVRows(path).rows
        drugs = rows.filter { $0["flag"] == "0" }
        payablePieces = rows.filter { $0["drugTypeName"] == "基金予以支付的中药饮片" }
        let lines =
            drugs.enumerated().map { Self.line(drug: $0.element, number: $0.offset) }
            + payablePieces.enumerated().map { Self.line(piece: $0.element, number: $0.offset) }
        products = ([CatalogKind.products.columns.joined(separator: ",")] + lines).joined(separator: "\n")
    }

    private static func line(drug: [String: String], number: Int) -> String {
        let category = drug["categoryCode"] ?? ""
        return CSVRows.line([
            "D\(number)", category.hasPrefix("Z") ? "patent" : "western", (drug["name"] ?? "").replacing("\n", with: "、"),
            "",
            dosageForms[drug["dosageForm"] ?? ""] ?? "other", "不限", "piece", category,
            drug["kindName"] == "医保甲类" ? "A" : "B", "no",
            "no", "no", "none", "room", "no", "", "",
        ])
    }

    private static func line(piece: [String: String], number: Int) -> String {
        CSVRows.line([
            "P\(number)", "herbal", piece["name"] ?? "", "", "herbal_piece", "饮片", "g", "T", "B", "no", "no", "no",
            "none", "room",
            "no", "", "",
        ])
    }
}

/// The rows of a CSV file by column name.
struct CSVRows {
    let rows: [[String: String]]

    init(_ path: String) throws {
        let file = try CatalogFile(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        rows = file.records.map { record in
            Dictionary(zip(file.header, record.fields), uniquingKeysWith: { first, _ in first })
        }
    }

    /// One line of CSV, its fields quoted where they need it.
    static func line(_ fields: [String]) -> String {
        fields.map { field in
            field.contains { ",\"\n\r".contains($0) } ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
        }.joined(separator: ",")
    }
}
