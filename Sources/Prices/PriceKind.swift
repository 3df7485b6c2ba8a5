import Postgres
public import Primitives

/// What a price is, and so who is bound by it.
public enum PriceKind: String, StoredText, Codable, CaseIterable {
    /// 挂网价: what the provincial platform lists an article at, whoever supplies it.
    case listed
    /// 最高有效申报价, 限价: the most an article may cost on the platform.
    case ceiling
    /// 中选价: what a supplier was awarded in a tender of the consortium.
    case awarded
    /// 合同价: what a supplier and the consortium have agreed in writing.
    case contract

    /// Whether the platform publishes it for every consortium; otherwise it is between one consortium and a supplier.
    public var isPublished: Bool { self == .listed || self == .ceiling }
}

/// The kinds of prices that a platform publishes, and that are imported as lists.
public enum PublishedKind: String, Sendable, Codable, CaseIterable {
    case listed, ceiling

    public var kind: PriceKind { self == .listed ? .listed : .ceiling }
}
