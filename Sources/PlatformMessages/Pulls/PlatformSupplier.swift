/// A firm that supplies through the platform.
public struct PlatformSupplier: Sendable, Hashable, Codable {
    public var code: String
    public var name: String
    /// What follows is empty where the platform does not say it.
    public var address: String
    public var contact: String
    public var telephone: String

    public init(code: String, name: String, address: String = "", contact: String = "", telephone: String = "") {
        self.code = code
        self.name = name
        self.address = address
        self.contact = contact
        self.telephone = telephone
    }
}
