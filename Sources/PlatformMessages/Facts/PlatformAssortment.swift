/// Articles that shall be orderable, or that one supplier shall deliver.
public struct PlatformAssortment: Sendable, Hashable, Codable {
    public var lines: [PlatformAssortmentLine]

    public init(lines: [PlatformAssortmentLine]) { self.lines = lines }
}

/// One article of an assortment.
public struct PlatformAssortmentLine: Sendable, Hashable, Codable {
    /// The platform's code: of the listing when it is selected, of what may be ordered when its supplier is set.
    public var product: String
    /// The platform's code of who shall deliver it, and its name; empty when it is selected.
    public var supplier: String
    public var supplierName: String

    public init(product: String, supplier: String = "", supplierName: String = "") {
        self.product = product
        self.supplier = supplier
        self.supplierName = supplierName
    }
}
