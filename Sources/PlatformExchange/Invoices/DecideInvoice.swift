import Audit
import Identity
import PlatformMessages
public import Postgres
public import Primitives

/// A person decides about an invoice that does not match by itself: it is accepted all the same, or it is not, with a reason. What was
/// accepted and is not paid is rejected after all when its platform has refused the acceptance.
///
/// Its open differences are settled by the decision. No platform is told of a rejection: the supplier takes the invoice back with
/// one that has negative amounts, or voids it.
public struct DecideInvoice: Sendable {
    public enum Decision: String, Sendable, Codable, CaseIterable {
        case accept, reject
    }

    public var invoice: SupplierInvoiceID
    public var platform: String
    public var decision: Decision
    public var reason: String

    public init(_ invoice: SupplierInvoiceID, at platform: String, _ decision: Decision, reason: String) {
        self.invoice = invoice
        self.platform = platform
        self.decision = decision
        self.reason = reason
    }

    /// - Throws: `IdentityRefusal` for anyone but procurement officers and supervisors; ``PlatformExchangeRefusal``: no reason, no
    ///   such invoice, decided already.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> SupplierInvoiceDetail {
        try principal.require(oneOf: [.procurementOfficer, .supervisor])
        guard reason.saysSomething else {
            throw PlatformExchangeRefusal(.reasonMissing, "Say why it is decided so.", field: "reason")
        }
        let invoices = InvoicesStore(transaction, principal.consortium, platform)
        let found = try invoices.invoice(invoice, isToLock: true)
        // Unless its platform has refused to hear so, what was decided stays.
        let isRefusedThere = try decision == .reject && invoices.acceptanceIsRefused(found)
        guard found.state == .waiting || isRefusedThere else {
            throw PlatformExchangeRefusal(.invoiceDecided, "\(found.subject) is \(found.state.rawValue)")
        }
        try invoices.decide(invoice, decision == .accept ? .accepted : .rejected, by: principal.person, reason: reason, at: now)
        let differences = DifferencesStore(transaction, principal.consortium, platform)
        let lines = try invoices.lines(of: [invoice])[invoice] ?? []
        for line in lines.map(\.line) + [""] {
            try differences.settle(found.subject(ofLine: line), by: principal.person, reason: reason, at: now)
        }
        if decision == .accept { try TellInvoice(found, .acceptInvoice).run(in: transaction, for: principal.consortium, at: now) }
        try AuditTrail(transaction).append(
            "platform-exchange.\(decision.rawValue)-invoice", subject: found.subject, by: principal, at: now,
            detail: ["platform": platform, "reason": reason, "total": "\(found.total)"])
        return try invoices.detail(invoice)
    }
}
