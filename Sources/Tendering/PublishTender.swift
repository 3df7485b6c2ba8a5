import Audit
import Identity
import Parties
public import Postgres
public import Primitives

/// Asks companies to bid. Asking a company twice changes nothing.
public struct InviteSuppliers: Sendable {
    public var tender: TenderID
    public var companies: [CompanyID]

    public init(tender: TenderID, companies: [CompanyID]) {
        self.tender = tender
        self.companies = companies
    }

    /// - Throws: ``TenderingRefusal``: no such tender, neither draft nor published, bids closed; `PartiesRefusal` for a
    ///   company that is unknown or supplies nothing.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> [Invitation] {
        try principal.require(oneOf: [.procurementOfficer])
        let store = TenderingStore(transaction)
        let tender = try store.tender(tender, of: principal.consortium, lock: .exclusive)
        guard tender.state == .draft || tender.state == .published else {
            throw TenderingRefusal(.wrongState, "\(tender.number) is \(tender.state.rawValue)")
        }
        guard now < tender.bidsCloseAt else { throw TenderingRefusal(.bidsClosed, "bids closed at \(tender.bidsCloseAt)") }
        let parties = PartiesStore(transaction)
        for company in companies { _ = try parties.supplier(company) }
        try store.invite(Array(Set(companies)).sorted(), to: tender.id, in: principal.consortium, at: now)
        try AuditTrail(transaction).append(
            "tendering.invite", subject: "tender \(tender.id)", by: principal, at: now,
            detail: ["companies": companies.map(\.description).joined(separator: " ")])
        return try store.invitations(to: tender.id, in: principal.consortium)
    }
}

/// Shows a tender to those it invites; they may bid from now on.
public struct PublishTender: Sendable {
    public var tender: TenderID

    public init(tender: TenderID) { self.tender = tender }

    /// - Throws: ``TenderingRefusal``: no such tender, no draft, bids closed already, no package, nobody invited.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Tender {
        try principal.require(oneOf: [.procurementOfficer])
        let store = TenderingStore(transaction)
        let tender = try store.tender(tender, of: principal.consortium, lock: .exclusive)
        guard tender.state.after(.publish) != nil else {
            throw TenderingRefusal(.wrongState, "\(tender.number) is \(tender.state.rawValue)")
        }
        guard now < tender.bidsCloseAt else { throw TenderingRefusal(.bidsClosed, "bids closed at \(tender.bidsCloseAt)") }
        guard try !store.packages(of: tender.id, in: principal.consortium).isEmpty else {
            throw TenderingRefusal(.nothingToBidFor, tender.number)
        }
        guard try !store.invitations(to: tender.id, in: principal.consortium).isEmpty else {
            throw TenderingRefusal(.nobodyInvited, tender.number)
        }
        try store.move(tender, by: .publish, of: principal.consortium, at: now)
        try AuditTrail(transaction).append("tendering.publish", subject: "tender \(tender.id)", by: principal, at: now)
        return try store.tender(tender.id, of: principal.consortium)
    }
}

/// Ends a tender without awards; its sealed bids are never opened.
public struct CancelTender: Sendable {
    public var tender: TenderID
    public var reason: String

    public init(tender: TenderID, reason: String) {
        self.tender = tender
        self.reason = reason
    }

    /// - Throws: ``TenderingRefusal``: no such tender, no reason, awarded or cancelled already.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Tender {
        try principal.require(oneOf: [.procurementOfficer, .supervisor])
        let store = TenderingStore(transaction)
        let tender = try store.tender(tender, of: principal.consortium, lock: .exclusive)
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw TenderingRefusal(.reasonMissing, "why \(tender.number) is cancelled", field: "reason")
        }
        try store.move(tender, by: .cancel, of: principal.consortium, reason: reason, at: now)
        try AuditTrail(transaction).append(
            "tendering.cancel", subject: "tender \(tender.id)", by: principal, at: now, detail: ["reason": reason])
        return try store.tender(tender.id, of: principal.consortium)
    }
}
