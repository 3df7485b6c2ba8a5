import Primitives

extension Record {
    init(_ invoice: PlatformInvoice) {
        self.init(
            [
                .platformInvoice: .of(invoice.platformInvoice),
                .invoiceCode: .of(invoice.code),
                .invoiceNumber: .of(invoice.number),
                .invoiceDate: .of(invoice.date),
                .supplier: .of(invoice.supplier),
                .supplierName: .of(invoice.supplierName),
                .amount: .money(invoice.amount),
            ],
            lists: [.lines: invoice.deliveryLines.map { Record([.deliveryLine: .of($0)]) }])
    }

    init(_ settlement: PlatformSettlement) {
        self.init(
            [
                .settlement: .of(settlement.platformSettlement),
                .supplier: .of(settlement.supplier),
                .supplierName: .of(settlement.supplierName),
                .approval: .text(settlement.isApproved ? "yes" : "no"),
                .reason: .of(settlement.opinion),
                .lineCount: .integer(Int64(settlement.deliveryLines.count)),
            ],
            lists: [
                .lines: settlement.deliveryLines.enumerated().map { index, line in
                    Record([
                        .deliveryLine: .of(line), .lineNumber: .integer(Int64(index + 1)),
                        .deliveryNote: .of(settlement.notes.indices.contains(index) ? settlement.notes[index] : line),
                    ])
                }
            ])
    }

    init(_ statement: PlatformStatement) {
        self.init(
            [
                .period: .of(statement.period),
                .from: .day(statement.days.from),
                .through: .day(statement.days.through),
                .volumePurchase: .text(statement.isVolumePurchase ? "yes" : "no"),
                .invoiceCount: statement.suppliers.map(\.invoices).sum.map { .integer($0) }
                    ?? .untellable("is more than can be counted"),
                .amount: .of(statement.suppliers.map(\.amount.tenThousandths).sum.map { Money(tenThousandths: $0) }),
                .lineCount: .integer(Int64(statement.suppliers.count)),
            ],
            lists: [
                .lines: statement.suppliers.map {
                    Record([.supplier: .of($0.supplier), .invoiceCount: .integer($0.invoices), .amount: .money($0.amount)])
                }
            ])
    }
}
