import Audit
import Identity
public import Postgres
public import Primitives

/// Ends a price earlier than it says: an article is taken off the platform (撤网), a contract or an award is ended.
public struct EndPrice: Sendable {
    public var kind: PriceKind
    public var price: PriceID
    /// The last day on which it holds; before its first, and it has never held.
    public var lastDay: CalendarDate
    public var reason: String

    public init(kind: PriceKind, price: PriceID, lastDay: CalendarDate, reason: String) {
        self.kind = kind
        self.price = price
        self.lastDay = lastDay
        self.reason = reason
    }

    /// - Throws: ``PricesRefusal``: no reason, no such price of the consortium or its platform that counts, a day that is
    ///   not before its end.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.procurementOfficer])
        guard reason.saysSomething else { throw PricesRefusal(.reasonMissing, "why it ends", field: "reason") }
        let store = PricesStore(transaction)
        if kind.isPublished { try store.lockPublished() } else { try store.lockAgreed(of: principal.consortium) }
        guard let found = try store.price(price, kind, for: principal.consortium) else {
            throw PricesRefusal(.priceUnknown, "\(kind.rawValue) price \(price)", field: "price")
        }
        guard found.validThrough.map({ lastDay < $0 }) ?? true else {
            throw PricesRefusal(.periodInvalid, "\(found.validity) ends on \(lastDay)", field: "lastDay")
        }
        try store.supersede([price], areOf: kind.isPublished ? nil : principal.consortium, reason: reason, at: now)
        let rest = found.terms.during(Validity(from: found.validFrom, through: lastDay))
        if rest.validity.isSound {
            if let platform = found.platform {
                try store.publish(kind, on: platform, [(found.article, rest)], by: principal.person, at: now)
            } else if let company = found.company {
                let party = AgreedParty(company: company, tender: found.tender, package: found.package)
                try store.agree(kind, [(party, found.article, rest)], in: principal.consortium, by: principal.person, at: now)
            }
        }
        try AuditTrail(transaction).append(
            "prices.end", subject: "\(kind.rawValue) price \(price)", by: principal, at: now,
            detail: ["lastDay": lastDay.description, "reason": reason])
    }
}
