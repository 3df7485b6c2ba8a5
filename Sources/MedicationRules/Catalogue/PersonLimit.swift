public import Primitives

/// Whom a medicine is not for, by age or by sex.
public struct PersonLimit: Sendable, Hashable {
    /// The condition under which it speaks.
    public enum Condition: Sendable, Hashable {
        case younger(than: AgeLimit)
        /// At this age and later: a medicine for children.
        case reached(AgeLimit)
        case sex(CheckedPatient.Sex)
    }

    /// The catalogue's own stable code: `P001`.
    public let code: String
    /// Parts of generic names, in whatever form.
    public let names: [String]
    /// Codes of substances and groups, given so that they reach the whole body.
    public let members: [String]
    public let condition: Condition
    public let severity: FindingSeverity
    public let reasonChinese: String
    public let reasonEnglish: String
    public let source: String

    public init(
        code: String, names: [String] = [], members: [String] = [], condition: Condition, severity: FindingSeverity,
        reason: Phrase, source: String
    ) {
        self.code = code
        self.names = names
        self.members = members
        self.condition = condition
        self.severity = severity
        reasonChinese = reason.chinese
        reasonEnglish = reason.english
        self.source = source
    }
}
