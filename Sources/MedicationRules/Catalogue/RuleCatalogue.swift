/// The clinical rules' data as one value: read once, never changed.
public struct RuleCatalogue: Sendable {
    /// Which edition it is; `nil` for one that was put together by hand.
    public let edition: RuleEdition?
    public let data: RuleData
    let index: SubstanceIndex
    let interactionsByFirst: [String: [Interaction]]
    let substancesByCode: [String: Substance]
    let codeByEnglish: [String: String]
    let doseLimitsBySubstance: [String: [DoseLimit]]
    /// By code and by every name, in lower case.
    let allergensByName: [String: [Allergen]]

    /// The group of what only carries other medicines, whose amount strengths may leave out.
    static let solvents = "solvents"

    public init(_ data: RuleData, edition: RuleEdition? = nil) {
        self.edition = edition
        self.data = data
        index = SubstanceIndex(data.substances)
        interactionsByFirst = Dictionary(grouping: data.interactions, by: \.first.code)
        substancesByCode = Dictionary(data.substances.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        codeByEnglish = Dictionary(
            data.substances.map { ($0.english.lowercased(), $0.code) }, uniquingKeysWith: { first, _ in first })
        doseLimitsBySubstance = Dictionary(grouping: data.doseLimits, by: \.substance)
        allergensByName = data.allergens.reduce(into: [:]) { known, allergen in
            for name in Set(([allergen.code, allergen.chinese, allergen.english] + allergen.names).map { $0.lowercased() }) {
                known[name.filter { !$0.isWhitespace }, default: []].append(allergen)
            }
        }
    }

    /// Knows nothing; with it no rule finds anything.
    public static let empty = RuleCatalogue(RuleData())

    var isEmpty: Bool { data == RuleData() }
    var personLimits: [PersonLimit] { data.personLimits }
    var institutionLimits: [InstitutionLimit] { data.institutionLimits }
    var longDiagnoses: [LongDiagnosis] { data.longDiagnoses }
    var longExclusions: [LongExclusion] { data.longExclusions }
    var duplicateExceptions: [DuplicateException] { data.duplicateExceptions }
}

/// The rows of every rule catalogue.
public struct RuleData: Sendable, Hashable {
    public var groups: [SubstanceGroup] = []
    public var substances: [Substance] = []
    public var interactions: [Interaction] = []
    public var allergens: [Allergen] = []
    public var doseLimits: [DoseLimit] = []
    public var personLimits: [PersonLimit] = []
    public var longDiagnoses: [LongDiagnosis] = []
    public var longExclusions: [LongExclusion] = []
    public var institutionLimits: [InstitutionLimit] = []
    public var duplicateExceptions: [DuplicateException] = []

    public init() {}
}

/// Which rule catalogue it is, so that a finding can be had again.
public struct RuleEdition: Sendable, Hashable, Codable {
    /// As the catalogue names itself: `2026.1`.
    public let version: String
    /// Of all its files, lower-case hex.
    public let sha256: String

    public init(version: String, sha256: String) {
        self.version = version
        self.sha256 = sha256
    }
}
