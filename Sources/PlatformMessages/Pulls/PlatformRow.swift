/// A page of what a platform was asked for.
public struct PlatformPage: Sendable, Hashable {
    public var rows: [PlatformRow]
    /// Where the next page begins; `nil` when this was the last.
    public var next: String?
    /// Rows that say what cannot be, among those of many things. They hide nothing of the others.
    public var unreadable: [PlatformUnreadableRow]

    public init(rows: [PlatformRow], next: String? = nil, unreadable: [PlatformUnreadableRow] = []) {
        self.rows = rows
        self.next = next
        self.unreadable = unreadable
    }
}

/// A row that cannot be understood.
public struct PlatformUnreadableRow: Sendable, Hashable {
    /// The platform's number of the thing it is about; empty when it has none.
    public var name: String
    /// The platform's field and what is wrong with it.
    public var reason: String

    public init(name: String, reason: String) {
        self.name = name
        self.reason = reason
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
    case invoice(PlatformInvoiceState)
    case deliveryNote(PlatformDeliveryNote)
    case statementLine(PlatformStatementLine)
    case deliveryPoint(PlatformPoint)
    case product(PlatformProduct)
    case supplier(PlatformSupplier)
    case upload(PlatformUploadRow)
}
