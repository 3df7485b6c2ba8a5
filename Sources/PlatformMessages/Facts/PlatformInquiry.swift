/// Suppliers are asked through the platform at what price they would sell an article.
public struct PlatformInquiry: Sendable, Hashable, Codable {
    /// The platform's code of the article.
    public var product: String
    /// Ours.
    public var ownCode: String
    /// The platform's code of what kind of article it is.
    public var articleKind: String
    /// The days on which they may answer.
    public var days: PlatformDays
    public var note: String
    /// The platform's number, once it has given one.
    public var platformInquiry: String?

    public init(
        product: String, ownCode: String, articleKind: String, days: PlatformDays, note: String = "", platformInquiry: String? = nil
    ) {
        self.product = product
        self.ownCode = ownCode
        self.articleKind = articleKind
        self.days = days
        self.note = note
        self.platformInquiry = platformInquiry
    }
}
