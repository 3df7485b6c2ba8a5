extension Record {
    init(_ stock: PlatformStock) {
        self.init(
            [.moment: .moment(stock.at), .lineCount: .integer(Int64(stock.lines.count))],
            lists: [
                .lines: stock.lines.enumerated().map { index, line in
                    Record([
                        .lineNumber: .integer(Int64(index + 1)),
                        .product: .of(line.product),
                        .ownCode: .of(line.ownCode),
                        .articleKind: .of(line.articleKind),
                        .deliveryPoint: .of(line.deliveryPoint),
                        .packs: line.packs < 0 ? .untellable("is less than none") : .integer(line.packs),
                        .unit: .of(line.unit),
                    ])
                }
            ])
    }

    init(_ assortment: PlatformAssortment) {
        self.init(
            [.lineCount: .integer(Int64(assortment.lines.count))],
            lists: [
                .lines: assortment.lines.enumerated().map { index, line in
                    Record([
                        .lineNumber: .integer(Int64(index + 1)),
                        .product: .of(line.product),
                        .supplier: .of(line.supplier),
                        .supplierName: .of(line.supplierName),
                    ])
                }
            ])
    }

    init(_ inquiry: PlatformInquiry) {
        self.init([
            .inquiry: .of(inquiry.platformInquiry),
            .product: .of(inquiry.product),
            .ownCode: .of(inquiry.ownCode),
            .articleKind: .of(inquiry.articleKind),
            .from: .day(inquiry.days.from),
            .through: .day(inquiry.days.through),
            .note: .of(inquiry.note),
        ])
    }
}
