/// What may well be prescribed twice.
public struct DuplicateException: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// Medicines of a class, next to each other.
        case drugClass = "class"
        /// One substance in two medicines.
        case substance
    }

    public let kind: Kind
    /// The beginning of a national drug class, or the code of a substance or group.
    public let member: String
    public let chinese: String
    public let english: String
    public let source: String

    public init(kind: Kind, member: String, chinese: String, english: String, source: String) {
        self.kind = kind
        self.member = member
        self.chinese = chinese
        self.english = english
        self.source = source
    }
}
