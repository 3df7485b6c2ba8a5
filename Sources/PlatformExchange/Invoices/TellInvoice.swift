import Outbox
import PlatformMessages
import Postgres
import Primitives

/// Announces that an invoice is accepted or paid, to a platform that lists invoices.
struct TellInvoice {
    let invoice: SupplierInvoice
    let kind: PlatformFactKind

    init(_ invoice: SupplierInvoice, _ kind: PlatformFactKind) {
        self.invoice = invoice
        self.kind = kind
    }

    /// - Returns: the message; none where deliveries say what is invoiced.
    @discardableResult
    func run(in transaction: Transaction, for consortium: ConsortiumID, at now: Instant) throws -> OutboxMessageID? {
        guard invoice.origin == .invoices else { return nil }
        let content = PlatformInvoice(
            platformInvoice: invoice.platformInvoice, code: invoice.code, number: invoice.number, date: invoice.datedOn,
            supplier: invoice.supplier, amount: invoice.total)
        return try AnnounceFact(
            about: OutboxDocument(at: invoice.platform, key: invoice.subject), kind: kind.rawValue,
            businessKey: "\(invoice.subject)/\(kind.rawValue)", content: try JSON(content).jsonText
        ).run(in: transaction, for: consortium, at: now)
    }
}
