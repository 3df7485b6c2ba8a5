public import Primitives

/// An article that can be bought on the platform.
public struct PlatformProduct: Sendable, Hashable, Codable {
    /// The code that orders use.
    public var code: String
    /// The insurer's code, where the platform tells it.
    public var insuranceCode: String
    public var approvalNumber: String
    public var name: String
    public var specification: String
    public var price: Money?
    public var isListed: Bool

    public init(
        code: String, insuranceCode: String = "", approvalNumber: String = "", name: String, specification: String = "",
        price: Money? = nil,
        isListed: Bool = true
    ) {
        self.code = code
        self.insuranceCode = insuranceCode
        self.approvalNumber = approvalNumber
        self.name = name
        self.specification = specification
        self.price = price
        self.isListed = isListed
    }
}
