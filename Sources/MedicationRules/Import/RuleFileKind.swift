/// What a file of the rule catalogue holds, known by its columns. The order is that of reading: each may refer to those
/// before it.
public enum RuleFileKind: String, Sendable, Codable, CaseIterable {
    case edition = "rule-edition"
    case groups = "substance-groups"
    case substances
    case interactions
    case allergens
    case doseLimits = "dose-limits"
    case personLimits = "age-sex-limits"
    case longDiagnoses = "chronic-diagnoses"
    case longExclusions = "long-exclusions"
    case institutionLimits = "institution-limits"
    case duplicateExceptions = "duplicate-exceptions"

    /// Every column; a file may have them in any order.
    public var columns: [String] {
        switch self {
        case .edition: ["version", "compiled_on", "scope"]
        case .groups: ["code", "chinese", "english", "source", "confidence"]
        case .substances: ["code", "kind", "chinese", "english", "names", "excluding", "groups", "in_catalogue"]
        case .interactions:
            [
                "code", "first", "first_route", "second", "second_route", "severity", "effect_chinese", "effect_english",
                "advice_chinese", "advice_english", "source", "confidence",
            ]
        case .allergens: ["code", "chinese", "english", "names", "members", "cross_reacting", "source", "confidence"]
        case .doseLimits:
            [
                "code", "substance", "route", "age_from", "age_under", "single_least", "single_most", "day_most",
                "kilogram_single_most", "kilogram_day_most", "hours_apart", "source", "confidence",
            ]
        case .personLimits:
            [
                "code", "names", "members", "under", "from_age", "not_for", "severity", "reason_chinese", "reason_english",
                "source", "confidence",
            ]
        case .longDiagnoses: ["icd_prefix", "chinese", "english", "source", "confidence"]
        case .longExclusions: ["drug_class", "chinese", "english", "lifted_by", "source", "confidence"]
        case .institutionLimits:
            [
                "code", "names", "members", "lowest_level", "severity", "reason_chinese", "reason_english", "source",
                "confidence",
            ]
        case .duplicateExceptions: ["kind", "member", "chinese", "english", "source", "confidence"]
        }
    }

    /// The kind whose columns `header` has, all of them and no others; `nil` when it is no file of the rule catalogue.
    public init?(header: [String]) {
        guard let kind = Self.allCases.first(where: { Set($0.columns) == Set(header) && $0.columns.count == header.count })
        else { return nil }
        self = kind
    }
}
