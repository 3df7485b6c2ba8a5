import Primitives

/// A statement as JSON, piece by piece, so that it may be larger than anybody wants to hold at once.
///
/// The text is what `JSONEncoder` makes of a ``SimulatorStatement``, up to the order of names.
struct StatementText: Sendable {
    private enum Section: Int {
        case orders, deliveries, invoices, returns, settlements, rest, end
    }

    /// Bytes of a piece, unless one order alone has more.
    private static let pieceBytes = 64 << 10

    private let premises: Premises
    private var section = Section.orders
    private var index = 0

    init(_ premises: Premises) { self.premises = premises }

    /// The next piece; nil after the last.
    mutating func next() -> [UInt8]? {
        guard section != .end else { return nil }
        var text = JSONText()
        while section != .end, text.bytes.count < Self.pieceBytes { step(&text) }
        return text.bytes
    }

    private mutating func step(_ text: inout JSONText) {
        let platform = premises.platform
        switch section {
        case .orders: element(&text, "{\"orders\":[", platform.orders.count) { $0.put(platform.told(order: $1)) }
        case .deliveries: element(&text, ",\"deliveries\":[", platform.shipments.count) { $0.put(platform.told(shipment: $1)) }
        case .invoices: element(&text, ",\"invoices\":[", platform.invoices.count) { $0.put(platform.told(invoice: $1)) }
        case .returns: element(&text, ",\"returns\":[", platform.returns.count) { $0.put(platform.told(goodsReturn: $1)) }
        case .settlements:
            element(&text, ",\"settlements\":[", platform.settlements.count) { $0.put(platform.told(settlement: $1)) }
        case .rest:
            text.put(",\"agreedVolumes\":[")
            for (index, volume) in platform.toldAgreedVolumes().enumerated() {
                if index > 0 { text.put(",") }
                text.put(volume)
            }
            text.put("],\"requests\":")
            text.put(counts: premises.requests)
            text.put(",\"faults\":")
            text.put(counts: Dictionary(uniqueKeysWithValues: premises.dice.counts.map { ($0.key.rawValue, $0.value) }))
            text.put("}")
            section = .end
        case .end: break
        }
    }

    /// One element of a list, with what stands before and after it; nothing but that when there is none left.
    private mutating func element(_ text: inout JSONText, _ opening: String, _ count: Int, _ put: (inout JSONText, Int) -> Void) {
        if index == 0 { text.put(opening) }
        if index < count {
            if index > 0 { text.put(",") }
            put(&text, index)
            index += 1
        }
        guard index >= count else { return }
        text.put("]")
        section = Section(rawValue: section.rawValue + 1) ?? .end
        index = 0
    }
}
