/// What an insurer is asked about uploads: everything of one batch serial in some days.
public struct PlatformUploadQuestion: Sendable, Hashable, Codable {
    public enum About: String, Sendable, Hashable, Codable, CaseIterable {
        case counts, changes
        /// Returns to suppliers among them.
        case purchases
        /// Returns of patients among them.
        case sales
        case purchaseCodes = "purchase-codes"
        case saleCodes = "sale-codes"
    }

    public var about: About
    public var institution: PlatformInstitution
    public var serial: String
    /// Of the one record that is asked about, where the platform keys by records; empty for all of the batch.
    public var key: String
    public var days: PlatformDays

    public init(about: About, institution: PlatformInstitution, serial: String, key: String = "", days: PlatformDays) {
        self.about = about
        self.institution = institution
        self.serial = serial
        self.key = key
        self.days = days
    }
}

/// What an insurer has of an upload.
public struct PlatformUploadRow: Sendable, Hashable, Codable {
    /// The platform's number of the record; empty where it gives none.
    public var platformRecord: String
    public var serial: String
    /// Our key of the record, where the platform keeps it.
    public var key: String
    /// Whether it is a return, where the platform says it.
    public var isReturn: Bool?
    public var change: PlatformStockChange?
    /// `nil` where the platform gives none.
    public var quantity: PlatformQuantity?
    /// When it happened, as the platform writes it: a day, or a day and a time.
    public var at: String
    public var traceCode: String
    /// Whether it stands; what was deleted does not.
    public var isValid: Bool

    public init(
        platformRecord: String, serial: String, key: String = "", isReturn: Bool? = nil, change: PlatformStockChange? = nil,
        quantity: PlatformQuantity? = nil, at: String = "", traceCode: String = "", isValid: Bool = true
    ) {
        self.platformRecord = platformRecord
        self.serial = serial
        self.key = key
        self.isReturn = isReturn
        self.change = change
        self.quantity = quantity
        self.at = at
        self.traceCode = traceCode
        self.isValid = isValid
    }
}
