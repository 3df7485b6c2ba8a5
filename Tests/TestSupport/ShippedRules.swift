import Foundation
public import MedicationRules
public import Postgres
public import Primitives

/// The rule catalogue as it is shipped in `Catalogs`.
public enum ShippedRules {
    /// Its files.
    public static func files() throws -> [RuleFile] {
        let root = "\(repositoryRoot)/Catalogs"
        let paths = [
            "rule-edition/rule-edition", "substance-groups/groups", "substance-groups/substances", "interactions/interactions",
            "allergens/allergens", "dose-limits/dose-limits", "age-sex-limits/age-sex-limits", "long-prescriptions/chronic-diagnoses",
            "long-prescriptions/long-exclusions", "institution-limits/institution-limits",
            "duplicate-exceptions/duplicate-exceptions",
        ].map { "\($0).csv" }
        return try paths.map { path in
            RuleFile(path: path, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(path)"))))
        }
    }

    /// Puts them in force, as `lianyao catalog import` does.
    public static func put(into owner: Database, at now: Instant = .ofTests) async throws {
        let files = try files()
        _ = try await owner.write { try ImportRuleCatalogue(files).run(in: $0, at: now) }
    }
}
