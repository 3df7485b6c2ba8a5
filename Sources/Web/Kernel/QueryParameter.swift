public import Primitives

/// One parameter after the question mark: its name, what it may hold and what it does. An operation takes only
/// those it lists.
public struct QueryParameter: Sendable {
    public let name: String
    public let schema: JSONSchema
    public let isRequired: Bool
    public let meaning: Phrase

    private init(_ name: String, _ schema: JSONSchema, _ meaning: Phrase, isRequired: Bool) {
        self.name = name
        self.schema = schema
        self.isRequired = isRequired
        self.meaning = meaning
    }

    public static func text(_ name: String, _ meaning: Phrase, isRequired: Bool = false) -> Self {
        Self(name, .string(), meaning, isRequired: isRequired)
    }

    /// A whole number, also the number of a record.
    public static func integer(
        _ name: String, _ meaning: Phrase, isRequired: Bool = false, in range: ClosedRange<Int64> = .min ... .max
    ) -> Self {
        Self(name, .integer(minimum: range.lowerBound, maximum: range.upperBound), meaning, isRequired: isRequired)
    }

    /// The UUID of a document.
    public static func document(_ name: String, _ meaning: Phrase, isRequired: Bool = false) -> Self {
        Self(name, DocumentID<Never>.wireSchema, meaning, isRequired: isRequired)
    }

    public static func day(_ name: String, _ meaning: Phrase, isRequired: Bool = false) -> Self {
        Self(name, CalendarDate.wireSchema, meaning, isRequired: isRequired)
    }

    /// `true` or `false`.
    public static func flag(_ name: String, _ meaning: Phrase) -> Self { Self(name, .boolean, meaning, isRequired: false) }

    /// One of the cases of an enumeration.
    public static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, _ type: Choice.Type, _ meaning: Phrase, isRequired: Bool = false
    ) -> Self {
        let values = type.allCases.map(\.rawValue)
        return Self(name, .string(values: values, example: values.first ?? ""), meaning, isRequired: isRequired)
    }

    /// What is wrong with `text` as this parameter's value; `nil` when nothing is.
    func complaint(about text: String) -> String? {
        switch schema {
        case .integer(let minimum, let maximum):
            Int64(text).map { (minimum...maximum).contains($0) } ?? false
                ? nil : "a whole number from \(minimum) to \(maximum) is expected"
        case .boolean: ["true", "false"].contains(text) ? nil : "true or false is expected"
        case .string("date"?, _, _, _): CalendarDate(text) == nil ? "a day, yyyy-mm-dd, is expected" : nil
        case .string("uuid"?, _, _, _): DocumentID<Never>(text: text) == nil ? "a UUID is expected" : nil
        case .string(_, _, let values, _) where !values.isEmpty:
            values.contains(text) ? nil : "one of \(values.joined(separator: ", ")) is expected"
        default: nil
        }
    }
}

extension [QueryParameter] {
    /// `limit` and `after`, for operations that answer a ``PageOf``.
    public static var paging: [QueryParameter] {
        [
            .integer(
                "limit", Phrase("每页条数", "How many items at most, \(Page.limitDefault) unless told"),
                in: 1...Int64(Page.limitMax)),
            .text("after", Phrase("上一页返回的游标", "The cursor that the page before gave as next")),
        ]
    }
}
