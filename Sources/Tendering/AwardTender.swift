import Audit
import Identity
public import Postgres
import Prices
public import Primitives

/// A package awarded otherwise than evaluated, with the reason in writing.
public struct AwardDeviation: Sendable, Hashable, Codable {
    public struct Part: Sendable, Hashable, Codable {
        public let bid: BidID
        /// Base units.
        public let quantity: BaseUnits

        public init(bid: BidID, quantity: BaseUnits) {
            self.bid = bid
            self.quantity = quantity
        }
    }

    public let package: Int
    /// Who gets how much, best first; empty when nobody is to win the package.
    public let parts: [Part]
    public let reason: String

    public init(package: Int, parts: [Part], reason: String) {
        self.package = package
        self.parts = parts
        self.reason = reason
    }
}

/// Awards every package of an opened tender: as evaluated, but for the packages that deviate. The awarded prices hold from
/// the day of the award.
public struct AwardTender: Sendable {
    public var tender: TenderID
    public var deviations: [AwardDeviation]
    /// The last day on which the awarded prices hold; `nil` leaves the end open.
    public var validThrough: CalendarDate?

    public init(tender: TenderID, deviations: [AwardDeviation] = [], validThrough: CalendarDate? = nil) {
        self.tender = tender
        self.deviations = deviations
        self.validThrough = validThrough
    }

    /// - Throws: ``TenderingRefusal``: no such tender, not opened, a deviation for an unknown package, without a reason,
    ///   to a bid that is not valid for the package or stands twice, or for more than was asked or offered;
    ///   `PricesRefusal`: prices that end before today, a price above the platform's ceiling today.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> [Award] {
        try principal.require(oneOf: [.procurementOfficer, .supervisor])
        let (store, bids) = (TenderingStore(transaction), BidsStore(transaction))
        let tender = try store.tender(tender, of: principal.consortium, lock: .exclusive)
        guard tender.state.after(.award) != nil else {
            throw TenderingRefusal(.wrongState, "\(tender.number) is \(tender.state.rawValue)")
        }
        let packages = try store.packages(of: tender.id, in: principal.consortium)
        let offers = try bids.bids(for: tender.id, in: principal.consortium)
        let decision = try decideAwards(packages, offers: offers, deviations: deviations)
        try store.insert(decision.awards, of: tender.id, in: principal.consortium)
        try bids.keepReasons(decision.refused, in: principal.consortium)
        try store.move(tender, by: .award, of: principal.consortium, at: now)
        try RecordAwardedPrices(
            tender: tender.id.rawValue, validity: Validity(from: now.businessDay, through: validThrough), source: tender.number,
            prices: decision.awards.map { award in
                AwardedPrice(
                    package: award.package, company: award.company, article: award.article, packPrice: award.packPrice,
                    packSize: award.packSize)
            }
        ).run(in: transaction, by: principal, at: now)
        try AuditTrail(transaction).append(
            "tendering.award", subject: "tender \(tender.id)", by: principal, at: now,
            detail: [
                "awards": String(decision.awards.count),
                "deviations": deviations.map { "package \($0.package): \($0.reason)" }.joined(separator: "; "),
            ])
        return decision.awards
    }
}

/// Turns evaluations and deviations into awards, and gives every valid bid without one its reason.
func decideAwards(
    _ packages: [TenderPackage], offers: [Bid], deviations: [AwardDeviation]
) throws(TenderingRefusal) -> (awards: [Award], refused: [(bid: BidID, reason: Reason)]) {
    var awards: [Award] = []
    var refused: [(bid: BidID, reason: Reason)] = []
    for (index, deviation) in deviations.enumerated() {
        guard packages.contains(where: { $0.number == deviation.package }),
            !deviations[..<index].contains(where: { $0.package == deviation.package })
        else {
            throw TenderingRefusal(.packageUnknown, "package \(deviation.package)", field: "deviations[\(index)].package")
        }
        guard deviation.reason.contains(where: { !$0.isWhitespace }) else {
            throw TenderingRefusal(.reasonMissing, "package \(deviation.package)", field: "deviations[\(index)].reason")
        }
    }
    let offersByPackage = Dictionary(grouping: offers, by: \.package)
    for package in packages {
        let valid = (offersByPackage[package.number] ?? []).filter { $0.state == .valid }
        let evaluation = evaluate(package, offers: valid)
        let deviation = deviations.first { $0.package == package.number }
        let parts = deviation?.parts ?? evaluation.winners.map { AwardDeviation.Part(bid: $0.bid, quantity: $0.quantity) }
        if deviation != nil { try requireAwardable(parts, of: package, offers: valid) }
        for (rank, part) in parts.enumerated() {
            guard let bid = valid.first(where: { $0.id == part.bid }) else { continue }
            let evaluated = evaluation.placings.first { $0.bid == part.bid }?.reason
            let reason = deviation.map { Reason(written: $0.reason) } ?? evaluated ?? Reason("按评审结果", "As evaluated")
            awards.append(
                Award(
                    package: package.number, number: rank + 1, bid: bid.id, company: bid.company, article: bid.article,
                    quantity: part.quantity, packPrice: bid.packPrice, packSize: bid.packSize,
                    isDeviation: deviation != nil, reason: reason))
        }
        for placing in evaluation.placings where !parts.contains(where: { $0.bid == placing.bid }) {
            let reason = deviation.map {
                Reason(
                    "评审排名第 \(placing.rank)，未按评审结果授予：\($0.reason)",
                    "Ranked \(placing.rank); awarded otherwise than evaluated: \($0.reason)")
            }
            refused.append((placing.bid, reason ?? placing.reason))
        }
    }
    return (awards, refused)
}

private func requireAwardable(
    _ parts: [AwardDeviation.Part], of package: TenderPackage, offers: [Bid]
) throws(TenderingRefusal) {
    let field = "deviations"
    var left = package.terms.quantity
    for (index, part) in parts.enumerated() {
        guard let bid = offers.first(where: { $0.id == part.bid }), !parts[..<index].contains(where: { $0.bid == part.bid })
        else { throw TenderingRefusal(.awardNotOfAValidBid, "bid \(part.bid) for package \(package.number)", field: field) }
        guard part.quantity.isEnterable, part.quantity <= bid.offeredQuantity, part.quantity <= left else {
            throw TenderingRefusal(
                .awardExceedsQuantity,
                "package \(package.number): \(part.quantity) of \(left) left, \(bid.offeredQuantity) offered", field: field)
        }
        left -= part.quantity
    }
}
