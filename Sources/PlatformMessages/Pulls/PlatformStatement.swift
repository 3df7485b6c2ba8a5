public import Primitives

/// What we have of a period by suppliers, to be held against what the platform has.
public struct PlatformStatement: Sendable, Hashable, Codable {
    /// The period as the platform names it.
    public var period: String
    public var days: PlatformDays
    public var isVolumePurchase: Bool
    public var suppliers: [PlatformStatementLine]

    public init(period: String, days: PlatformDays, isVolumePurchase: Bool, suppliers: [PlatformStatementLine]) {
        self.period = period
        self.days = days
        self.isVolumePurchase = isVolumePurchase
        self.suppliers = suppliers
    }
}

/// The invoices of one supplier in a period.
public struct PlatformStatementLine: Sendable, Hashable, Codable {
    public var supplier: String
    public var invoices: Int64
    /// With tax; invoices that take back count below zero.
    public var amount: Money

    public init(supplier: String, invoices: Int64, amount: Money) {
        self.supplier = supplier
        self.invoices = invoices
        self.amount = amount
    }
}
