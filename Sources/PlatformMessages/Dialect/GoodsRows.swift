import Primitives

extension RowMaking {
    /// - Parameter question: what the question was about, when it was about one line: a row about it need not repeat what was asked.
    func deliveryLine(of question: PlatformReceipt? = nil) throws(AnswerDefect) -> PlatformDeliveryLine {
        let number = row[.deliveryLine]?.text
        let asked = number == nil || number == question?.deliveryLine ? question : nil
        let state: PlatformDeliveryLine.State? = self.state == nil ? nil : try self.state(PlatformDeliveryLine.State.self)
        return PlatformDeliveryLine(
            deliveryLine: number ?? asked?.deliveryLine ?? "",
            platformOrderLine: row[.orderLine]?.text ?? asked?.platformOrderLine ?? "",
            orderNumber: orderNumber, platformNote: row[.platformNote]?.text ?? asked?.platformNote ?? "",
            note: text(.deliveryNote),
            noteBarcode: row[.noteBarcode]?.text ?? asked?.noteBarcode ?? "",
            supplier: row[.supplier]?.text ?? asked?.supplier ?? "",
            product: product ?? asked?.product ?? "", batch: row[.batch]?.text ?? asked?.batch ?? "", madeOn: row[.madeOn]?.day,
            expiresOn: row[.expiresOn]?.day, packs: try packs(.packs, or: question == nil ? nil : asked?.packsDelivered ?? 0),
            packsAccepted: try row[.packsAccepted]?.integer == nil ? nil : packs(.packsAccepted), packPrice: money(.packPrice),
            invoiceNumber: text(.invoiceNumber), state: state)
    }

    /// - Parameter note: the delivery note that was asked for. How much of a line was delivered, not every platform says here.
    func deliveryLine(of note: PlatformDeliveryNote) throws(AnswerDefect) -> PlatformDeliveryLine {
        var asked = PlatformReceipt(
            deliveryLine: text(.deliveryLine), supplier: note.supplier, product: "", batch: "", packsDelivered: 0, packsAccepted: 0)
        asked.platformNote = note.platformNote
        var line = try deliveryLine(of: asked)
        if line.note.isEmpty { line.note = note.note }
        return line
    }

    /// Ours, as the platform keeps it or as the note of the order's line begins with it.
    private var orderNumber: String {
        row[.orderNumber]?.text ?? Self.key(in: text(.keyedNote)).split(separator: "/").first.map(String.init) ?? ""
    }

    /// - Parameter question: what the question was about, when it was about one return.
    func returned(_ question: PlatformReturn?) throws(AnswerDefect) -> PlatformReturnState {
        let platformReturn = row[.platformReturn]?.text
        let asked = platformReturn == nil || platformReturn == question?.platformReturn ? question : nil
        return PlatformReturnState(
            platformReturn: platformReturn ?? asked?.platformReturn ?? "",
            number: text(.numberedReason).split(separator: " ").first.map(String.init) ?? asked?.number ?? "",
            deliveryLine: row[.deliveryLine]?.text ?? asked?.deliveryLine ?? "", packs: try packs(.packs, or: asked?.packs),
            state: try state(PlatformReturnState.State.self), remark: text(.remark))
    }

    /// - Parameter asked: what the question was about, when it was about one invoice.
    func invoice(_ asked: PlatformInvoice?) throws(AnswerDefect) -> PlatformInvoiceState {
        PlatformInvoiceState(
            platformInvoice: row[.platformInvoice]?.text ?? asked?.platformInvoice ?? "",
            code: row[.invoiceCode]?.text ?? asked?.code ?? "",
            number: row[.invoiceNumber]?.text ?? asked?.number ?? "", state: try state(PlatformInvoiceState.State.self),
            supplier: row[.supplier]?.text ?? asked?.supplier ?? "", date: row[.invoiceDate]?.day, total: money(.total))
    }

    /// In ten-thousandths, whether the platform writes 13 or 0.13.
    private var taxRate: Int64? {
        money(.taxRate).map { $0.tenThousandths >= 10_000 ? $0.tenThousandths / 100 : $0.tenThousandths }
    }

    /// - Parameter asked: the invoice, when the question was about one.
    func invoiceLine(_ asked: PlatformInvoice?) throws(AnswerDefect) -> PlatformInvoiceLine {
        guard let total = money(.total) ?? asked?.amount, let price = money(.packPrice), let amount = money(.amount),
            let packs = count(.packs)
        else { throw AnswerDefect("a row has no amount") }
        return PlatformInvoiceLine(
            platformInvoice: row[.platformInvoice]?.text ?? asked?.platformInvoice ?? "", invoiceLine: text(.invoiceLine),
            code: row[.invoiceCode]?.text ?? asked?.code ?? "", number: row[.invoiceNumber]?.text ?? asked?.number ?? "",
            date: row[.invoiceDate]?.day ?? asked?.date, supplier: row[.supplier]?.text ?? asked?.supplier ?? "", total: total,
            reference: text(.reference), product: product ?? "", batch: text(.batch), packs: packs, packPrice: price,
            amount: amount,
            isCredit: text(.credit) == "yes", tax: money(.tax), taxRate: taxRate,
            isVolumePurchase: text(.volumePurchase) == "yes")
    }
}
