public import Primitives

/// One line of a supplier's invoice.
public struct PlatformInvoiceLine: Sendable, Hashable, Codable {
    public var platformInvoice: String
    public var invoiceLine: String
    public var code: String
    public var number: String
    public var date: CalendarDate?
    public var supplier: String
    /// Of the whole invoice, with tax.
    public var total: Money
    /// What it is for: a line of an order or a delivery, or a return.
    public var reference: String
    public var product: String
    public var batch: String
    public var packs: Int64
    /// With tax.
    public var packPrice: Money
    /// With tax.
    public var amount: Money
    /// Whether it takes back: a red line.
    public var isCredit: Bool
    /// The tax in the amount, and its rate in ten-thousandths; `nil` where the platform does not say.
    public var tax: Money?
    public var taxRate: Int64?
    /// Whether it is for volume-based procurement.
    public var isVolumePurchase: Bool

    public init(
        platformInvoice: String = "", invoiceLine: String, code: String = "", number: String, date: CalendarDate? = nil,
        supplier: String,
        total: Money, reference: String, product: String, batch: String = "", packs: Int64, packPrice: Money, amount: Money,
        isCredit: Bool = false, tax: Money? = nil, taxRate: Int64? = nil, isVolumePurchase: Bool = false
    ) {
        self.platformInvoice = platformInvoice
        self.invoiceLine = invoiceLine
        self.code = code
        self.number = number
        self.date = date
        self.supplier = supplier
        self.total = total
        self.reference = reference
        self.product = product
        self.batch = batch
        self.packs = packs
        self.packPrice = packPrice
        self.amount = amount
        self.isCredit = isCredit
        self.tax = tax
        self.taxRate = taxRate
        self.isVolumePurchase = isVolumePurchase
    }
}
