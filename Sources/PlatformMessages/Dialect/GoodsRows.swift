import Primitives

extension RowMaking {
    /// - Parameter asked: what the question was about, when it was about one line: an answer that is one row says nothing of it but its
    ///   state.
    func deliveryLine(of asked: PlatformReceipt? = nil) throws(AnswerDefect) -> PlatformDeliveryLine {
        PlatformDeliveryLine(
            deliveryLine: row[.deliveryLine]?.text ?? asked?.deliveryLine ?? "",
            platformOrderLine: row[.orderLine]?.text ?? asked?.platformOrderLine ?? "", orderNumber: text(.orderNumber),
            note: text(.deliveryNote), noteBarcode: text(.noteBarcode), supplier: row[.supplier]?.text ?? asked?.supplier ?? "",
            product: row[.product]?.text ?? asked?.product ?? "", batch: row[.batch]?.text ?? asked?.batch ?? "",
            madeOn: row[.madeOn]?.day, expiresOn: row[.expiresOn]?.day,
            packs: try row[.packs]?.integer == nil ? asked?.packsDelivered ?? 0 : packs(.packs),
            packsAccepted: try row[.packsAccepted]?.integer == nil ? nil : packs(.packsAccepted), packPrice: money(.packPrice),
            state: try state.map { _ throws(AnswerDefect) in try state(PlatformDeliveryLine.State.self) })
    }

    func returned(_ asked: PlatformReturn?) throws(AnswerDefect) -> PlatformReturnState {
        let number = text(.numberedReason).split(separator: " ").first.map(String.init) ?? ""
        return PlatformReturnState(
            platformReturn: row[.platformReturn]?.text ?? asked?.platformReturn ?? "", number: number,
            deliveryLine: row[.deliveryLine]?.text ?? asked?.deliveryLine ?? "",
            packs: try row[.packs]?.integer == nil ? asked?.packs ?? 0 : packs(.packs),
            state: try state(PlatformReturnState.State.self),
            remark: text(.remark))
    }

    func invoice(asked: PlatformInvoice) throws(AnswerDefect) -> PlatformInvoiceState {
        PlatformInvoiceState(
            platformInvoice: row[.platformInvoice]?.text ?? asked.platformInvoice, code: row[.invoiceCode]?.text ?? asked.code,
            number: row[.invoiceNumber]?.text ?? asked.number, state: try state(PlatformInvoiceState.State.self))
    }

    func invoiceLine() throws(AnswerDefect) -> PlatformInvoiceLine {
        guard let total = money(.total), let price = money(.packPrice), let amount = money(.amount), let packs = count(.packs)
        else {
            throw AnswerDefect("a row has no amount")
        }
        return PlatformInvoiceLine(
            platformInvoice: text(.platformInvoice), invoiceLine: text(.invoiceLine), code: text(.invoiceCode),
            number: text(.invoiceNumber), date: row[.invoiceDate]?.day, supplier: text(.supplier), total: total,
            reference: text(.reference), product: text(.product), batch: text(.batch), packs: packs, packPrice: price,
            amount: amount,
            isCredit: text(.credit) == "yes")
    }
}
