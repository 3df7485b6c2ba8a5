import Primitives

/// What a search asks for, read from the parameters behind the question mark.
///
/// Source: FHIR R4, search: repeated parameters are all to hold, values with commas between them are alternatives, a
/// backslash takes a comma, bar or dollar literally; an empty value says nothing.
public struct SearchQuery: Sendable, Hashable {
    public struct Criterion: Sendable, Hashable {
        public let name: String
        public let modifier: String?
        /// One of these is to hold.
        public let alternatives: [String]
    }

    public static let countDefault = 20
    public static let countMax = 100

    public let criteria: [Criterion]
    /// Resources on a page.
    public let count: Int
    /// Where the list continues, as the page before told.
    public let cursor: String?
    /// Names that this search does not know; they change nothing.
    public let unknown: [String]
    /// What was taken into account, as it was written.
    public let used: [Pair]

    public struct Pair: Sendable, Hashable {
        public let name: String
        public let value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Parameters about the answer, which are not criteria.
    public static let cursorName = "_cursor"
    private static let countName = "_count"
    /// What says nothing about what is found: JSON is the only form, and readability is the reader's.
    private static let formal: Set<String> = ["_format", "_pretty"]

    /// - Throws: ``FHIRRefusal``: a modifier that the parameter does not have, a `_count` that is no number.
    public init(_ pairs: [Pair], for type: ResourceType) throws {
        let known = type.parameters
        var (criteria, unknown, used): ([Criterion], [String], [Pair]) = ([], [], [])
        var (count, cursor): (Int, String?) = (Self.countDefault, nil)
        for pair in pairs where !pair.value.isEmpty && !Self.formal.contains(pair.name) {
            let parts = pair.name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let modifier = parts.count > 1 ? parts[1] : nil
            switch parts[0] {
            case Self.countName:
                guard let number = Int(pair.value), number >= 1 else {
                    throw FHIRRefusal(.parameterInvalid, "a whole number from 1 is expected", field: pair.name)
                }
                count = min(number, Self.countMax)
                used.append(pair)
            case Self.cursorName: cursor = pair.value
            case let name:
                guard let parameter = known.first(where: { $0.name == name }) else {
                    unknown.append(pair.name)
                    continue
                }
                if let modifier, !parameter.modifiers.contains(modifier) {
                    throw FHIRRefusal(.parameterInvalid, "\(name) has no modifier \(modifier)", field: pair.name)
                }
                let alternatives = Self.split(pair.value, at: ",").filter { !$0.isEmpty }
                criteria.append(Criterion(name: name, modifier: modifier, alternatives: alternatives))
                used.append(pair)
            }
        }
        (self.criteria, self.count, self.cursor, self.unknown, self.used) = (criteria, count, cursor, unknown, used)
    }

    /// The parts of `text` between `separator`s that no backslash stands before; backslashes are kept.
    static func split(_ text: String, at separator: Character) -> [String] {
        var parts = [""]
        var isEscaped = false
        for character in text {
            if character == separator, !isEscaped {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        return parts
    }

    /// `text` without the backslashes that take the next character literally.
    static func unescaped(_ text: String) -> String {
        var plain = ""
        var isEscaped = false
        for character in text {
            isEscaped = character == "\\" && !isEscaped
            if !isEscaped { plain.append(character) }
        }
        return plain
    }
}

/// A value with or without its system: `system|value`, `value`, `|value` for one of no system.
public struct TokenCriterion: Sendable, Hashable {
    /// `nil` for any.
    public let system: String?
    public let value: String

    public init(_ text: String) {
        let parts = SearchQuery.split(text, at: "|").map(SearchQuery.unescaped)
        system = parts.count > 1 ? parts[0] : nil
        value = parts.count > 1 ? parts[1...].joined(separator: "|") : parts[0]
    }

    /// Whether it may be of `other`.
    public func mayBe(of other: String) -> Bool { system == nil || system == other }
}
