import Primitives

/// ZJ9659 return apply, ZJ9660 return list.
enum ZhejiangReturns {
    /// Each row becomes a return of its own; its number is found with ZJ9660. Asking again asks for more: there is no key of the
    /// caller's to know it by.
    @Sendable static func apply(_ call: ZhejiangCall, _ platform: inout Platform, _ turn: inout Turn) throws(ZhejiangRefusal)
        -> ZhejiangAnswer
    {
        let fields = try call.fields(["retnRea", "list"])
        let reason = try fields.text("retnRea")
        var wanted: [(shipment: Int, packs: Int64)] = []
        var known: Set<Int> = []
        for element in try fields.list("list") {
            let fields = try ZhejiangData(element, ["shpId", "retnCnt"])
            let id = try fields.text("shpId")
            guard let shipment = platform.shipment(id, in: call.book), known.insert(shipment).inserted else {
                throw .business("shpId不存在或重复：\(id)")
            }
            guard let packs = DecimalText.packs(try fields.number("retnCnt")) else { throw .business("retnCnt应为大于0的整数：\(id)") }
            guard packs <= platform.shipments[shipment].received - platform.shipments[shipment].returned else {
                throw .business("retnCnt大于可退数量：\(id)")
            }
            wanted.append((shipment, packs))
        }
        for (shipment, packs) in wanted {
            let line = platform.shipments[shipment].line
            let draft = Platform.ReturnDraft(
                sources: [(shipment, packs)], price: platform.lines[line].price, reason: reason,
                isOfAgreedVolume: platform.isOfAgreedVolume(line: line),
                deliveryPoint: platform.orders[platform.lines[line].order].deliveryPoint)
            _ = platform.enterReturn(draft, in: call.book, stage: .asked, at: turn.now)
        }
        return .done([])
    }

    @Sendable static func list(_ call: ZhejiangCall, _ platform: inout Platform, _ turn: inout Turn) throws(ZhejiangRefusal)
        -> ZhejiangAnswer
    {
        let names: Set<String> = ["delventpCode", "startMedinsRetnTime", "endMedinsRetnTime", "retnChkStas"]
        let fields = try call.fields(ZhejiangPage.fields.union(names))
        let from = try fields.moment("startMedinsRetnTime")
        let to = try fields.moment("endMedinsRetnTime").map { $0.adding(.microseconds(999_999)) }
        let state = try fields.optionalWhole("retnChkStas")
        let returns = platform.books[call.book].returns[try fields.optionalText("delventpCode")]
        let start = from.map { from in returns.start { platform.returns[$0].madeAt >= from } } ?? 0
        let end = to.map { to in returns.start { platform.returns[$0].madeAt > to } } ?? returns.count
        var found = start < end ? Array(returns[start..<end]) : []
        if let state { found.removeAll { self.state(platform.returns[$0]) != state } }
        let told = turn
        return try ZhejiangPage.of(found, fields, call, &platform, &turn) { row($1, $0, call, told) }
    }

    /// `retnChkStas`: 1 pending, 2 confirmed, 3 refused.
    private static func state(_ goods: GoodsReturn) -> Int64 {
        switch goods.stage {
        case .draft, .void, .asked: 1
        case .agreed: 2
        case .refused: 3
        }
    }

    /// `retnCode` is what a settlement calls it.
    static func code(_ goods: GoodsReturn) -> String { "I_R" + goods.id.text(.zhejiang) }

    private static func row(_ index: Int, _ platform: Platform, _ call: ZhejiangCall, _ turn: Turn) -> [JSONValue.Member] {
        let goods = platform.returns[index]
        let shipment = platform.shipments[goods.sources[0].shipment]
        let line = platform.lines[shipment.line]
        let part = platform.orders[line.order].parts.first { $0.supplier == line.supplier }?.id.text(.zhejiang) ?? ""
        var refusal = ""
        if case .refused(let reason) = goods.stage { refusal = reason }
        let isAgreed = goods.stage == .agreed
        return [
            .init("retnId", .string(goods.id.text(.zhejiang))), .init("retnCode", .string(code(goods))),
            .init("ordCode", .string("D" + part)), .init("ordDetlId", .string(line.sentID?.text(.zhejiang) ?? "")),
            .init("shpCode", .string(ZhejiangShipments.code(shipment))), .init("shpId", .string(shipment.id.text(.zhejiang))),
            .init("medinsCode", .string(call.institution)), .init("medinsName", .string(call.institution)),
            .init("delventpCode", .string(goods.supplier)),
            .init("delventpName", .string(platform.catalogue.supplierName(goods.supplier))), .init("admorgCode", ""),
            .init("admorgName", ""), .init("prodId", .string(goods.product)),
            .init("prodName", .string(platform.catalogue.productName(goods.product))), .init("shpCnt", .number(shipment.packs)),
            .init("shpPric", .number(goods.price)), .init("shppCnt", .number(shipment.received)),
            .init("retnCnt", .number(goods.packs)), .init("rtnbCnt", .number(isAgreed ? goods.packs : 0)),
            .init("hospListId", .string(goods.product)), .init("retnChkStas", .string(String(state(goods)))),
            .init("medinsRetnRea", .string(goods.reason)), .init("delventpFailRea", .string(refusal)),
            .init("medinsRetnTime", .string(goods.madeAt, turn)),
            .init("delventpPassTime", .string(isAgreed ? goods.answeredAt : nil, turn)),
            .init("delventpFailTime", .string(refusal.isEmpty ? nil : goods.answeredAt, turn)), .init("cnclTime", ""),
            .init("manuLotnum", .string(goods.lot)),
            .init("returnInvoiceId", .string(goods.invoice.map { platform.invoices[$0].id.text(.zhejiang) } ?? "")),
            .init("pubonlnRsltId", .string(goods.product)),
        ]
    }
}
