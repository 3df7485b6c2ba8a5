/// What a platform means by a code or a text.
enum CodeMeaning: Sendable, Hashable {
    /// It has taken the message, perhaps with a hint.
    case taken
    /// It has not, because of single lines, which say why.
    case linesRefused
    /// It had it already.
    case alreadyDone
    case notFound
    case refused
    /// It has not taken it, and will after this long.
    case notNow(Duration?)
    case tokenInvalid
    /// The platform itself does not know.
    case unclear
}

/// One rule of a list in which the first that fits counts; a code that none fits is unclear.
struct CodeRule: Sendable, Hashable {
    enum Code: Sendable, Hashable {
        case any
        case exactly(String)
        case beginning(String)
    }

    /// Where a code can stand.
    enum Level: String, Sendable, Hashable, CaseIterable { case envelope, business, line }

    /// The only level at which the rule counts; `nil` for all.
    var level: Level?
    var code: Code
    /// What the platform's words must hold.
    var text: String?
    var meaning: CodeMeaning

    func fits(_ complaint: PlatformComplaint) -> Bool {
        let isCode =
            switch code {
            case .any: true
            case .exactly(let code): complaint.code == code
            case .beginning(let prefix): complaint.code.hasPrefix(prefix)
            }
        return isCode && (text.map { complaint.text.contains($0) } ?? true)
    }
}

/// The lists of rules of a platform.
struct CodeRules: Sendable, Hashable {
    var envelope: [CodeRule]
    /// Of the business part inside the envelope; empty where a platform has none.
    var business: [CodeRule]
    var line: [CodeRule]

    static func meaning(
        of complaint: PlatformComplaint, at level: CodeRule.Level, by rules: [CodeRule]
    ) -> CodeMeaning {
        rules.first { $0.level ?? level == level && $0.fits(complaint) }?.meaning ?? .unclear
    }
}
