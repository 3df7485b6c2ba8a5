import Formulary
import Parties
import Postgres
import Primitives
import StockLedger

/// Stocks the lead facility's central store and sends two transfers out of it: one that has arrived, one still on its way.
///
/// It is recorded once, as ``LoadStoreHistory``.
struct LoadCentralStore: Sendable {
    private static let transferLines = 8

    let consortium: LoadedConsortium
    let store: Store
    /// What the consortium's formulary permits.
    let products: [CatalogueProduct]
    let days: ClosedRange<CalendarDate>

    /// - Returns: how many movements were recorded.
    /// - Throws: `StockLedgerRefusal` `alreadyRecorded` when they are there.
    func run(in transaction: Transaction) throws -> Int {
        let code = consortium.consortium.code
        guard let facility = consortium.facilities[store.facility] else {
            throw DemonstrationError.changed(consortium: code, lacks: "facility \(store.facility)")
        }
        let keeper = try consortium.principal("keeper-\(facility.code)")
        try ReceiveStock(
            store: store.id, lines: products.map(opening), from: .opening, document: "demonstration opening",
            requestID: StableNumber("central", code).uuid
        ).run(in: transaction, by: keeper, at: days.lowerBound.morning)
        let destinations = consortium.stores.filter { $0.kind == .pharmacy && $0.facility != store.facility }.suffix(2)
        let lines = products.filter { $0.specialControl == .none && FormularySelection.levels(of: $0).contains(.township) }
            .prefix(Self.transferLines).map { ProductQuantity(product: $0.id, quantity: BaseUnits($0.packSize * 10)) }
        guard !lines.isEmpty else { return 1 }
        var movements = 1
        for (number, destination) in destinations.enumerated() {
            let transfer = TransferID(StableNumber("transfer", code, destination.code).uuid)
            _ = try ShipTransfer(
                transfer: transfer, from: store.id, to: destination.id, lines: lines, reason: "基层短缺，中心药库调拨",
                requestID: StableNumber("ship", code, destination.code).uuid
            ).run(in: transaction, by: keeper, at: days.upperBound.adding(days: number - 3).morning)
            movements += 1
            guard number == 0, let facility = consortium.facilities[destination.facility] else { continue }
            try ReceiveTransfer(transfer: transfer, requestID: StableNumber("arrival", code, destination.code).uuid)
                .run(in: transaction, by: consortium.principal("keeper-\(facility.code)"), at: days.upperBound.evening)
            movements += 1
        }
        return movements
    }

    private func opening(_ product: CatalogueProduct) -> BatchQuantity {
        let draw = StableNumber("central", consortium.consortium.code, product.code)
        let made = days.lowerBound.firstOfMonth(addingMonths: -1 - draw.below(5))
        return BatchQuantity(
            batch: MakersBatch(of: product, made: made).key,
            quantity: BaseUnits(product.packSize * Int64(40 + draw.below(160))))
    }
}
