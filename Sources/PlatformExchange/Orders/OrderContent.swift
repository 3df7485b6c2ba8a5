import PlatformMessages
import PooledProcurement
import Primitives

/// What a message about an order says, in our own numbers; the platform's codes are looked up when it is told.
struct OrderContent: Sendable, Hashable, Codable {
    struct Line: Sendable, Hashable, Codable {
        let number: Int
        let article: ArticleID
        let packs: Int64
        let packPrice: Money
    }

    let order: OrderID
    let number: String
    let company: CompanyID
    let store: StoreID
    /// Some platforms close an order that has not come by then.
    let latestArrival: CalendarDate?
    let lines: [Line]

    /// - Parameter asOrdered: whether packs count that were cancelled since.
    init(_ order: PurchaseOrder, lines: [PurchaseOrderLine], asOrdered: Bool = false) {
        self.order = order.id
        number = order.number
        company = order.company
        store = order.store
        latestArrival = nil
        self.lines = lines.map {
            Line(
                number: $0.number, article: $0.article, packs: asOrdered ? $0.packsOrdered : $0.packsOrdered - $0.packsCancelled,
                packPrice: $0.packPrice)
        }
    }
}
