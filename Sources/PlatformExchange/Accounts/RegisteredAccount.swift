public import Formulary
import Postgres
import Primitives

/// A consortium's account at a platform.
public struct RegisteredAccount: Sendable, Hashable, Codable {
    /// A code of `Catalogs/platforms`.
    public let platform: String
    /// The platform's code of who orders.
    public let institution: String
    /// `https://host`, or `http://` on the machine itself; the catalogue's paths go behind it.
    public let address: String
    /// PEM of the authorities that prove the server, when they are private ones; empty for those of the system.
    public let authority: String
    /// What is no secret: a contact, an invoice title. By the names that the platform's catalogue uses.
    public let settings: [String: String]
    /// The name of the file that holds the secrets.
    public let secrets: String
    /// The kinds of product that are bought there.
    public let kinds: [ProductKind]
    /// Whether orders go there; what was announced before goes on.
    public let isActive: Bool

    public init(
        platform: String, institution: String, address: String, authority: String = "", settings: [String: String] = [:],
        secrets: String, kinds: [ProductKind], isActive: Bool = true
    ) {
        self.platform = platform
        self.institution = institution
        self.address = address
        self.authority = authority
        self.settings = settings
        self.secrets = secrets
        self.kinds = kinds
        self.isActive = isActive
    }

    init(_ row: Row) throws {
        let settings: JSON<[String: String]> = try row["settings"]
        let kinds: [String] = try row["kinds"]
        self.init(
            platform: try row["platform"], institution: try row["institution"], address: try row["address"],
            authority: try row["authority"], settings: settings.value, secrets: try row["secrets"],
            kinds: kinds.compactMap(ProductKind.init), isActive: try row["is_active"])
    }

    static var columns: SQL { "platform, institution, address, authority, settings, secrets, kinds, is_active" }
}
