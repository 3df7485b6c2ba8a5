import Primitives

/// YY003: lines of delivery notes that wait to be accepted. YY005: delivery notes. YY006: the lines of one.
enum ShanghaiDeliveries {
    @Sendable static func waiting(_ call: ShanghaiCall, _ platform: inout Platform, _ turn: inout Turn) throws(ShanghaiRefusal)
        -> ShanghaiAnswer
    {
        let main = try call.main([.may("YQBM", 20), .may("PSMXBH", 20)])
        try call.requireNoLines()
        let state = platform
        let supplier = main["YQBM"]
        let page = try ShanghaiPage(
            of: state.books[call.book].waitingShipments.items, after: main["PSMXBH"], serial: { state.shipments[$0].id.serial },
            isWanted: { index in
                let shipment = state.shipments[index]
                return shipment.acceptance.isWaiting && (supplier.isEmpty || state.notes[shipment.note].supplier == supplier)
            }, call, &turn)
        let told = turn
        let rows = page.rows.map { index -> ShanghaiAnswer.Fields in
            let line = ShanghaiDeliveryLine(index, state)
            return [
                ("PSDH", line.note.number), ("YQBM", line.note.supplier), ("PSDBM", line.note.deliveryPoint),
                ("CJRQ", told.told(line.note.madeAt).stroked), ("PSMXBH", line.shipment.id.text(.shanghai)),
                ("PSDTM", line.barcode), ("ZXLX", "1"), ("CGLX", line.order.details.purchaseKind),
                ("SPLX", line.order.details.goodsKind), ("YPLX", ""), ("ZXSPBM", line.order.product), ("CPM", line.name(state)),
                ("YPJX", ""), ("GG", ""), ("BZDWXZ", "1"), ("BZDWMC", "盒"), ("YYDWMC", "盒"), ("BZNHSL", "1"), ("SCQYMC", ""),
                ("SCPH", line.shipment.lot), ("SCRQ", line.shipment.madeOn.digits), ("YXRQ", line.shipment.expiresOn.digits),
                ("JHDH", line.document.hospitalKey), ("XSDDH", line.salesOrder), ("DDMXBH", line.order.id.text(.shanghai)),
                ("SXH", line.order.key), ("PSL", String(line.shipment.packs)),
            ]
        }
        return ShanghaiAnswer(main: page.main, lines: rows)
    }

    @Sendable static func notes(_ call: ShanghaiCall, _ platform: inout Platform, _ turn: inout Turn) throws(ShanghaiRefusal)
        -> ShanghaiAnswer
    {
        let main = try call.main([
            .must("QSRQ", 8), .must("JZRQ", 8), .may("YQBM", 20), .may("PSDH", 20), .may("PSDBM", 20), .may("PSDID", 20),
        ])
        try call.requireNoLines()
        let days = try ShanghaiDays(main, "QSRQ", "JZRQ", max: call.options.listDaysMax, "22001")
        let state = platform
        let page = try ShanghaiPage(
            of: days.part(of: state.books[call.book].notes) { state.notes[$0].madeAt }, after: main["PSDID"],
            serial: { state.notes[$0].id.serial },
            isWanted: { index in
                let note = state.notes[index]
                return (main["YQBM"].isEmpty || main["YQBM"] == note.supplier) && (main["PSDH"].isEmpty || main["PSDH"] == note.number)
                    && (main["PSDBM"].isEmpty || main["PSDBM"] == note.deliveryPoint)
            }, call, &turn)
        let told = turn
        let rows = page.rows.map { index -> ShanghaiAnswer.Fields in
            let note = state.notes[index]
            return [
                ("PSDID", note.id.text(.shanghai)), ("PSDH", note.number), ("CJRQ", told.told(note.madeAt).stroked),
                ("PSXS", String(note.shipments.count)), ("PSDZT", "10"),
            ]
        }
        return ShanghaiAnswer(main: page.main, lines: rows)
    }

    @Sendable static func lines(_ call: ShanghaiCall, _ platform: inout Platform, _ turn: inout Turn) throws(ShanghaiRefusal)
        -> ShanghaiAnswer
    {
        let main = try call.main([.must("PSDID", 20), .may("PSMXBH", 20)])
        try call.requireNoLines()
        guard let note = platform.note(main["PSDID"], in: call.book) else { throw ShanghaiRefusal("12022", "配送单不存在") }
        let state = platform
        let page = try ShanghaiPage(
            of: state.notes[note].shipments, after: main["PSMXBH"], serial: { state.shipments[$0].id.serial }, call, &turn)
        let rows = page.rows.map { index -> ShanghaiAnswer.Fields in
            let line = ShanghaiDeliveryLine(index, state)
            return [
                ("PSMXBH", line.shipment.id.text(.shanghai)), ("ZXLX", "1"), ("PSDTM", line.barcode),
                ("CGLX", line.order.details.purchaseKind), ("SPLX", line.order.details.goodsKind), ("YPLX", ""),
                ("ZXSPBM", line.order.product), ("CPM", line.name(state)), ("YPJX", ""), ("GG", ""), ("BZDWMC", "盒"),
                ("YYDWMC", "盒"), ("BZNHSL", "1"), ("SCQYMC", ""), ("SCPH", line.shipment.lot),
                ("SCRQ", line.shipment.madeOn.digits), ("YXRQ", line.shipment.expiresOn.digits), ("XSDDH", line.salesOrder),
                ("DDMXBH", line.order.id.text(.shanghai)), ("JHDH", line.document.hospitalKey), ("SXH", line.order.key),
                ("PSL", String(line.shipment.packs)), ("PSDMXZT", ShanghaiState.of(shipment: line.shipment)),
            ]
        }
        return ShanghaiAnswer(main: page.main, lines: rows)
    }
}

/// A line of a delivery note with what it belongs to.
struct ShanghaiDeliveryLine {
    let shipment: Shipment
    let note: DeliveryNote
    let order: OrderLine
    let document: Order

    init(_ index: Int, _ platform: Platform) {
        shipment = platform.shipments[index]
        note = platform.notes[shipment.note]
        order = platform.lines[shipment.line]
        document = platform.orders[order.order]
    }

    /// `PSDTM`, one for each note.
    var barcode: String { Self.barcode(note) }

    static func barcode(_ note: DeliveryNote) -> String { "TM" + note.id.text(.shanghai) }

    /// `XSDDH`
    var salesOrder: String { "XS" + document.id.text(.shanghai) }

    func name(_ platform: Platform) -> String { platform.catalogue.productName(order.product) }
}

/// A span of days that a message asks for.
struct ShanghaiDays {
    let first: CalendarDate
    let last: CalendarDate

    /// - Parameter code: what a longer span than `max` days is refused with.
    init(_ fields: ShanghaiFields, _ first: String, _ last: String, max: Int, _ code: String) throws(ShanghaiRefusal) {
        self.first = try fields.day(first)
        self.last = try fields.day(last)
        guard self.first <= self.last else { throw .format("\(first)晚于\(last)") }
        guard self.last.days(since: self.first) <= max else { throw ShanghaiRefusal(code, "日期范围超过\(max)天") }
    }

    /// The part of a list in the order of time that lies in these days.
    func part(of items: [Int], at: (Int) -> Instant) -> ArraySlice<Int> {
        let start = items.start { at($0) >= first.start }
        let end = items.start { at($0) >= last.adding(days: 1).start }
        return items[start..<max(start, end)]
    }
}
