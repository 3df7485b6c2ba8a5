import Primitives

/// YY004: lines of invoices that are not accepted. YY007: invoices. YY008: the lines of one.
enum ShanghaiInvoices {
    @Sendable static func waiting(_ call: ShanghaiCall, _ platform: inout Platform, _ turn: inout Turn) throws(ShanghaiRefusal)
        -> ShanghaiAnswer
    {
        let main = try call.main([.may("YQBM", 20), .may("FPMXBH", 20)])
        try call.requireNoLines()
        let state = platform
        let supplier = main["YQBM"]
        let page = try ShanghaiPage(
            of: state.books[call.book].waitingInvoiceLines.items, after: main["FPMXBH"],
            serial: { state.invoiceLines[$0].id.serial },
            isWanted: { index in
                let invoice = state.invoices[state.invoiceLines[index].invoice]
                return !invoice.isAccepted && (supplier.isEmpty || invoice.supplier == supplier)
            }, call, &turn)
        let told = turn
        let rows = page.rows.map { index -> ShanghaiAnswer.Fields in
            let line = state.invoiceLines[index]
            let invoice = state.invoices[line.invoice]
            let subject = ShanghaiInvoiceSubject(line, state)
            return [
                ("FPH", invoice.number), ("FPRQ", told.told(invoice.madeAt).businessDay.digits),
                ("FPHSZJE", invoice.total.description), ("YQBM", invoice.supplier), ("YYBM", call.institution),
                ("PSDBM", invoice.deliveryPoint), ("DLSGBZ", invoice.isOfAgreedVolume ? "1" : "0"), ("FPBZ", ""),
                ("SFWPSFP", "0"), ("WPSFPSM", ""), ("FPMXBH", line.id.text(.shanghai)), ("SPLX", "1"),
                ("SFCH", subject.isReturn ? "1" : "0"), ("ZXSPBM", line.product), ("SCPH", line.lot),
                ("SCRQ", line.madeOn?.digits ?? ""), ("SPSL", String(line.packs)), ("GLMXBH", subject.number),
                ("XSDDH", subject.salesOrder), ("SXH", subject.key), ("YXRQ", line.expiresOn?.digits ?? ""),
                ("WSDJ", line.priceWithoutTax.description), ("HSDJ", line.price.description), ("SL", String(InvoiceLine.taxRate)),
                ("SE", line.tax.description), ("HSJE", line.amount.description), ("PFJ", line.price.description),
                ("LSJ", line.price.description), ("PZWH", ""),
            ]
        }
        return ShanghaiAnswer(main: page.main, lines: rows)
    }

    @Sendable static func invoices(_ call: ShanghaiCall, _ platform: inout Platform, _ turn: inout Turn) throws(ShanghaiRefusal)
        -> ShanghaiAnswer
    {
        let main = try call.main([.must("QSRQ", 8), .must("JZRQ", 8), .may("YQBM", 20), .may("FPID", 20)])
        try call.requireNoLines()
        let days = try ShanghaiDays(main, "QSRQ", "JZRQ", max: call.options.listDaysMax, "22001")
        let state = platform
        let page = try ShanghaiPage(
            of: days.part(of: state.books[call.book].invoices) { state.invoices[$0].madeAt }, after: main["FPID"],
            serial: { state.invoices[$0].id.serial },
            isWanted: { main["YQBM"].isEmpty || main["YQBM"] == state.invoices[$0].supplier }, call, &turn)
        let told = turn
        let rows = page.rows.map { index -> ShanghaiAnswer.Fields in
            let invoice = state.invoices[index]
            return [
                ("FPID", invoice.id.text(.shanghai)), ("FPH", invoice.number), ("YQBM", invoice.supplier),
                ("YQMC", state.catalogue.supplierName(invoice.supplier)), ("FPRQ", told.told(invoice.madeAt).businessDay.digits),
                ("FPHSZJE", invoice.total.description), ("YYBM", call.institution), ("PSDBM", invoice.deliveryPoint),
                ("DLCGBZ", invoice.isOfAgreedVolume ? "1" : "0"), ("FPBZ", ""), ("SFWPSFP", "0"), ("WPSFPSM", ""), ("FPZT", "10"),
            ]
        }
        return ShanghaiAnswer(main: page.main, lines: rows)
    }

    @Sendable static func lines(_ call: ShanghaiCall, _ platform: inout Platform, _ turn: inout Turn) throws(ShanghaiRefusal)
        -> ShanghaiAnswer
    {
        let main = try call.main([.must("FPID", 20), .may("FPMXBH", 20)])
        try call.requireNoLines()
        guard let invoice = platform.invoice(main["FPID"], in: call.book) else { throw ShanghaiRefusal("22007", "发票号不存在") }
        let state = platform
        let page = try ShanghaiPage(
            of: state.invoices[invoice].lines, after: main["FPMXBH"], serial: { state.invoiceLines[$0].id.serial }, call, &turn)
        let rows = page.rows.map { index -> ShanghaiAnswer.Fields in
            let line = state.invoiceLines[index]
            let subject = ShanghaiInvoiceSubject(line, state)
            return [
                ("FPMXBH", line.id.text(.shanghai)), ("SPLX", "1"), ("SFCH", subject.isReturn ? "1" : "0"),
                ("ZXSPBM", line.product), ("SCPH", line.lot), ("GLMXBH", subject.number), ("XSDDH", subject.salesOrder),
                ("JHDH", subject.plan), ("SXH", subject.key), ("SPSL", String(line.packs)),
                ("YXRQ", line.expiresOn?.digits ?? ""), ("KL", "100"), ("WSDJ", line.priceWithoutTax.description),
                ("HSDJ", line.price.description), ("SL", String(InvoiceLine.taxRate)), ("SE", line.tax.description),
                ("HSJE", line.amount.description), ("PFJ", line.price.description), ("LSJ", line.price.description),
            ]
        }
        return ShanghaiAnswer(main: page.main, lines: rows)
    }
}

/// What a line of an invoice is for.
struct ShanghaiInvoiceSubject {
    let isReturn: Bool
    /// `GLMXBH`: the order line's number, or the return's.
    let number: String
    /// `XSDDH`
    var salesOrder = ""
    /// `JHDH`
    var plan = ""
    /// `SXH`
    var key = ""

    init(_ line: InvoiceLine, _ platform: Platform) {
        switch line.subject {
        case .shipment(let index):
            let delivered = ShanghaiDeliveryLine(index, platform)
            isReturn = false
            number = delivered.order.id.text(.shanghai)
            salesOrder = delivered.salesOrder
            plan = delivered.document.hospitalKey
            key = delivered.order.key
        case .goodsReturn(let index):
            isReturn = true
            number = platform.returns[index].id.text(.shanghai)
        }
    }
}
