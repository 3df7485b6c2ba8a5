/// Records of one kind about the stock of one institution, as its insurer is told of them: one record, or several in one message.
public struct PlatformUpload: Sendable, Hashable, Codable {
    /// The insurer's code and name of the institution; they stand in the place of the account's.
    public var institution: PlatformInstitution
    public var kind: PlatformUploadKind
    /// One when ``isBatch`` is false.
    public var records: [PlatformUploadRecord]
    /// Whether the message is the one that holds several (form A).
    public var isBatch: Bool

    public init(institution: PlatformInstitution, kind: PlatformUploadKind, records: [PlatformUploadRecord], isBatch: Bool = false)
    {
        self.institution = institution
        self.kind = kind
        self.records = records
        self.isBatch = isBatch
    }
}

/// What an insurer is told.
public enum PlatformUploadKind: String, Sendable, Hashable, Codable, CaseIterable {
    case count, change, purchase
    case purchaseReturn = "purchase-return"
    case sale
    case saleReturn = "sale-return"
    /// What was told of a batch serial is taken back.
    case deletion
}
