/// How a value looks in a message.
enum FieldType: Sendable, Hashable {
    case text
    case integer
    /// With at most so many decimals.
    case decimal(scale: Int)
    case day(DayFormat)
    /// In China.
    case time(TimeFormat)
}

/// How a platform writes moments.
enum TimeFormat: String, Sendable, Hashable, CaseIterable {
    case slashed = "yyyyMMdd/HHmmss/"
    case dashed = "yyyy-MM-dd HH:mm:ss"
    case digits = "yyyyMMddHHmmss"
}

/// How a platform writes days. Read, each takes a time of day behind the day and drops it.
enum DayFormat: String, Sendable, Hashable, CaseIterable {
    case compact = "yyyyMMdd"
    case dashed = "yyyy-MM-dd"
    case dashedStart = "yyyy-MM-dd 00:00:00"
    case dashedEnd = "yyyy-MM-dd 23:59:59"
}

/// A field of what we send.
struct RequestField: Sendable, Hashable {
    enum Filling: Sendable, Hashable {
        case constant(String)
        case name(NeutralName)
        /// Of the account.
        case setting(String)
        /// Of the account, and not to be seen.
        case secret(String)
        case each(NeutralList, [RequestField])
        /// An object with fields of the same record; JSON only.
        case inside([RequestField])
        /// A list of nothing but this field's values; JSON only.
        case plain(NeutralList, [RequestField])
    }

    /// The platform's name of it.
    var name: String
    var filling: Filling
    var type: FieldType
    /// The most characters it may have.
    var length: Int?
    var isMandatory: Bool
    /// What stands for a value that is absent.
    var standard: String?
    /// The platform's words for neutral ones; empty when it takes them as they are.
    var words: [String: String]
    /// It stands in the message also without a value, as empty text.
    var isKept = false
}

/// A field of what we are told.
struct AnswerField: Sendable, Hashable {
    /// The platform's names of it; some platforms spell it differently from message to message.
    var names: [String]
    var target: NeutralName
    var type: FieldType
    var isMandatory: Bool
    /// By this a line of an answer is known as ours.
    var isKey: Bool
    /// It must say what we said, where it says anything.
    var isEcho: Bool
    /// Neutral words for the platform's; a word that is not here cannot be understood.
    var words: [String: String]
}
