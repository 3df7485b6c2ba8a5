public import Primitives

/// An article that can be bought on the platform.
public struct PlatformProduct: Sendable, Hashable, Codable {
    /// The code that orders use; of a listing, the code it is listed by.
    public var code: String
    /// The insurer's code, where the platform tells it.
    public var insuranceCode: String
    public var approvalNumber: String
    public var name: String
    public var specification: String
    /// What it costs us; of a listing, what it is listed at.
    public var price: Money?
    /// What it is listed at, where that is told apart.
    public var listedPrice: Money?
    /// Who offers it, where the platform tells it.
    public var supplier: String
    public var isListed: Bool

    public init(
        code: String, insuranceCode: String = "", approvalNumber: String = "", name: String, specification: String = "",
        price: Money? = nil, listedPrice: Money? = nil, supplier: String = "", isListed: Bool = true
    ) {
        self.code = code
        self.insuranceCode = insuranceCode
        self.approvalNumber = approvalNumber
        self.name = name
        self.specification = specification
        self.price = price
        self.listedPrice = listedPrice
        self.supplier = supplier
        self.isListed = isListed
    }
}
