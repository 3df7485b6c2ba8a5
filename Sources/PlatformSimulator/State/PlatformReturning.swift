import Primitives

/// Goods that go back.
extension Platform {
    /// What of the goods the hospital has and may send back, oldest first; nil when it is less than `packs`.
    func sources(of packs: Int64, _ goods: ReceivedGoods, in book: Int) -> [(shipment: Int, packs: Int64)]? {
        var rest = packs
        var sources: [(shipment: Int, packs: Int64)] = []
        for shipment in books[book].received[goods] ?? [] where rest > 0 {
            let taken = min(rest, shipments[shipment].received - shipments[shipment].returned)
            guard taken > 0 else { continue }
            sources.append((shipment, taken))
            rest -= taken
        }
        return rest == 0 ? sources : nil
    }

    /// A return as a face has understood it.
    struct ReturnDraft {
        /// Not empty, and found to be there.
        var sources: [(shipment: Int, packs: Int64)]
        /// Of a pack.
        var price: Money
        var reason: String
        var isOfAgreedVolume: Bool
        var deliveryPoint: String
    }

    /// Enters a return; in any stage but draft it is with the supplier at once.
    ///
    /// - Parameter replaced: a draft whose place and number it takes, and whose goods have been given back.
    mutating func enterReturn(
        _ draft: ReturnDraft, in book: Int, replacing replaced: Int? = nil, stage: GoodsReturn.Stage, at now: Instant
    ) -> Int {
        let index = replaced ?? returns.count
        let first = draft.sources[0].shipment
        let line = lines[shipments[first].line]
        let goods = GoodsReturn(
            id: replaced.map { returns[$0].id } ?? number(.goodsReturn(index), at: now), book: book, supplier: line.supplier,
            deliveryPoint: draft.deliveryPoint, product: line.product, lot: shipments[first].lot,
            packs: draft.sources.reduce(0) { $0 + $1.packs }, price: draft.price, reason: draft.reason,
            isOfAgreedVolume: draft.isOfAgreedVolume, madeAt: now, stage: stage, sources: draft.sources)
        if replaced == nil {
            returns.append(goods)
            change(book) { $0.returns.change(line.supplier) { $0.append(index) } }
        } else {
            returns[index] = goods
        }
        take(draft.sources, back: 1, at: now)
        if stage == .asked { ask(index, at: now) }
        return index
    }

    /// Withdraws a return that nobody has been asked about.
    mutating func voidReturn(_ index: Int, at now: Instant) {
        returns[index].stage = .void
        take(returns[index].sources, back: -1, at: now)
    }

    /// Has the supplier answer a return when its time has come.
    mutating func ask(_ index: Int, at now: Instant) {
        returns[index].stage = .asked
        agenda.enter(.answerReturn(index), at: now.adding(delay(suppliersSide.returnDelay)))
    }

    mutating func answerReturn(_ index: Int, at now: Instant) {
        returns[index].answeredAt = now
        if happens(suppliersSide.agreesToReturns) {
            returns[index].stage = .agreed
            move(-returns[index].packs, returns[index].product, returns[index].supplier)
            for source in returns[index].sources {
                shipments[source.shipment].takenBack += source.packs
                touch(source.shipment, at: now)
            }
            invoiceReturn(index, at: now)
        } else {
            returns[index].stage = .refused(reason: suppliersSide.reasons.randomElement(using: &random) ?? "")
            take(returns[index].sources, back: -1, at: now)
        }
    }

    /// Counts packs as on their way back, or with -1 no longer.
    mutating func take(_ sources: [(shipment: Int, packs: Int64)], back sign: Int64, at now: Instant) {
        for (shipment, packs) in sources {
            shipments[shipment].returned += sign * packs
            touch(shipment, at: now)
        }
    }
}
