/// A message that tells a fact.
struct FactMap: Sendable, Hashable {
    var operation: String
    var place: MessagePlace
    var request: [RequestField]
    /// What the answer says of the whole.
    var answer: [AnswerField]
    var lines: LineMap?
    /// Looked at before the platform's own, at every level.
    var codes: [CodeRule]
    /// The answer holds nothing by which it could be known as ours. It is never believed alone when it says yes.
    var answerNamesNothing: Bool
    /// What is told commits nobody yet, so that a no is believed that names nothing.
    var bindsNobody: Bool
    var recovery: RecoveryMap
    /// The message in its place for facts of another sort.
    var variants: [FactVariant]

    /// The message that tells this fact.
    ///
    /// - Throws: when some of its lines are of a sort that has its own message, and some are not.
    func fitting(_ record: Record) throws(PlatformUntellable) -> FactMap {
        for variant in variants {
            let lines = record.lists[.lines] ?? []
            let fitting = lines.count { record.around($0)[variant.name] == .text(variant.value) }
            if fitting == lines.count, fitting > 0 { return variant.map }
            guard fitting == 0 else {
                throw PlatformUntellable(
                    reason:
                        "has \(fitting) lines of \(variant.name.rawValue) \(variant.value) and \(lines.count - fitting) others; "
                        + "the platform takes them in messages of their own")
            }
        }
        return self
    }
}

/// The message for facts all lines of which say this.
struct FactVariant: Sendable, Hashable {
    var name: NeutralName
    var value: String
    var map: FactMap
}

/// Where in an envelope a message and its answer stand, when it is elsewhere than the platform's other messages.
struct MessagePlace: Sendable, Hashable {
    /// The node in `input`; empty for `input` itself.
    var input: String?
    /// The nodes in `output` of which the first that is there counts; an empty name is `output` itself.
    var output: [String] = []
}

/// What an answer says of the lines of a fact.
struct LineMap: Sendable, Hashable {
    /// The platform's list of them.
    var list: String
    var fields: [AnswerField]
    /// Whether the platform takes the rest when it refuses some.
    var areRefusedSingly: Bool
    /// Whether there must be an answer to each.
    var isMandatory: Bool
}

enum RecoveryMap: Sendable, Hashable {
    case ask(PlatformQuestionKind)
    case tellAgain(String)
    case none(String)
}

/// A message that asks a question.
struct QuestionMap: Sendable, Hashable {
    var operation: String
    var place: MessagePlace
    var request: [RequestField]
    var rows: RowMap
    /// The facts that the platform does not have when no row is about them; for any other that is unclear.
    var absenceMeansNotDone: Set<PlatformFactKind>
    /// The platform cannot be asked for one thing alone, and answers with others as well, which are left out.
    var holdsOthers: Bool
}

/// What a page of an answer holds.
struct RowMap: Sendable, Hashable {
    enum Place: Sendable, Hashable {
        case list(String)
        /// The answer is one row.
        case single
    }

    enum Paging: Sendable, Hashable {
        /// Everything at once.
        case whole
        /// By numbers of pages, in fields of the wire. A list that must be steady may not grow or shrink while it is read, for then
        /// rows move from page to page and one may be missed.
        case numbered(mustBeSteady: Bool)
        /// The same, where an answer may lack the numbers: then the page without rows is the last.
        case untilEmpty(mustBeSteady: Bool)
        /// By the last row's value of this field.
        case lastRow(String)
        /// By the answer's value of this field.
        case answer(String)
    }

    var place: Place
    /// Whether an answer without the list says nothing, be it that there is no row.
    var isMandatory: Bool
    var paging: Paging
    var fields: [AnswerField]
    var states: [StateRule]
}
