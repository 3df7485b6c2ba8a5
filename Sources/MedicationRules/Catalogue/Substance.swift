/// A set of substances that rules speak of together: non-steroidal anti-inflammatories, nitrates.
public struct SubstanceGroup: Sendable, Hashable, Codable {
    public let code: String
    public let chinese: String
    public let english: String

    public init(code: String, chinese: String, english: String) {
        self.code = code
        self.chinese = chinese
        self.english = english
    }
}

/// An active substance, or a herbal piece, and how it is found in the generic names of products.
public struct Substance: Sendable, Hashable, Codable {
    public let code: String
    public let chinese: String
    public let english: String
    /// Whether it is a herbal piece; only products of that kind are searched for it, and no others.
    public let isPiece: Bool
    /// Parts of Chinese generic names, any of which names it.
    public let names: [String]
    /// Parts of generic names that hold one of ``names`` and name something else: 罗红霉素 for 红霉素.
    public let excluding: [String]
    /// Codes of the groups it belongs to.
    public let groups: [String]

    public init(
        code: String, chinese: String, english: String, isPiece: Bool = false, names: [String], excluding: [String] = [],
        groups: [String] = []
    ) {
        self.code = code
        self.chinese = chinese
        self.english = english
        self.isPiece = isPiece
        self.names = names
        self.excluding = excluding
        self.groups = groups
    }
}
