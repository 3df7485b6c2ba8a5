public import Parties
public import Primitives

/// A medicine for institutions of some level only.
public struct InstitutionLimit: Sendable, Hashable {
    /// The catalogue's own stable code: `L001`.
    public let code: String
    /// Parts of generic names.
    public let names: [String]
    /// Codes of substances and groups.
    public let members: [String]
    /// The lowest level that may prescribe it.
    public let lowest: FacilityLevel
    public let severity: FindingSeverity
    public let reasonChinese: String
    public let reasonEnglish: String
    public let source: String

    public init(
        code: String, names: [String] = [], members: [String] = [], lowest: FacilityLevel, severity: FindingSeverity,
        reason: Phrase, source: String
    ) {
        self.code = code
        self.names = names
        self.members = members
        self.lowest = lowest
        self.severity = severity
        reasonChinese = reason.chinese
        reasonEnglish = reason.english
        self.source = source
    }
}

extension FacilityLevel {
    /// From the village up.
    var rank: Int {
        switch self {
        case .village: 0
        case .township: 1
        case .county: 2
        case .city: 3
        }
    }
}
