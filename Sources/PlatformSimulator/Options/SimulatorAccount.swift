public import Primitives

/// Somebody who may call the platform, for one institution.
public struct SimulatorAccount: Sendable {
    /// `x-ca-key` in Zhejiang, `sUser` in Shanghai.
    public var user: String
    /// The key of HMAC-SM3 in Zhejiang, `sPwd` in Shanghai.
    public var secret: String
    /// Zhejiang only.
    public var appCode: String
    /// Zhejiang only.
    public var authCode: String
    /// `medinsCode` in Zhejiang, `sJgbm` and `YYBM` in Shanghai. Documents of other institutions are not seen.
    public var institution: String

    public init(user: String, secret: String, appCode: String = "", authCode: String = "", institution: String) {
        self.user = user
        self.secret = secret
        self.appCode = appCode
        self.authCode = authCode
        self.institution = institution
    }
}

/// Something that may be ordered.
public struct SimulatorProduct: Sendable {
    /// `ZXSPBM` in Shanghai, `hospListId` and `prodCode` in Zhejiang.
    public var code: String
    public var name: String
    /// The listed price of a pack.
    public var price: Money
    /// The codes of those who deliver it; empty for anybody.
    public var suppliers: Set<String>

    public init(code: String, name: String, price: Money, suppliers: Set<String> = []) {
        self.code = code
        self.name = name
        self.price = price
        self.suppliers = suppliers
    }
}

/// Packs that were agreed on under volume-based procurement. What is accepted counts towards it; what is returned does not.
public struct SimulatorAgreedVolume: Sendable {
    public var product: String
    public var supplier: String
    public var packs: Int64

    public init(product: String, supplier: String, packs: Int64) {
        self.product = product
        self.supplier = supplier
        self.packs = packs
    }
}
