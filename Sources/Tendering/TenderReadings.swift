import Identity
public import Postgres
public import Primitives

/// A tender with everything one reader may see of it.
public struct TenderDetail: Sendable, Hashable, Codable {
    public let tender: Tender
    public let packages: [TenderPackage]
    /// Whom it invites; to a supplier, only itself.
    public let invitations: [Invitation]
    /// How many bids are sealed; to a supplier, how many of its own.
    public let sealedBids: Int
    /// A supplier's own bids; everybody's once they are opened; before that nobody else's.
    public let bids: [Bid]
    /// The awards; to a supplier, its own.
    public let awards: [Award]
}

/// What pages and other modules ask about tenders. Before the opening no reading shows a price to anyone but its bidder.
public struct TenderReadings {
    private let store: TenderingStore
    private let bids: BidsStore

    public init(_ transaction: Transaction) {
        store = TenderingStore(transaction)
        bids = BidsStore(transaction)
    }

    /// Who may read tenders: those who run, approve or inspect them, and invited suppliers.
    private func requireReader(_ principal: Principal) throws {
        try principal.require(oneOf: [.procurementOfficer, .supervisor, .auditor, .supplier])
    }

    /// Tenders, newest first, `limit` at most, after the one with `serial`; to a supplier, those that invite it.
    ///
    /// - Throws: `IdentityRefusal` for a person who has nothing to do with tenders.
    public func tenders(
        in state: TenderState? = nil, after serial: Int64? = nil, limit: Int, for principal: Principal
    ) throws -> [Tender] {
        try requireReader(principal)
        return try store.tenders(
            of: principal.consortium, in: state, invited: principal.seesWholeConsortium ? nil : principal.company ?? CompanyID(0),
            after: serial, limit: limit)
    }

    /// - Throws: ``TenderingRefusal`` when there is no such tender, or it does not invite the supplier who asks.
    public func tender(_ id: TenderID, for principal: Principal) throws -> TenderDetail {
        try requireReader(principal)
        let consortium = principal.consortium
        let tender = try store.tender(id, of: consortium)
        let company = principal.seesWholeConsortium ? nil : principal.company ?? CompanyID(0)
        let invitations = try store.invitations(to: id, in: consortium).filter { company == nil || $0.company == company }
        if company != nil, invitations.isEmpty || tender.state == .draft {
            throw TenderingRefusal(.tenderUnknown, "tender \(id)")
        }
        let known = try bids.bids(for: id, by: company, in: consortium)
        let isOpened = try store.isOpened(id, in: consortium)
        return TenderDetail(
            tender: tender, packages: try store.packages(of: id, in: consortium), invitations: invitations,
            sealedBids: known.count { $0.state == .sealed },
            bids: company != nil || isOpened ? known : [],
            awards: try store.awards(of: id, to: company, in: consortium))
    }

    /// How each package's valid bids compare.
    ///
    /// - Throws: ``TenderingRefusal`` when there is no such tender, or it has not been opened.
    public func evaluations(of id: TenderID, for principal: Principal) throws -> [Evaluation] {
        try principal.require(oneOf: [.procurementOfficer, .supervisor, .auditor])
        let tender = try store.tender(id, of: principal.consortium)
        guard try store.isOpened(id, in: principal.consortium) else {
            throw TenderingRefusal(.wrongState, "\(tender.number) is \(tender.state.rawValue), not opened")
        }
        let offers = Dictionary(grouping: try bids.bids(for: id, in: principal.consortium), by: \.package)
        return try store.packages(of: id, in: principal.consortium).map { evaluate($0, offers: offers[$0.number] ?? []) }
    }

    /// What was awarded, in the order of packages and ranks, with the packages it is for: for the modules that order by it.
    ///
    /// - Throws: ``TenderingRefusal`` when there is no such tender, or it is not awarded.
    public func awards(of id: TenderID, in consortium: ConsortiumID) throws -> (packages: [TenderPackage], awards: [Award]) {
        let tender = try store.tender(id, of: consortium)
        guard tender.state == .awarded else {
            throw TenderingRefusal(.wrongState, "\(tender.number) is \(tender.state.rawValue), not awarded")
        }
        return (try store.packages(of: id, in: consortium), try store.awards(of: id, in: consortium))
    }
}
