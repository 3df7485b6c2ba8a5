/// Whom a platform knows us as. Secrets show neither in descriptions nor in dumps.
public struct PlatformAccount: Sendable, CustomStringConvertible, CustomReflectable {
    /// The platform's code of the institution that orders: `medinsCode`, `YYBM`.
    public var institution: String
    /// What is not secret and belongs to the account: a contact, an invoice title, a user's name. By names that the catalogue uses.
    public var settings: [String: String]
    /// By names that the catalogue uses: `password`, `secret`, `app-code`, `auth-code`.
    public var secrets: [String: String]

    public init(institution: String, settings: [String: String] = [:], secrets: [String: String] = [:]) {
        self.institution = institution
        self.settings = settings
        self.secrets = secrets
    }

    public var description: String { "account of \(institution), secrets (not shown)" }
    public var customMirror: Mirror { Mirror(self, children: ["institution": institution, "secrets": "(not shown)"]) }

    /// The same with a mask for every secret.
    var masked: PlatformAccount {
        PlatformAccount(institution: institution, settings: settings, secrets: secrets.mapValues { _ in PlatformRequest.mask })
    }
}
