/// A delivery point or storehouse that the platform knows, or shall know.
public struct PlatformPoint: Sendable, Hashable, Codable {
    /// The code that orders use; empty for a new one where the platform hands the codes out.
    public var code: String
    public var name: String
    public var province: String
    public var city: String
    public var county: String
    public var address: String
    public var contact: String
    public var telephone: String
    public var postcode: String
    public var note: String
    /// Whether the platform hears of it for the first time.
    public var isNew: Bool

    public init(
        code: String, name: String, province: String = "", city: String = "", county: String = "", address: String,
        contact: String = "",
        telephone: String = "", postcode: String = "", note: String = "", isNew: Bool = false
    ) {
        self.code = code
        self.name = name
        self.province = province
        self.city = city
        self.county = county
        self.address = address
        self.contact = contact
        self.telephone = telephone
        self.postcode = postcode
        self.note = note
        self.isNew = isNew
    }
}
