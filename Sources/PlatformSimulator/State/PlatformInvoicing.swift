import Primitives

/// Invoices for what was delivered, and for what goes back.
extension Platform {
    /// Invoices a delivery note: one invoice for volume-based procurement and one for the rest.
    mutating func invoice(_ note: Int, at now: Instant) {
        let isTwice = happens(suppliersSide.invoicesTwice)
        for _ in 0..<(isTwice ? 2 : 1) { invoiceOnce(note, at: now) }
    }

    private mutating func invoiceOnce(_ note: Int, at now: Instant) {
        for isOfAgreedVolume in [true, false] {
            let subjects = notes[note].shipments.filter {
                self.isOfAgreedVolume(line: shipments[$0].line) == isOfAgreedVolume && shipments[$0].acceptance != .rejected
            }
            guard !subjects.isEmpty else { continue }
            let index = issueInvoice(
                in: notes[note].book, by: notes[note].supplier, to: notes[note].deliveryPoint,
                isOfAgreedVolume: isOfAgreedVolume, at: now)
            for shipment in subjects {
                let subject = shipments[shipment]
                let line = lines[subject.line]
                let packs = subject.invoiced + (happens(suppliersSide.invoicesOtherQuantity) ? 1 : 0)
                let price = happens(suppliersSide.invoicesOtherPrice) ? line.price + Self.tooMuch : line.price
                addLine(
                    to: index, .shipment(shipment), line.product, subject.invoicedLot,
                    (subject.madeOn, subject.expiresOn), packs: packs, price: price, at: now)
                shipments[shipment].invoice = index
                touch(shipment, at: now)
            }
        }
    }

    /// What a pack costs more on an invoice that is wrong.
    private static let tooMuch = Money(tenThousandths: 1_000)

    /// Enters the invoice of a note of which all is decided.
    mutating func invoiceReceived(_ note: Int, at now: Instant) {
        guard suppliersSide.invoicesAfterReceipt, notes[note].shipments.allSatisfy({ !shipments[$0].acceptance.isWaiting }),
            happens(suppliersSide.invoices)
        else { return }
        agenda.enter(.invoice(note: note), at: now.adding(delay(suppliersSide.invoiceDelay)))
    }

    /// Invoices a return with negative amounts.
    mutating func invoiceReturn(_ index: Int, at now: Instant) {
        let goods = returns[index]
        let invoice = issueInvoice(
            in: goods.book, by: goods.supplier, to: goods.deliveryPoint, isOfAgreedVolume: goods.isOfAgreedVolume, at: now)
        addLine(
            to: invoice, .goodsReturn(index), goods.product, goods.lot, nil, packs: -goods.packs, price: goods.price, at: now)
        returns[index].invoice = invoice
    }

    /// Whether the line is bought under volume-based procurement: `CGLX` 6 (city price-volume), or a volume was agreed on.
    func isOfAgreedVolume(line: Int) -> Bool {
        lines[line].details.purchaseKind == "6" || catalogue.isAgreedVolume(lines[line].product, lines[line].supplier)
    }

    private mutating func issueInvoice(
        in book: Int, by supplier: String, to deliveryPoint: String, isOfAgreedVolume: Bool, at now: Instant
    ) -> Int {
        let index = invoices.count
        let id = number(.invoice(index), at: now)
        let number = DigitText.padded(id.serial, 8)
        invoices.append(
            Invoice(
                id: id, number: number, book: book, supplier: supplier, deliveryPoint: deliveryPoint, madeAt: now,
                isOfAgreedVolume: isOfAgreedVolume))
        change(book) { book in
            book.invoices.append(index)
            book.invoiceByNumber[number] = index
        }
        return index
    }

    private mutating func addLine(
        to invoice: Int, _ subject: InvoiceLine.Subject, _ product: String, _ lot: String,
        _ days: (madeOn: CalendarDate, expiresOn: CalendarDate)?, packs: Int64, price: Money, at now: Instant
    ) {
        let index = invoiceLines.count
        let id = number(.invoiceLine(index), at: now)
        let amount = price.times(packs) ?? .zero
        invoiceLines.append(
            InvoiceLine(
                id: id, invoice: invoice, subject: subject, product: product, lot: lot, madeOn: days?.madeOn,
                expiresOn: days?.expiresOn, packs: packs, price: price, amount: amount))
        invoices[invoice].lines.append(index)
        invoices[invoice].total += amount
        change(invoices[invoice].book) { $0.waitingInvoiceLines.append(index) }
    }

    /// The hospital has found the invoice good.
    mutating func accept(invoice: Int) {
        invoices[invoice].isAccepted = true
        let isLive = { [invoices, invoiceLines] (line: Int) in !invoices[invoiceLines[line].invoice].isAccepted }
        let count = invoices[invoice].lines.count
        change(invoices[invoice].book) { book in
            for _ in 0..<count { book.waitingInvoiceLines.end(isLive: isLive) }
        }
    }
}

extension Shipment {
    /// Packs that are invoiced: all of them, until it is known how many were accepted.
    fileprivate var invoiced: Int64 { if case .passed(let packs) = acceptance { packs } else { packs } }
}

extension InvoiceLine {
    /// Per cent. Assumed: that of medicines.
    static let taxRate: Int64 = 13

    /// Of a pack, without tax, to a ten-thousandth of a yuan.
    var priceWithoutTax: Money { Money(tenThousandths: Self.withoutTax(price.tenThousandths)) }
    var tax: Money { Money(tenThousandths: amount.tenThousandths - Self.withoutTax(amount.tenThousandths)) }

    /// Rounded to the nearest, halves away from zero.
    private static func withoutTax(_ value: Int64) -> Int64 {
        let divisor = 100 + taxRate
        return (value * 100 + (value < 0 ? -divisor / 2 : divisor / 2)) / divisor
    }
}
