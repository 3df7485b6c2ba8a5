import Primitives

/// Settlements of what was accepted and returned.
extension Platform {
    enum SettlementDefect: Error, Equatable {
        case isAnothers
        case isNotAccepted
        case isSettled
    }

    mutating func settle(with supplier: String, in book: Int, at now: Instant) -> Int {
        let index = settlements.count
        let id = number(.settlement(index), at: now)
        settlements.append(Settlement(id: id, book: book, supplier: supplier, madeAt: now))
        return index
    }

    func defect(ofSettling shipment: Int, in settlement: Int) -> SettlementDefect? {
        guard lines[shipments[shipment].line].supplier == settlements[settlement].supplier else { return .isAnothers }
        guard shipments[shipment].received > 0 else { return .isNotAccepted }
        return shipments[shipment].settlement == nil ? nil : .isSettled
    }

    func defect(ofSettlingReturn goods: Int, in settlement: Int) -> SettlementDefect? {
        guard returns[goods].supplier == settlements[settlement].supplier else { return .isAnothers }
        guard returns[goods].stage == .agreed else { return .isNotAccepted }
        return returns[goods].settlement == nil ? nil : .isSettled
    }

    mutating func add(shipment: Int, to settlement: Int, at now: Instant) {
        settlements[settlement].shipments.append(shipment)
        settlements[settlement].received += lines[shipments[shipment].line].price.times(shipments[shipment].received) ?? .zero
        shipments[shipment].settlement = settlement
        touch(shipment, at: now)
    }

    mutating func add(goodsReturn: Int, to settlement: Int) {
        settlements[settlement].returns.append(goodsReturn)
        settlements[settlement].returned += returns[goodsReturn].price.times(returns[goodsReturn].packs) ?? .zero
        returns[goodsReturn].settlement = settlement
    }
}

extension Settlement {
    private static let base: Int64 = 20_000_000_000_000

    /// `payOrdId`: 14 digits, as in clients' tests.
    var number: String { String(Self.base + id.serial) }

    /// The serial in a number's text.
    static func serial(_ text: String) -> Int64? {
        guard text.utf8.count == 14, let number = Int64(text), number > base else { return nil }
        return number - base
    }
}
