import Identity
public import Postgres
public import Prices
public import Primitives
import Tendering

/// A line of an order that has not been sent, and cannot be sent from some day on.
public struct OrderLineAtRisk: Sendable, Hashable, Codable {
    public enum Cause: String, Sendable, Codable, CaseIterable {
        /// No price holds any more.
        case ended
        /// Another price rules.
        case differs
        case aboveCeiling = "above-ceiling"
    }

    public let order: OrderID
    public let orderNumber: String
    public let state: OrderState
    public let company: CompanyID
    public let line: Int
    public let article: ArticleID
    public let packPrice: Money
    /// The first day, from the one that was asked for, on which it would be refused.
    public let from: CalendarDate
    public let cause: Cause
    /// The price that stands in its way; the one that ended, or none was there at all.
    public let price: Price?
}

/// Which orders must be sent before a price ends or changes, or can be sent no more.
public struct OrdersAtRisk {
    private let transaction: Transaction

    public init(_ transaction: Transaction) { self.transaction = transaction }

    /// The lines of drafts and approved orders that would be refused on a day from `today` to `through`, oldest order first.
    ///
    /// - Parameters:
    ///   - serial: continues after the order of this place.
    ///   - limit: of orders looked at.
    /// - Returns: the lines at risk, and the place of the last order when there may be more.
    public func lines(
        today: CalendarDate, through: CalendarDate, after serial: Int64? = nil, limit: Int, for principal: Principal
    ) throws -> (lines: [OrderLineAtRisk], next: Int64?) {
        try principal.require(oneOf: [.procurementOfficer, .supervisor, .auditor])
        let store = OrdersStore(transaction, principal.consortium)
        let orders = try store.unsentOrders(after: serial, limit: limit)
        let lines = try store.lines(of: orders.map(\.id))
        let book = try PriceBook(
            of: lines.values.joined().map(\.article), for: principal.consortium, in: transaction)
        let atRisk = orders.flatMap { order in
            (lines[order.id] ?? []).compactMap { order.risk(of: $0, book, from: today, through: through) }
        }
        return (atRisk, orders.count == limit ? orders.last?.serial : nil)
    }
}

extension PurchaseOrder {
    /// The first day from `today` to `through` on which a line would be refused; `nil` when there is none.
    fileprivate func risk(
        of line: PurchaseOrderLine, _ book: PriceBook, from today: CalendarDate, through: CalendarDate
    ) -> OrderLineAtRisk? {
        // Verdicts change where a price begins, and on the day after one ends.
        let turns = book.prices(of: line.article).flatMap { price in
            [price.validFrom, price.validThrough.map { $0.adding(days: 1) }].compactMap { $0 }
        }
        for day in Set([today] + turns.filter { $0 > today && $0 <= through }).sorted() {
            let found: (cause: OrderLineAtRisk.Cause, price: Price?)
            switch book.verdict(on: line.askedPrice, from: company, tender: tender?.rawValue, on: day) {
            case .agrees: continue
            case .unknown where line.route.mayLackPrice: continue
            case .unknown(let ended): found = (.ended, ended)
            case .differs(let ruling): found = (.differs, ruling)
            case .aboveCeiling(let ceiling): found = (.aboveCeiling, ceiling)
            }
            return OrderLineAtRisk(
                order: id, orderNumber: number, state: state, company: company, line: line.number, article: line.article,
                packPrice: line.packPrice, from: day, cause: found.cause, price: found.price)
        }
        return nil
    }
}
