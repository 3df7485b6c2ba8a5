import Primitives

extension Record {
    init(_ receipt: PlatformReceipt) {
        let isWhole = receipt.packsAccepted == receipt.packsDelivered
        let isCountable = receipt.packsAccepted >= 0 && receipt.packsRejected >= 0
        let partly: NeutralValue = .untellable("takes the packs of a delivery's line all or none, and some of them were accepted")
        let miscounted: NeutralValue = .untellable("is counted as less than none or more than was delivered")
        self.init(
            [
                .deliveryLine: .of(receipt.deliveryLine),
                .orderLine: .of(receipt.platformOrderLine),
                .supplier: .of(receipt.supplier),
                .product: .of(receipt.product),
                .productHead: NeutralValue.halves(of: receipt.product).head,
                .productTail: NeutralValue.halves(of: receipt.product).tail,
                .platformNote: .of(receipt.platformNote),
                .noteBarcode: .of(receipt.noteBarcode),
                .batch: .of(receipt.batch),
                .acceptedBatch: receipt.packsAccepted > 0 ? .of(receipt.batch) : .absent,
                .acceptance: isWhole ? .text("accepted") : receipt.packsAccepted == 0 ? .text("rejected") : partly,
                .packsDelivered: .integer(receipt.packsDelivered),
                .packsAccepted: isCountable ? .integer(receipt.packsAccepted) : miscounted,
                .packsRejected: isCountable ? .integer(receipt.packsRejected) : miscounted,
                .reason: .of(receipt.reason),
                .lineCount: .integer(1),
            ],
            lists: [.lines: [Record()]])
    }

    init(_ returned: PlatformReturn) {
        self.init(
            [
                .returnNumber: .of(returned.number),
                .platformReturn: .of(returned.platformReturn),
                .deliveryPoint: .of(returned.deliveryPoint),
                .supplier: .of(returned.supplier),
                .product: .of(returned.product),
                .productHead: NeutralValue.halves(of: returned.product).head,
                .productTail: NeutralValue.halves(of: returned.product).tail,
                .deliveryLine: .of(returned.deliveryLine),
                .batch: .of(returned.batch),
                .purchaseKind: .of(returned.purchaseKind),
                .packs: returned.packs > 0 ? .integer(returned.packs) : .untellable("is not above none"),
                .packPrice: .money(returned.packPrice),
                .amount: .of(returned.packPrice.times(returned.packs)),
                .reason: .of(returned.reason),
                .numberedReason: .of(returned.reason.isEmpty ? returned.number : "\(returned.number) \(returned.reason)"),
                .volumePurchase: .text(returned.isVolumePurchase ? "yes" : "no"),
                .from: .of(returned.appliedOn),
                .through: .of(returned.appliedOn?.adding(days: 1)),
                .lineNumber: .integer(1),
                .lineCount: .integer(1),
            ],
            lists: [.lines: [Record()]])
    }
}
