import Foundation
import Postgres
import Primitives
import Requisitions
import StockLedger

/// What pharmacies have on order, and the work of asking, receiving and handing out to walk-in patients.
struct PharmacySupply {
    private struct Order {
        let pharmacy: Int
        let quantities: [ProductID: BaseUnits]
    }

    let world: SimulatedWorld
    let plan: SimulationPlan
    let suggestedBy: SuggestedBy
    /// Packs of each product that every pharmacy begins with.
    private static let openingPacks: Int64 = 12
    private var arriving: [Int: [Order]] = [:]
    private var onOrder: [[ProductID: BaseUnits]]

    init(world: SimulatedWorld, plan: SimulationPlan, suggestedBy: SuggestedBy) {
        self.world = world
        self.plan = plan
        self.suggestedBy = suggestedBy
        onOrder = world.stores.map { _ in [:] }
    }

    /// Puts the first stock into every pharmacy.
    func opening(at now: Instant) -> @Sendable (Transaction) throws -> Void {
        let packs = SimulatedWorld.packSize.rawValue * Self.openingPacks
        let quantities = Dictionary(uniqueKeysWithValues: world.products.map { ($0, BaseUnits(packs)) })
        let receipts = world.stores.indices.map { receipt(of: quantities, at: $0, now: now) }
        let keepers = world.keepers
        return { transaction in
            for (receipt, keeper) in zip(receipts, keepers) { try receipt.run(in: transaction, by: keeper, at: now) }
        }
    }

    /// The work of receiving what comes on a day.
    mutating func deliveries(on day: Int, at now: Instant) -> [@Sendable (Transaction) throws -> Void] {
        (arriving.removeValue(forKey: day) ?? []).map { order in
            for (product, quantity) in order.quantities { onOrder[order.pharmacy][product, default: 0] -= quantity }
            let receipt = receipt(of: order.quantities, at: order.pharmacy, now: now)
            let keeper = world.keepers[order.pharmacy]
            return { _ = try receipt.run(in: $0, by: keeper, at: now) }
        }
    }

    /// The work of asking for what is suggested.
    func asking(at pharmacy: Int, at now: Instant) -> @Sendable (Transaction) throws -> [ProductID: BaseUnits] {
        let strategy = ReplenishmentStrategy.reorderPoint(
            ReorderPoint(
                periodDays: plan.historyDays, leadTimeDays: plan.leadTimeDays.upperBound, reviewDays: plan.reviewDays,
                safetyPerMille: plan.safetyPerMille[suggestedBy] ?? 0))
        let opening = OpenRequisition(
            requisitionID: RequisitionID(.version7(at: now)), store: world.stores[pharmacy], scope: .emergency(world.products),
            strategy: strategy, onOrder: onOrder[pharmacy].filter { $0.value > 0 },
            refillsApart: suggestedBy == .dueInstalments)
        let (keeper, consortium) = (world.keepers[pharmacy], world.consortium)
        return { transaction in
            let opened = try opening.run(in: transaction, by: keeper, at: now)
            let lines = try RequisitionLinesStore(transaction, consortium).lines(of: opened.id)
            _ = try CancelRequisition(requisitionID: opened.id, version: opened.version, reason: "ordered at once")
                .run(in: transaction, by: keeper, at: now)
            return Dictionary(
                lines.map { ($0.product, $0.suggestion.quantity) }.filter { $0.1 > 0 }, uniquingKeysWith: { first, _ in first })
        }
    }

    mutating func ordered(_ quantities: [ProductID: BaseUnits], by pharmacy: Int, on day: Int) {
        guard !quantities.isEmpty else { return }
        onOrder[pharmacy].merge(quantities, uniquingKeysWith: +)
        let arrival = day + plan.leadTime(pharmacy: pharmacy, askedOn: day)
        arriving[arrival, default: []].append(Order(pharmacy: pharmacy, quantities: quantities))
    }

    /// The work of handing out to a walk-in patient.
    func issuing(_ quantity: BaseUnits, of product: Int, at pharmacy: Int, at now: Instant) -> @Sendable (Transaction) throws -> Void {
        let issue = IssueStock(
            store: world.stores[pharmacy],
            lines: [ProductQuantity(product: world.products[product], quantity: quantity, usedThrough: nil)],
            document: "walk-in", requestID: .version7(at: now))
        let keeper = world.keepers[pharmacy]
        return { _ = try issue.run(in: $0, by: keeper, at: now) }
    }

    private func receipt(of quantities: [ProductID: BaseUnits], at pharmacy: Int, now: Instant) -> ReceiveStock {
        let today = now.businessDay
        let lines = zip(world.products, world.articles).compactMap { product, article in
            quantities[product].map { quantity in
                BatchQuantity(
                    batch: BatchKey(
                        article: article, product: product, batchNumber: "B\(today)", expiresOn: today.adding(days: 540)),
                    quantity: quantity)
            }
        }
        return ReceiveStock(store: world.stores[pharmacy], lines: lines, document: "delivery", requestID: .version7(at: now))
    }
}

/// What all stores of a consortium hold for patients: available and reserved.
struct HeldStock {
    let transaction: Transaction

    func units(of consortium: ConsortiumID) throws -> Int64 {
        try transaction.first(
            """
            SELECT coalesce(sum(quantity), 0)::bigint AS units FROM stock_ledger.balance
             WHERE consortium_id = \(consortium) AND state IN ('available', 'reserved')
            """
        ) { try $0["units"] } ?? 0
    }
}
