import Formulary
import Parties
import Postgres
import Primitives
import StockLedger

/// What a store has and uses, read once for all products, and the lines that follow from it.
struct StoreFigures {
    let permitted: Set<ProductID>
    private let available: [ProductID: BaseUnits]
    private let inTransit: [ProductID: BaseUnits]
    private let onOrder: [ProductID: BaseUnits]
    private let expectedRefills: [ProductID: BaseUnits]
    private let refills: RefillDemand
    private let consumption: [ProductID: Consumption]
    private let strategy: ReplenishmentStrategy

    /// - Parameters:
    ///   - onOrder: what is pooled or ordered for the store and not yet received; what other requisitions of the store
    ///     have approved and nobody has pooled yet is added here.
    ///   - refillsApart: whether the consortium's long prescriptions are reckoned apart from the statistics.
    ///   - expectedRefills: what long prescriptions need besides those of the consortium, which are read here.
    /// - Throws: ``RequisitionsRefusal`` `requisitions.quantity-invalid` for a negative or too large quantity.
    init(
        of store: Store, in consortium: ConsortiumID, strategy: ReplenishmentStrategy, onOrder: [ProductID: BaseUnits],
        expectedRefills: [ProductID: BaseUnits], refillsApart: Bool = true, transaction: Transaction, today: CalendarDate
    ) throws {
        for (field, quantities) in [("onOrder", onOrder), ("expectedRefills", expectedRefills)] {
            for (product, quantity) in quantities where quantity < 0 || quantity > BaseUnits.entryMax {
                throw RequisitionsRefusal(.quantityInvalid, "\(quantity) of product \(product)", field: field)
            }
        }
        let level = try PartiesStore(transaction).facility(store.facility, of: consortium).level
        let requisitions = RequisitionsStore(transaction, consortium)
        permitted = try requisitions.permittedProducts(at: level, on: today)
        let stock = StockReadings(transaction)
        available = try stock.available(in: store.id, of: consortium, today: today)
        inTransit = try stock.inTransit(to: store.id, of: consortium)
        consumption = try stock.consumption(
            in: store.id, of: consortium, from: today.adding(days: -strategy.periodDays), through: today.adding(days: -1))
        self.onOrder = onOrder.merging(try requisitions.approvedNotPooled(for: store.id), uniquingKeysWith: +)
        self.expectedRefills = expectedRefills
        refills =
            refillsApart
            ? try RefillDemand(at: store.id, of: consortium, strategy: strategy, transaction: transaction, today: today)
            : RefillDemand(figures: [:], taken: [:], consumed: [:])
        self.strategy = strategy
    }

    /// Every product the store may ask for, has, expects or has used in the period.
    var products: Set<ProductID> {
        permitted.union(available.keys).union(inTransit.keys).union(onOrder.keys).union(expectedRefills.keys)
            .union(refills.products).union(consumption.lazy.filter { $0.value.consumed != 0 }.map(\.key))
    }

    /// The lines of products, in their order, numbered from `firstNumber`.
    func lines(_ products: [OrderableProduct], from firstNumber: Int) -> [RequisitionLine] {
        products.enumerated().map { index, product in
            let figures = figures(of: product)
            return RequisitionLine(
                number: firstNumber + index, product: product.id, figures: figures,
                suggestion: permitted.contains(product.id) ? strategy.suggestion(for: figures) : Self.notPermitted)
        }
    }

    private func figures(of product: OrderableProduct) -> ProductFigures {
        let id = product.id
        let used = consumption[id] ?? Consumption(consumed: 0, squares: 0, stockOutDays: 0)
        let others = refills.others(used, of: id)
        return ProductFigures(
            history: DemandHistory(
                consumed: others.consumed, squares: others.squares, periodDays: strategy.periodDays,
                stockOutDays: used.stockOutDays),
            position: StockPosition(onHand: available[id] ?? 0, inTransit: inTransit[id] ?? 0, onOrder: onOrder[id] ?? 0),
            refills: refills.figures(of: id, besides: expectedRefills[id] ?? 0), pack: product.pack)
    }

    /// What is said of a product that stands on the requisition only because the store has it.
    private static let notPermitted = Suggestion(
        quantity: .zero,
        explanation: Phrase(
            "不在本级机构现行用药目录内，不可请领。", "Not in the formulary in force at the facility's level: it cannot be requested."))
}

/// A product with the pack it is bought in.
struct OrderableProduct: Sendable, Hashable {
    let id: ProductID
    let pack: PurchasePack
}
