public import Primitives

/// How much it matters that two substances meet.
public enum InteractionSeverity: String, Sendable, Codable, CaseIterable {
    /// 禁忌: not to be given together.
    case contraindicated
    /// 严重: harm is likely without a change or watching.
    case severe
    /// 慎用: to be watched.
    case moderate

    var finding: FindingSeverity {
        switch self {
        case .contraindicated: .override
        case .severe: .warning
        case .moderate: .note
        }
    }
}

/// Two substances, or groups of them, that must not meet unnoticed.
public struct Interaction: Sendable, Hashable, Codable {
    /// One side of the pair.
    public struct Side: Sendable, Hashable, Codable {
        /// The code of a substance or of a group.
        public let code: String
        /// The only way of giving it that matters; `nil` for every way that reaches the whole body.
        public let route: RouteGroup?

        public init(code: String, route: RouteGroup? = nil) {
            self.code = code
            self.route = route
        }
    }

    /// The catalogue's own stable code: `I001`.
    public let code: String
    public let first: Side
    public let second: Side
    public let severity: InteractionSeverity
    public let effectChinese: String
    public let effectEnglish: String
    public let adviceChinese: String
    public let adviceEnglish: String
    public let source: String

    public init(
        code: String, first: Side, second: Side, severity: InteractionSeverity, effect: Phrase, advice: Phrase, source: String
    ) {
        self.code = code
        self.first = first
        self.second = second
        self.severity = severity
        effectChinese = effect.chinese
        effectEnglish = effect.english
        adviceChinese = advice.chinese
        adviceEnglish = advice.english
        self.source = source
    }
}
