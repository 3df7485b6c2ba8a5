import Postgres
public import Primitives

/// How much a finding weighs.
public enum FindingSeverity: String, StoredText, Codable, CaseIterable, Comparable {
    /// For the reader to know.
    case note
    /// The reviewing pharmacist decides.
    case warning
    /// Stands only with a reason the prescriber signs a second time.
    case override
    /// Cannot be written or dispensed so.
    case block

    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .override: 2
        case .block: 3
        }
    }
}

/// What one rule has to say about a prescription: which rule, how much it weighs, about which lines, and why.
public struct Finding: Sendable, Hashable, Codable {
    /// The rule's stable name, `dose.daily-maximum`; never reused.
    public let rule: String
    public let severity: FindingSeverity
    /// Lines of the prescription, from 1; empty when it is about all of it.
    public let lines: [Int]
    /// With the names and numbers of the case, in Chinese.
    public let message: String
    /// The same in English.
    public let messageEnglish: String
    /// Where the rule stands: a norm with its rule id, a label, a reference work.
    public let source: String

    public init(rule: String, severity: FindingSeverity, lines: [Int] = [], message: Phrase, source: String) {
        self.rule = rule
        self.severity = severity
        self.lines = lines
        self.message = message.chinese
        self.messageEnglish = message.english
        self.source = source
    }
}
