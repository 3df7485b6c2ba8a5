public import Primitives

/// A page of what a platform was asked for.
public struct PlatformPage: Sendable, Hashable {
    public var rows: [PlatformRow]
    /// Where the next page begins; `nil` when this was the last.
    public var next: String?

    public init(rows: [PlatformRow], next: String? = nil) {
        self.rows = rows
        self.next = next
    }
}

public enum PlatformPageReply: Sendable, Hashable {
    case page(PlatformPage)
    /// There is nothing of the kind, or not by this name.
    case unknown(PlatformComplaint)
    case refused(PlatformComplaint)
    case notNow(PlatformComplaint, after: Duration?)
    case needsToken
    case unclear(String)
}

public enum PlatformRow: Sendable, Hashable {
    case orderLine(PlatformOrderLineState)
    case deliveryLine(PlatformDeliveryLine)
    case invoiceLine(PlatformInvoiceLine)
    case returned(PlatformReturnState)
    case deliveryPoint(PlatformPoint)
    case product(PlatformProduct)
}

/// How a line of an order stands on the platform.
public struct PlatformOrderLineState: Sendable, Hashable, Codable {
    /// In the order in which a line goes through them; ``refused`` and ``void`` are ends.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        case draft, sent, confirmed, shipping, delivered, refused, void, closed
    }

    /// The platform's number of the line; empty when it does not say.
    public var platformLine: String
    public var platformOrder: String
    public var product: String
    public var packs: Int64?
    public var state: State
    public var remark: String

    public init(platformLine: String, platformOrder: String, product: String = "", packs: Int64? = nil, state: State, remark: String = "") {
        self.platformLine = platformLine
        self.platformOrder = platformOrder
        self.product = product
        self.packs = packs
        self.state = state
        self.remark = remark
    }
}

/// Packs of one batch that a supplier delivers for a line of an order.
public struct PlatformDeliveryLine: Sendable, Hashable, Codable {
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        case shipped, accepted, rejected, void
    }

    /// The platform's number.
    public var deliveryLine: String
    public var platformOrderLine: String
    /// Our number of the order, where the platform keeps it.
    public var orderNumber: String
    public var note: String
    public var noteBarcode: String
    public var supplier: String
    public var product: String
    public var batch: String
    public var madeOn: CalendarDate?
    public var expiresOn: CalendarDate?
    public var packs: Int64
    public var packsAccepted: Int64?
    public var packPrice: Money?
    public var state: State?

    public init(
        deliveryLine: String, platformOrderLine: String, orderNumber: String = "", note: String = "", noteBarcode: String = "",
        supplier: String, product: String, batch: String, madeOn: CalendarDate? = nil, expiresOn: CalendarDate? = nil, packs: Int64,
        packsAccepted: Int64? = nil, packPrice: Money? = nil, state: State? = nil
    ) {
        self.deliveryLine = deliveryLine
        self.platformOrderLine = platformOrderLine
        self.orderNumber = orderNumber
        self.note = note
        self.noteBarcode = noteBarcode
        self.supplier = supplier
        self.product = product
        self.batch = batch
        self.madeOn = madeOn
        self.expiresOn = expiresOn
        self.packs = packs
        self.packsAccepted = packsAccepted
        self.packPrice = packPrice
        self.state = state
    }
}

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

    public init(
        platformInvoice: String = "", invoiceLine: String, code: String = "", number: String, date: CalendarDate? = nil, supplier: String,
        total: Money, reference: String, product: String, batch: String = "", packs: Int64, packPrice: Money, amount: Money,
        isCredit: Bool = false
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
    }
}

/// How a return stands on the platform.
public struct PlatformReturnState: Sendable, Hashable, Codable {
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        case draft, waiting, agreed, refused, void
    }

    public var platformReturn: String
    public var deliveryLine: String
    public var packs: Int64
    public var state: State
    public var remark: String

    public init(platformReturn: String, deliveryLine: String, packs: Int64, state: State, remark: String = "") {
        self.platformReturn = platformReturn
        self.deliveryLine = deliveryLine
        self.packs = packs
        self.state = state
        self.remark = remark
    }
}

/// A delivery point or storehouse that the platform knows.
public struct PlatformPoint: Sendable, Hashable, Codable {
    public var code: String
    public var name: String
    public var address: String

    public init(code: String, name: String, address: String) {
        self.code = code
        self.name = name
        self.address = address
    }
}

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
        code: String, insuranceCode: String = "", approvalNumber: String = "", name: String, specification: String = "", price: Money? = nil,
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
