public import Primitives

/// A supplier's invoice that is accepted or paid.
public struct PlatformInvoice: Sendable, Hashable, Codable {
    /// The platform's number of it; empty where the platform has none.
    public var platformInvoice: String
    public var code: String
    public var number: String
    /// The day it bears; some platforms find an invoice only by it.
    public var date: CalendarDate?
    public var supplier: String
    public var supplierName: String
    public var amount: Money
    /// The platform's numbers of the delivery lines it is for.
    public var deliveryLines: [String]

    public init(
        platformInvoice: String = "", code: String = "", number: String, date: CalendarDate? = nil, supplier: String,
        supplierName: String = "", amount: Money,
        deliveryLines: [String] = []
    ) {
        self.platformInvoice = platformInvoice
        self.code = code
        self.number = number
        self.date = date
        self.supplier = supplier
        self.supplierName = supplierName
        self.amount = amount
        self.deliveryLines = deliveryLines
    }
}
