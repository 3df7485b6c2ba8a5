/// Something patients are allergic to, and which products hold it or something like it.
public struct Allergen: Sendable, Hashable, Codable {
    public let code: String
    public let chinese: String
    public let english: String
    /// As people write it in records; compared without regard to case.
    public let names: [String]
    /// Codes of substances and groups that are it.
    public let members: [String]
    /// Codes of substances and groups that may cross-react.
    public let crossReacting: [String]
    public let source: String

    public init(
        code: String, chinese: String, english: String, names: [String] = [], members: [String], crossReacting: [String] = [],
        source: String
    ) {
        self.code = code
        self.chinese = chinese
        self.english = english
        self.names = names
        self.members = members
        self.crossReacting = crossReacting
        self.source = source
    }
}
