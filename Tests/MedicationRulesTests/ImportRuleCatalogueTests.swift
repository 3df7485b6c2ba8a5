import Formulary
import Foundation
import MedicationRules
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Importing the rule catalogue")
struct ImportRuleCatalogueTests {
    /// The shipped files with `old` replaced by `new` in the one whose path ends so.
    static func files(_ ending: String = "", _ old: String = "", _ new: String = "") throws -> [RuleFile] {
        try ShippedRules.files().map { file in
            guard !ending.isEmpty, file.path.hasSuffix(ending) else { return file }
            let text = String(decoding: file.bytes, as: UTF8.self)
            #expect(text.contains(old), "\(old)")
            return RuleFile(path: file.path, bytes: Array(text.replacingOccurrences(of: old, with: new).utf8))
        }
    }

    static func importing(_ files: [RuleFile], into database: TestDatabase) async throws -> RuleImportReport {
        try await database.owner.write { try ImportRuleCatalogue(files).run(in: $0, at: .ofTests) }
    }

    @Test("an edition is read back as it was in its files, by the application, and imported again changes nothing")
    func roundTrip() async throws {
        try await withTestDatabase { database in
            let files = try Self.files()
            #expect(try await database.application.read { try RuleCatalogues($0).inForce().edition } == nil)
            let report = try await Self.importing(files, into: database)
            #expect(report.isApplied && !report.wasKnown && report.problems.isEmpty && report.rows > 900)
            let again = try await Self.importing(files, into: database)
            #expect(again.isApplied && again.wasKnown)
            let (inForce, editions) = try await database.application.read { transaction in
                (try RuleCatalogues(transaction).inForce(), try RuleCatalogues(transaction).editions())
            }
            #expect(inForce.data == (try RuleCatalogueFiles(files).data))
            #expect(editions.map(\.version) == ["2026.1"] && editions.first?.sha256 == report.sha256)
            #expect(inForce.edition == RuleEdition(version: "2026.1", sha256: report.sha256))
        }
    }

    @Test("the edition imported last is in force, and earlier ones can be had again; one version has one content")
    func editions() async throws {
        try await withTestDatabase { database in
            _ = try await Self.importing(try Self.files(), into: database)
            await expectRefusal("medication-rules.edition-differs") {
                try await Self.importing(try Self.files("interactions.csv", "Avoid", "Do avoid"), into: database)
            }
            let next = try Self.files("rule-edition.csv", "2026.1", "2026.2")
            #expect(try await Self.importing(next, into: database).isApplied)
            let versions = try await database.application.read { transaction in
                let catalogues = RuleCatalogues(transaction)
                return [
                    try catalogues.inForce().edition?.version, try catalogues.catalogue(version: "2026.1")?.edition?.version,
                    try catalogues.catalogue(version: "2025.9")?.edition?.version,
                ]
            }
            #expect(versions == ["2026.2", "2026.1", nil])
        }
    }

    @Test(
        "a row that cannot be used is named with line, field and reason, and nothing is imported",
        arguments: [
            ("interactions.csv", "I001,vitamin-k-antagonists", "I001,vitamin-x", 2, "first", "reference-unknown"),
            ("interactions.csv", "nsaids,,severe", "nsaids,,grave", 2, "severity", "not-a-choice"),
            ("interactions.csv", "I002,", "I001,", 3, "code", "repeated"),
            ("dose-limits.csv", "D001,paracetamol,oral,12y", "D001,paracetamol,oral,12", 2, "age_from", "not-an-age"),
            ("dose-limits.csv", "12y,,0.3g,1g,2g", "12y,,0.3g,1gram,2g", 2, "single_most", "not-an-amount"),
            ("dose-limits.csv", "12y,,0.3g,1g,2g", "12y,,0.3g,1g,0.5g", 2, "day_most", "rule-incomplete"),
            ("dose-limits.csv", "12y,,0.3g,1g,2g", "12y,,0.3g,100IU,2g", 2, "single_most", "rule-incomplete"),
            ("dose-limits.csv", "12y,,0.3g,1g,2g", "12y,,2g,1g,2g", 2, "single_least", "rule-incomplete"),
            ("age-sex-limits.csv", "fluoroquinolones,18y,,", "fluoroquinolones,18y,65y,", 2, "under", "rule-incomplete"),
            ("age-sex-limits.csv", "P001,,fluoroquinolones", "P001,,", 2, "names", "rule-incomplete"),
            ("substances.csv", "vitamin-k-antagonists,yes", "vitamin-k-antagonist,yes", nil, "groups", "reference-unknown"),
            ("chronic-diagnoses.csv", "I10,", "I1.0,", nil, "icd_prefix", "code-malformed"),
            ("institution-limits.csv", "L001,艾迪注射液,,county", "L001,艾迪注射液,,banner", 2, "lowest_level", "not-a-choice"),
            ("duplicate-exceptions.csv", "substance,solvents", "substance,solvent", nil, "member", "reference-unknown"),
            ("allergens.csv", "high", "sure", nil, "confidence", "not-a-choice"),
        ] as [(String, String, String, Int?, String, String)])
    func badRows(ending: String, old: String, new: String, line: Int?, field: String, reason: String) async throws {
        try await withTestDatabase { database in
            let report = try await Self.importing(try Self.files(ending, old, new), into: database)
            #expect(!report.isApplied)
            let file = try #require(report.problems.first { $0.path.hasSuffix(ending) })
            let problem = try #require(file.problems.first)
            #expect(problem.field == field && problem.reason.rawValue == reason, "\(problem)")
            if let line { #expect(problem.line == line) }
            let counts = try await database.owner.read { transaction in
                try transaction.query("SELECT count(*) AS rows FROM medication_rules.edition") { try $0["rows"] as Int }
            }
            #expect(counts == [0])
        }
    }

    @Test("the files come together, each once")
    func together() async throws {
        try await withTestDatabase { database in
            let files = try Self.files()
            await expectRefusal("medication-rules.files-missing") { try await Self.importing(Array(files.dropLast()), into: database) }
            await expectRefusal("medication-rules.files-missing") {
                try await Self.importing(files + [RuleFile(path: "units.csv", bytes: Array("code,name\na,b\n".utf8))], into: database)
            }
            await expectRefusal("medication-rules.file-repeated") { try await Self.importing(files + [files[0]], into: database) }
        }
    }

    @Test("the application reads the rules and cannot change them")
    func readOnly() async throws {
        try await withTestDatabase { database in
            _ = try await Self.importing(try Self.files(), into: database)
            await #expect(throws: PostgresError.self) {
                try await database.application.write { try $0.execute("UPDATE medication_rules.interaction SET severity = 'moderate'") }
            }
            await #expect(throws: PostgresError.self) {
                try await database.application.write { try $0.execute("UPDATE medication_rules.limit_value SET value = 100") }
            }
        }
    }
}
