import Audit
import Formulary
import Identity
import Parties
public import Postgres
public import Primitives

/// Opens every sealed bid of a tender. A bid whose company no longer holds a valid licence is rejected with the reason.
public struct OpenBids: Sendable {
    public var tender: TenderID

    public init(tender: TenderID) { self.tender = tender }

    /// - Returns: the bids, opened; withdrawn ones too.
    /// - Throws: ``TenderingRefusal``: no such tender, not published, before its time.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> [Bid] {
        try principal.require(oneOf: [.procurementOfficer, .supervisor])
        let (store, bids) = (TenderingStore(transaction), BidsStore(transaction))
        let tender = try store.tender(tender, of: principal.consortium, lock: .exclusive)
        guard tender.state.after(.open) != nil else {
            throw TenderingRefusal(.wrongState, "\(tender.number) is \(tender.state.rawValue)")
        }
        guard now >= tender.opensAt else { throw TenderingRefusal(.openingTooEarly, "opening is at \(tender.opensAt)") }
        let sealed = try bids.bids(for: tender.id, in: principal.consortium).filter { $0.state == .sealed }
        let kinds = try ProductsStore(transaction).products(Array(Set(sealed.map(\.product)))).mapValues(\.kind)
        let parties = PartiesStore(transaction)
        let licences = try Dictionary(
            uniqueKeysWithValues: Set(sealed.map(\.company)).map { ($0, try parties.licences(of: $0)) })
        let today = now.businessDay
        let fit = sealed.filter { bid in
            guard let kind = kinds[bid.product] else { return false }
            return (licences[bid.company] ?? []).allowSupply(of: kind, on: today)
        }
        try bids.accept(fit.map(\.id), in: principal.consortium)
        let fitIDs = Set(fit.map(\.id))
        let reason = Reason("开标日 \(today) 没有有效的生产或经营许可证", "No valid licence on the day of opening, \(today)")
        for bid in sealed where !fitIDs.contains(bid.id) {
            try bids.move(bid, by: .reject, reason: reason, in: principal.consortium)
        }
        try store.move(tender, by: .open, of: principal.consortium, at: now)
        try AuditTrail(transaction).append(
            "tendering.open", subject: "tender \(tender.id)", by: principal, at: now,
            detail: ["valid": String(fit.count), "rejected": String(sealed.count - fit.count)])
        return try bids.bids(for: tender.id, in: principal.consortium)
    }
}
