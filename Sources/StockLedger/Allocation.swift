public import Primitives

/// Chooses the batches that serve an issue, first expired first out.
///
/// `stock` holds each batch of one product in one store once, in any order. The picks come back in expiry order,
/// equal expiries in the order the batches became known, and add up to `quantity`. A batch that expires on `today`
/// is expired.
///
/// Units: base units of the product.
/// Source: rule R-EX-01, first expired first out with a hard stop for expired stock; WHO TRS 1025 (2020), annex 7.
///
/// - Precondition: `quantity` is positive and no batch is negative.
/// - Throws: ``StockLedgerRefusal`` with code `insufficientStock` when the usable batches hold less.
public func allocate(
    _ quantity: BaseUnits, from stock: [Pick], today: CalendarDate
) throws(StockLedgerRefusal) -> [Pick] {
    precondition(quantity > 0, "an issue takes something")
    let usable = stock.filter { $0.expiresOn > today && $0.quantity > 0 }
        .sorted { ($0.expiresOn, $0.batch) < ($1.expiresOn, $1.batch) }
    var open = quantity
    var picks: [Pick] = []
    for batch in usable where open > 0 {
        let taken = min(open, batch.quantity)
        picks.append(batch.with(taken))
        open -= taken
    }
    guard open == 0 else {
        let expired = stock.filter { $0.expiresOn <= today }.map(\.quantity).sum()
        let note = expired > 0 ? ", besides \(expired) expired" : ""
        throw StockLedgerRefusal(.insufficientStock, "\(quantity) asked, \(quantity - open) usable\(note)")
    }
    return picks
}
