import Outbox
import PlatformMessages
import Postgres
import Primitives

/// Invoices: that they are accepted, that they are paid.
struct InvoiceFacts: FactKeeper {
    let kinds: Set<PlatformFactKind> = [.acceptInvoice, .confirmPayment]

    func fact(
        of message: OutboxMessage, at platform: String, in transaction: Transaction, for consortium: ConsortiumID
    ) throws -> PlatformFact {
        let invoice: PlatformInvoice = try content(of: message)
        return PlatformFactKind(rawValue: message.kind) == .acceptInvoice ? .acceptInvoice(invoice) : .confirmPayment(invoice)
    }

    func keep(
        _ acknowledgement: PlatformAcknowledgement, of fact: PlatformFact, at platform: String, in transaction: Transaction,
        for consortium: ConsortiumID, at now: Instant
    ) throws {
        let invoices = InvoicesStore(transaction, consortium, platform)
        switch fact {
        case .acceptInvoice(let invoice): try invoices.acknowledgeAcceptance(InvoiceKey(invoice), at: now)
        case .confirmPayment(let invoice): try invoices.acknowledgePayment(InvoiceKey(invoice), at: now)
        default: break
        }
    }
}
