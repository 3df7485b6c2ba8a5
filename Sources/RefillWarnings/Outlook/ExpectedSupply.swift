import Distribution
import PooledProcurement
public import Primitives
import StockLedger

/// A quantity of a product that is there, or will be from a day on.
public struct ExpectedSupply: Sendable, Hashable {
    /// Today for what is there.
    public let arrivesOn: CalendarDate
    /// On this day and after it it is not used; `nil` when nobody knows yet, and then it lasts.
    public let expiresOn: CalendarDate?
    /// Base units.
    public let quantity: BaseUnits

    public init(arrivesOn: CalendarDate, expiresOn: CalendarDate?, quantity: BaseUnits) {
        self.arrivesOn = arrivesOn
        self.expiresOn = expiresOn
        self.quantity = quantity
    }

    func isThere(on day: CalendarDate) -> Bool { arrivesOn <= day }

    /// Whether it may still be used on a day.
    func lasts(through day: CalendarDate) -> Bool { expiresOn.map { $0 > day } ?? true }
}

/// Says when what is on its way or asked for will be there.
///
/// A day that somebody has told counts: that of an announced shipment, else the one the supplier promised for the order. Where
/// none was told ``WarningTerms`` say one. What did not come on its day is not expected today, but some days from now. What
/// arrives on a day serves who needs it on that day.
struct ExpectedArrivals {
    let terms: WarningTerms
    let today: CalendarDate

    /// The day on which something is expected that was told, or reckoned, for a day.
    func day(_ told: CalendarDate) -> CalendarDate { told >= today ? told : today.adding(days: terms.overdueDays) }

    /// The day on which what is open of an order and not announced is expected.
    func day(of order: OpenOrderLine) -> CalendarDate {
        if let promised = order.expectedOn { return day(promised) }
        return day((order.sentAt?.businessDay ?? today).adding(days: terms.orderDays))
    }

    /// Everything by product.
    ///
    /// - Parameters:
    ///   - requested: approved, or pooled and not ordered yet.
    func supplies(
        available: [Pick], transferred: [Pick], announced: [AnnouncedGoods], ordered: [OpenOrderLine],
        requested: [[ProductID: BaseUnits]]
    ) -> [ProductID: [ExpectedSupply]] {
        var supplies: [ProductID: [ExpectedSupply]] = [:]
        func expect(_ quantity: BaseUnits, of product: ProductID, on day: CalendarDate, expiring: CalendarDate? = nil) {
            guard quantity > 0 else { return }
            supplies[product, default: []].append(
                ExpectedSupply(arrivesOn: day, expiresOn: expiring, quantity: quantity))
        }
        for batch in available { expect(batch.quantity, of: batch.product, on: today, expiring: batch.expiresOn) }
        for batch in transferred {
            expect(
                batch.quantity, of: batch.product, on: today.adding(days: terms.transferDays), expiring: batch.expiresOn)
        }
        // What was announced before its order was cancelled, closed or changed will be rejected.
        var open = Dictionary(ordered.map { (OrderLine($0.order, $0.line), $0) }, uniquingKeysWith: { first, _ in first })
        for goods in announced.sorted(by: { $0.expectedOn < $1.expectedOn }) {
            let key = OrderLine(goods.order, goods.orderLine)
            guard let line = open[key] else { continue }
            let packs = min(goods.packs, line.packs)
            expect(
                BaseUnits(packs * line.packSize.rawValue), of: goods.product, on: day(goods.expectedOn), expiring: goods.expiresOn)
            open[key] = line.less(packs)
        }
        for line in ordered {
            let rest = open[OrderLine(line.order, line.line)]?.packs ?? 0
            expect(BaseUnits(rest * line.packSize.rawValue), of: line.product, on: day(of: line))
        }
        for product in requested.joined() {
            expect(product.value, of: product.key, on: today.adding(days: terms.requestDays))
        }
        return supplies
    }

    private struct OrderLine: Hashable {
        let order: OrderID
        let line: Int

        init(_ order: OrderID, _ line: Int) {
            self.order = order
            self.line = line
        }
    }
}

extension OpenOrderLine {
    fileprivate func less(_ announced: Int64) -> OpenOrderLine {
        OpenOrderLine(
            order: order, line: line, product: product, packSize: packSize, packs: packs - announced, sentAt: sentAt,
            expectedOn: expectedOn)
    }
}
