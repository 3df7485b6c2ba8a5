import Audit
import Foundation
import Identity
import Outbox
import PlatformMessages
public import Postgres
public import Primitives

/// Says that accepted invoices are paid. A platform that lists invoices is told of each; on one that has settlements, what is paid to
/// one supplier becomes one settlement: created, filled, submitted and examined one after the other.
public struct PayInvoices: Sendable {
    public var platform: String
    public var invoices: [SupplierInvoiceID]
    /// Invoices that are paid at once.
    public static let invoicesMost = 500

    public init(_ invoices: [SupplierInvoiceID], at platform: String) {
        self.platform = platform
        self.invoices = invoices
    }

    /// - Throws: `IdentityRefusal` for anyone but supervisors; ``PlatformExchangeRefusal``: none or too many invoices, no such
    ///   invoice, one that is not accepted, here and there, or was paid, one that the payer has accepted though it did not match; one
    ///   on a delivery that is not known, or is settled already.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> [SupplierInvoice] {
        try principal.require(oneOf: [.supervisor])
        guard (1...Self.invoicesMost).contains(invoices.count), Set(invoices).count == invoices.count else {
            throw PlatformExchangeRefusal(
                .invoicesInvalid, "1 to \(Self.invoicesMost) invoices, each once", field: "invoices")
        }
        let store = InvoicesStore(transaction, principal.consortium, platform)
        let due = try invoices.sorted().map { try payable($0, store, principal) }
        for invoice in due { try store.pay(invoice.id, by: principal.person, at: now) }
        for invoice in due.sorted(by: { $0.subject < $1.subject }) {
            try TellInvoice(invoice, .confirmPayment).run(in: transaction, for: principal.consortium, at: now)
        }
        let settled = Dictionary(grouping: due.filter { $0.origin == .deliveries }, by: \.supplier)
        for (supplier, invoices) in settled.sorted(by: { $0.key < $1.key }) {
            try settle(invoices, of: supplier, in: transaction, by: principal, at: now)
        }
        try AuditTrail(transaction).append(
            "platform-exchange.pay-invoices", subject: "platform \(platform)", by: principal, at: now,
            detail: ["invoices": due.map(\.subject).joined(separator: ", ")])
        return try due.map { try store.invoice($0.id) }
    }

    private func payable(_ id: SupplierInvoiceID, _ store: InvoicesStore, _ principal: Principal) throws -> SupplierInvoice {
        let invoice = try store.invoice(id, isToLock: true)
        guard invoice.state == .accepted else {
            throw PlatformExchangeRefusal(.invoiceNotAccepted, "\(invoice.subject) is \(invoice.state.rawValue)", field: "invoices")
        }
        guard invoice.paidAt == nil else { throw PlatformExchangeRefusal(.invoicePaid, invoice.subject, field: "invoices") }
        // Who lets a wrong invoice pass does not pay it.
        guard try store.decider(of: id) != principal.person else {
            throw PlatformExchangeRefusal(.payerAccepted, invoice.subject, field: "invoices")
        }
        guard invoice.origin == .deliveries || invoice.acceptedThereAt != nil else {
            throw PlatformExchangeRefusal(
                .invoiceNotAccepted, "\(platform) has not taken in that \(invoice.subject) is accepted", field: "invoices")
        }
        return invoice
    }

    private func settle(
        _ invoices: [SupplierInvoice], of supplier: String, in transaction: Transaction, by principal: Principal, at now: Instant
    ) throws {
        let store = SettlementsStore(transaction, principal.consortium, platform)
        let lines = try store.lines(of: invoices.map(\.id))
        // What a settlement does not name, the platform does not pay.
        guard !lines.isEmpty, try lines.count == store.count(of: invoices.map(\.id)) else {
            throw PlatformExchangeRefusal(
                .deliveriesNotSettled, invoices.map(\.subject).joined(separator: ", "), field: "invoices")
        }
        let name = try AccountsStore(transaction, principal.consortium).name(ofCompany: supplier, at: platform)
        let content = SettlementContent(
            number: try store.nextNumber(year: now.businessDay.year), supplier: supplier, supplierName: name ?? supplier,
            deliveryLines: lines.map(\.deliveryLine), notes: lines.map { $0.note.isEmpty ? $0.deliveryLine : $0.note })
        try store.insert(
            content, id: UUID.version7(at: now), amount: invoices.map(\.total).reduce(.zero, +), lines: lines, by: principal.person,
            at: now)
        for step in SettlementFacts.steps {
            try AnnounceFact(
                about: OutboxDocument(at: platform, key: content.number), kind: step.rawValue,
                businessKey: "\(content.number)/\(step.rawValue)", content: try JSON(content).jsonText
            ).run(in: transaction, for: principal.consortium, at: now)
        }
    }
}
