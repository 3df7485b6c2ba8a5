import Formulary
import Foundation
import MedicationRules
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("the shipped catalogues")
struct ShippedCatalogsTests {
    /// The texts of every CSV file of `Catalogs` that is a catalogue, in the order of import.
    static func files() throws -> [(path: String, kind: CatalogKind, text: String)] {
        let root = "\(repositoryRoot)/Catalogs"
        let paths = (FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []).filter {
            $0.hasSuffix(".csv")
        }
        // The clinical rules have files of their own kinds.
        let files = try paths.sorted().compactMap { path -> (path: String, kind: CatalogKind, text: String)? in
            let text = try shippedCatalog(path)
            let header = try CatalogFile(Array(text.utf8)).header
            return RuleFileKind(header: header) == nil ? (path: path, kind: try CatalogKind(header: header), text: text) : nil
        }
        return CatalogKind.allCases.flatMap { kind in files.filter { $0.kind == kind } }
    }

    @Test("every file is imported without a bad row, and imported again changes nothing")
    func imports() async throws {
        try await withTestDatabase { database in
            let files = try Self.files()
            #expect(Set(files.map(\.kind)) == Set(CatalogKind.allCases))
            for round in 1...2 {
                for file in files {
                    let report = try await database.owner.write { transaction in
                        try ImportCatalog(csv: Array(file.text.utf8), acceptingTheRest: false).run(
                            in: transaction, by: nil, at: .ofTests)
                    }
                    #expect(report.errors.isEmpty, "\(file.path): \(report.errors.prefix(5))")
                    #expect(report.rows > 0)
                    if round == 2 { #expect(report.unchanged == report.rows, "\(file.path)") }
                }
            }
        }
    }

    /// Classes of the national list that must be whole, for the diseases that townships treat for years.
    static let wholeClasses = ["XC02", "XC03", "XC07", "XC08", "XC09", "XA10", "XL01", "XL02", "XN05A", "XN06A"]

    @Test(
        "every drug of the national list for hypertension, diabetes, tumours and severe mental disorders has a product",
        arguments: wholeClasses)
    func completeness(category: String) throws {
        guard let list = try NationalListCatalog() else { return }
        let names = try Self.files().filter { $0.kind == .products }.flatMap { file in
            let rows = try CatalogFile(Array(file.text.utf8))
            let column = try #require(rows.header.firstIndex(of: "generic_name"))
            return rows.records.map { ListedName.comparable($0.fields[column]) }
        }
        let listed = list.drugs.filter { $0["categoryCode"]?.hasPrefix(category) == true }
        #expect(!listed.isEmpty)
        for drug in listed {
            let name = drug["name"] ?? ""
            let isHeld = ListedName(name).alternatives.contains { alternative in
                names.contains { $0.contains(alternative) }
            }
            #expect(isHeld, "\(category) \(name.replacing("\n", with: " / "))")
        }
    }
}

/// A name as the national list writes it: several numbered combinations on lines of one cell, former names in
/// brackets, full-width and half-width signs mixed.
struct ListedName {
    /// Any of these within a product's name stands for the drug.
    let alternatives: [String]

    init(_ name: String) {
        alternatives = name.split(separator: "\n").flatMap { line in
            let comparable = Self.comparable(String(line))
            let parts = comparable.split { "()[]".contains($0) }.map(String.init)
            return [comparable.filter { !"()[]".contains($0) }, comparable] + parts.prefix(2)
        }.map { Self.withoutNumeral($0) }.filter { $0.count > 1 }
    }

    /// Half-width, small letters, no blanks, and without 钾, the salt that the list leaves out.
    static func comparable(_ name: String) -> String {
        name.precomposedStringWithCompatibilityMapping.lowercased().filter { !$0.isWhitespace && $0 != "钾" }
    }

    /// Without the roman numeral at its end (`ii` after the compatibility mapping).
    private static func withoutNumeral(_ name: String) -> String {
        var name = name
        while let last = name.last, "iv".contains(last) { name.removeLast() }
        return name
    }
}
