/// Delivery lines of one supplier that are paid together.
public struct PlatformSettlement: Sendable, Hashable, Codable {
    /// Ours.
    public var number: String
    public var supplier: String
    public var supplierName: String
    /// The platform's numbers of the delivery lines.
    public var deliveryLines: [String]
    /// The platform's codes of the notes that they came with, line by line, where it settles by these; otherwise empty.
    public var notes: [String]
    /// What the examination found; counts for ``PlatformFact/examineSettlement(_:)`` alone.
    public var isApproved: Bool
    public var opinion: String
    /// The platform's number, once it has given one.
    public var platformSettlement: String?

    public init(
        number: String, supplier: String, supplierName: String, deliveryLines: [String], notes: [String] = [],
        isApproved: Bool = true,
        opinion: String = "",
        platformSettlement: String? = nil
    ) {
        self.number = number
        self.supplier = supplier
        self.supplierName = supplierName
        self.deliveryLines = deliveryLines
        self.notes = notes
        self.isApproved = isApproved
        self.opinion = opinion
        self.platformSettlement = platformSettlement
    }
}
