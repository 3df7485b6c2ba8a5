import Primitives
import Requisitions
import Tendering

/// What one award delivers to one store, and which requisition lines that serves.
struct OrderPart: Equatable {
    struct Served: Equatable {
        let requisition: RequisitionID
        let requisitionLine: Int
        /// Base units.
        var quantity: BaseUnits
    }

    let award: Award
    let facility: FacilityID
    let store: StoreID
    let packs: Int64
    let served: [Served]
}

/// Divides the shares of one pooled line over the awards of its package.
///
/// Stores are served largest first (then by their number), from the awards in the order of rank; an award is used up by
/// the shares it serves. Each store's part is rounded up to whole packs; what rounding brings more from one award is
/// counted when the next one serves the same store, so that a store never gets less than its shares, and what it gets
/// more is always less than one pack.
///
/// - Returns: the parts in the order they were filled, and the shares (or rests of shares) for which no award is left.
func divide(_ shares: [PoolShare], over awards: [Award]) -> (parts: [OrderPart], unserved: [PoolShare]) {
    let stores = Dictionary(grouping: shares, by: \.store).map { store, shares in
        (
            store: store, total: shares.map(\.quantity).sum(),
            shares: shares.sorted {
                ($0.requisition.description, $0.requisitionLine) < ($1.requisition.description, $1.requisitionLine)
            }
        )
    }.sorted { $0.total != $1.total ? $0.total > $1.total : $0.store < $1.store }
    var parts: [OrderPart] = []
    var unserved: [PoolShare] = []
    var current = 0
    var left = awards.first?.quantity ?? .zero
    for demand in stores {
        var surplus = BaseUnits.zero
        var firstPart: Int?
        for share in demand.shares {
            var rest = share.quantity
            while rest > .zero, current < awards.count {
                let taken = min(rest, left)
                let award = awards[current]
                let served = OrderPart.Served(
                    requisition: share.requisition, requisitionLine: share.requisitionLine, quantity: taken)
                let needed = taken > surplus ? taken - surplus : .zero
                let packs = needed.packs(of: award.packSize)
                surplus = surplus + BaseUnits(packs * award.packSize.rawValue) - taken
                if firstPart != nil, packs == 0 || parts.last?.award == award {
                    parts.append(parts.removeLast().adding(packs: packs, served: served))
                } else {
                    firstPart = parts.count
                    parts.append(
                        OrderPart(award: award, facility: share.facility, store: share.store, packs: packs, served: [served]))
                }
                rest -= taken
                left -= taken
                if left == .zero {
                    current += 1
                    left = current < awards.count ? awards[current].quantity : .zero
                }
            }
            if rest > .zero {
                unserved.append(
                    PoolShare(
                        requisition: share.requisition, requisitionLine: share.requisitionLine, facility: share.facility,
                        store: share.store, quantity: rest))
            }
        }
    }
    return (parts, unserved)
}

extension OrderPart {
    /// The same part with further packs and a further requisition line, or more of the last one.
    fileprivate func adding(packs more: Int64, served line: Served) -> OrderPart {
        var lines = served
        if let last = lines.last, last.requisition == line.requisition, last.requisitionLine == line.requisitionLine {
            lines[lines.count - 1].quantity += line.quantity
        } else {
            lines.append(line)
        }
        return OrderPart(award: award, facility: facility, store: store, packs: packs + more, served: lines)
    }
}
