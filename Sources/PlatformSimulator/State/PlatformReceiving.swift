import Primitives

/// Deliveries accepted or refused by the hospital.
extension Platform {
    enum ReceiptDefect: Error, Equatable {
        /// The same has been said before.
        case isDone
        /// Something else has been said before.
        case isDifferent
        case moreThanShipped
    }

    /// What is wrong with accepting `packs` of a shipment; nil for nothing.
    func defect(ofReceiving packs: Int64, of shipment: Int) -> ReceiptDefect? {
        guard packs <= shipments[shipment].packs else { return .moreThanShipped }
        guard shipments[shipment].acceptance.isWaiting else {
            return shipments[shipment].received == packs ? .isDone : .isDifferent
        }
        return nil
    }

    /// Accepts `packs` of a shipment and refuses the rest; with 0, all of it.
    ///
    /// - Parameter lot: replaces the lot of the delivery; nil leaves it.
    mutating func receive(_ packs: Int64, of shipment: Int, lot: String? = nil, at now: Instant) {
        shipments[shipment].acceptance = packs > 0 ? .passed(packs: packs) : .rejected
        shipments[shipment].acceptedAt = now
        if let lot { shipments[shipment].lot = lot }
        let line = shipments[shipment].line
        lines[line].received += packs
        lines[line].waitingShipments -= 1
        move(packs, lines[line].product, lines[line].supplier)
        let goods = ReceivedGoods(supplier: lines[line].supplier, product: lines[line].product, lot: shipments[shipment].lot)
        let book = notes[shipments[shipment].note].book
        if packs > 0 { change(book) { $0.received[goods, default: []].append(shipment) } }
        endWaiting(in: book)
        touch(shipment, at: now)
        invoiceReceived(shipments[shipment].note, at: now)
    }

    private mutating func endWaiting(in book: Int) {
        let isLive = { [shipments] (index: Int) in shipments[index].acceptance.isWaiting }
        change(book) { $0.waitingShipments.end(isLive: isLive) }
    }

    /// Counts packs towards what was agreed on.
    mutating func move(_ packs: Int64, _ product: String, _ supplier: String) {
        if catalogue.isAgreedVolume(product, supplier) { movedVolumes[[product, supplier], default: 0] += packs }
    }
}
