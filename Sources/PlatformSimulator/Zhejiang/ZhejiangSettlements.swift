import Primitives

/// Settlements: ZJ9666 create, ZJ9667 add lines, ZJ9668 submit, ZJ9669 examine.
///
/// The values of `chkStas` were not found. Assumed: any when submitted; when examined 2 passes and any other sends it back.
/// `chkOpen` is taken for the opinion of who examined it.
enum ZhejiangSettlements {
    @Sendable static func create(_ call: ZhejiangCall, _ platform: inout Platform, _ turn: inout Turn) throws(ZhejiangRefusal)
        -> ZhejiangAnswer
    {
        let fields = try call.fields(["delvEntpCode", "delvEntpName"])
        let supplier = try fields.text("delvEntpCode")
        guard platform.catalogue.knowsSupplier(supplier) else { throw .business("delvEntpCode不存在") }
        _ = try fields.text("delvEntpName")
        let settlement = platform.settle(with: supplier, in: call.book, at: turn.now)
        return .done([.init("payOrdId", .string(platform.settlements[settlement].number))])
    }

    /// A line is a shipment's `shpCode` or a return's `retnCode`. There is no result of a line, so all are taken or none; that is
    /// assumed.
    @Sendable static func add(_ call: ZhejiangCall, _ platform: inout Platform, _ turn: inout Turn) throws(ZhejiangRefusal)
        -> ZhejiangAnswer
    {
        let fields = try call.fields(["payOrdId", "list"])
        let index = try known(fields, call, platform)
        guard platform.settlements[index].stage == .draft else { throw .business("结算单已提交") }
        var shipments: [Int] = []
        var returns: [Int] = []
        for element in try fields.list("list") {
            let code = try ZhejiangData(element, ["payyDetlId"]).text("payyDetlId")
            let number = String(code.dropFirst(3))
            if code.hasPrefix("I_S"), let shipment = platform.shipment(number, in: call.book), !shipments.contains(shipment) {
                try require(platform.defect(ofSettling: shipment, in: index), code)
                shipments.append(shipment)
            } else if code.hasPrefix("I_R"), let goods = platform.goodsReturn(number, in: call.book), !returns.contains(goods) {
                try require(platform.defect(ofSettlingReturn: goods, in: index), code)
                returns.append(goods)
            } else {
                throw .business("payyDetlId不存在或重复：\(code.prefix(40))")
            }
        }
        for shipment in shipments { platform.add(shipment: shipment, to: index, at: turn.now) }
        for goods in returns { platform.add(goodsReturn: goods, to: index) }
        let settlement = platform.settlements[index]
        return .done([
            .init("shppAmt", .number(settlement.received)), .init("payOrderAmount", .number(settlement.total)),
            .init("retnAmt", .number(settlement.returned)), .init("payOrdId", .string(settlement.number)),
        ])
    }

    @Sendable static func submit(_ call: ZhejiangCall, _ platform: inout Platform, _ turn: inout Turn) throws(ZhejiangRefusal)
        -> ZhejiangAnswer
    {
        let fields = try call.fields(["payOrdId", "chkStas"])
        _ = try fields.whole("chkStas")
        let index = try known(fields, call, platform)
        guard platform.settlements[index].stage == .draft else { throw .business("结算单已提交") }
        guard !platform.settlements[index].shipments.isEmpty || !platform.settlements[index].returns.isEmpty else {
            throw .business("结算单没有明细")
        }
        platform.settlements[index].stage = .submitted
        return .done([])
    }

    @Sendable static func examine(_ call: ZhejiangCall, _ platform: inout Platform, _ turn: inout Turn) throws(ZhejiangRefusal)
        -> ZhejiangAnswer
    {
        let fields = try call.fields(["payOrdId", "chkOpen", "chkStas"])
        _ = try fields.optionalText("chkOpen")
        let isPassed = try fields.whole("chkStas") == 2
        let index = try known(fields, call, platform)
        guard platform.settlements[index].stage == .submitted else { throw .business("结算单未提交或已审核") }
        platform.settlements[index].stage = isPassed ? .passed : .draft
        return .done([])
    }

    private static func known(_ fields: ZhejiangData, _ call: ZhejiangCall, _ platform: Platform) throws(ZhejiangRefusal) -> Int {
        guard let index = platform.settlement(try fields.text("payOrdId"), in: call.book) else { throw .business("payOrdId不存在") }
        return index
    }

    private static func require(_ defect: Platform.SettlementDefect?, _ code: String) throws(ZhejiangRefusal) {
        switch defect {
        case nil: return
        case .isAnothers: throw .business("不是该企业的单据：\(code)")
        case .isNotAccepted: throw .business("未收货或退货未确认：\(code)")
        case .isSettled: throw .business("已在结算单中：\(code)")
        }
    }
}
