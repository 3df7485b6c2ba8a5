/// The institution that a fact is about, where it is not the one that the account belongs to: a consortium has one account for many.
public struct PlatformInstitution: Sendable, Hashable, Codable {
    /// Its code at the insurer.
    public var code: String
    public var name: String

    public init(code: String, name: String) {
        self.code = code
        self.name = name
    }
}
