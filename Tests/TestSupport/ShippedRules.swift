import Foundation
public import MedicationRules

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
}
