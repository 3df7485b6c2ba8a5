import Primitives

extension Record {
    init(_ order: PlatformOrder) {
        self.init(
            [
                .orderNumber: .of(order.number),
                .platformOrder: .of(order.platformOrder),
                .deliveryPoint: .of(order.deliveryPoint),
                .latestArrival: .of(order.latestArrival),
                .orderAmount: .of(order.amount),
                .lineCount: .integer(Int64(order.lines.count)),
                .change: Self.change(of: order.lines),
            ],
            lists: [.lines: order.lines.map { Record($0, key: order.key(of: $0)) }])
    }

    private init(_ line: PlatformOrderLine, key: String) {
        self.init([
            .lineKey: .of(key),
            .lineNumber: .integer(Int64(line.number)),
            .platformLine: .of(line.platformLine),
            .product: .of(line.product),
            .productHead: NeutralValue.halves(of: line.product).head,
            .productTail: NeutralValue.halves(of: line.product).tail,
            .supplier: .of(line.supplier),
            .supplierName: .of(line.supplierName),
            .packs: line.packs < 0 ? .untellable("is less than none") : .integer(line.packs),
            .packPrice: .money(line.packPrice),
            .purchaseKind: .of(line.purchaseKind),
            .note: .of(line.note),
            .keyedNote: .of(line.note.isEmpty ? key : "\(key) \(line.note)"),
        ])
    }

    /// Whether the lines of a change come to the order, `add`, or leave it, `remove`: they have no pack left.
    private static func change(of lines: [PlatformOrderLine]) -> NeutralValue {
        if lines.allSatisfy({ $0.packs == 0 }) { return .text("remove") }
        if lines.allSatisfy({ $0.packs > 0 }) { return .text("add") }
        return .untellable("has lines that come and lines that leave; they are told one after the other")
    }
}

extension PlatformOrder {
    /// What all lines cost; `nil` when it is more than an amount can be.
    var amount: Money? {
        let costs = lines.compactMap { $0.packPrice.times($0.packs)?.tenThousandths }
        guard costs.count == lines.count else { return nil }
        return costs.sum.map { Money(tenThousandths: $0) }
    }
}
