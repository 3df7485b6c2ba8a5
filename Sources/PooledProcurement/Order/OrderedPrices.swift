import Postgres
import Prices
import Primitives
import Tendering

extension PurchaseRoute {
    /// Whether something may be bought this way for which no price is on record: it is for what the platform does not
    /// list, or not at a price of its own. A price that is on record rules on every route.
    ///
    /// Source: rules of listing and off-contract purchase (直接挂网, 备案采购, 应急采购, 线下).
    public var mayLackPrice: Bool {
        switch self {
        case .awarded, .selected, .listed: false
        case .directListing, .record, .emergency, .offline: true
        }
    }
}

extension PurchaseOrderLine {
    var askedPrice: AskedPrice { asked(at: packPrice) }

    func asked(at price: Money) -> AskedPrice { AskedPrice(article: article, packPrice: price, packSize: packSize) }
}

extension PriceBook {
    /// Refuses a line at another price than the one that rules on `day`.
    ///
    /// - Parameter price: what a pack is to cost; the line's own price unless told.
    /// - Throws: ``PooledProcurementRefusal``: above the ceiling, another price rules, none holds and the route needs one;
    ///   each with the line, what was asked, and the price with its kind, days and source.
    func require(
        _ line: PurchaseOrderLine, at price: Money? = nil, from company: CompanyID, tender: TenderID?, on day: CalendarDate,
        field: String
    ) throws(PooledProcurementRefusal) {
        let asked = line.asked(at: price ?? line.packPrice)
        let what = "line \(line.number), article \(line.article): \(asked.packPrice) for \(asked.packSize) on \(day)"
        switch verdict(on: asked, from: company, tender: tender?.rawValue, on: day) {
        case .agrees: break
        case .aboveCeiling(let ceiling):
            throw PooledProcurementRefusal(.priceAboveCeiling, "\(what); \(ceiling.sentence)", field: field)
        case .differs(let ruling):
            throw PooledProcurementRefusal(.priceDiffers, "\(what); \(ruling.sentence)", field: field)
        case .unknown(let ended):
            guard !line.route.mayLackPrice else { break }
            let last = ended.map { "; the last was the \($0.sentence)" } ?? ""
            throw PooledProcurementRefusal(.priceNotOnRecord, "\(what)\(last)", field: field)
        }
    }
}
