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
    case invoice(PlatformInvoiceState)
    case deliveryNote(PlatformDeliveryNote)
    case statementLine(PlatformStatementLine)
    case deliveryPoint(PlatformPoint)
    case product(PlatformProduct)
    case supplier(PlatformSupplier)
    case upload(PlatformUploadRow)
}
