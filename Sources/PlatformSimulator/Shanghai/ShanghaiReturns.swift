import Primitives

/// YY011: a return of one product is filled, changed or withdrawn. YY012: it is confirmed.
enum ShanghaiReturns {
    @Sendable static func fill(_ call: ShanghaiCall, _ platform: inout Platform, _ turn: inout Turn) throws(ShanghaiRefusal)
        -> ShanghaiAnswer
    {
        let main = try call.main([
            .must("CZLX", 1), .must("YYBM", 20), .must("PSDBM", 20), .must("YQBM", 20), .may("THDBH", 20), .must("DLCGBZ", 1),
            .must("SPLX", 1), .must("ZXSPBM", 20), .may("GGBZ"), .must("CGJLDW", 1), .must("SCPH"), .must("THSL"),
            .must("THDJ"), .must("THZJ"), .must("THYY"),
        ])
        try call.requireNoLines()
        let action = try main.choice("CZLX", "1", "2", "3", else: "12001")
        try call.requireHospital(main["YYBM"])
        guard action != "1" || main["THDBH"].isEmpty else { throw .format("新增时THDBH应为空") }
        let replaced = action == "1" ? nil : try known(main, call, platform)
        if let replaced, platform.returns[replaced].stage != .draft { throw ShanghaiRefusal("12017", "退货单状态不允许此操作") }
        if action == "3", let replaced {
            platform.voidReturn(replaced, at: turn.now)
            return ShanghaiAnswer(main: [("THDBH", main["THDBH"])])
        }
        let packs = try main.packs("THSL")
        let price = try main.money("THDJ")
        guard try price.times(packs) == main.money("THZJ") else { throw ShanghaiRefusal("23001", "退货总价不等于单价乘以数量") }
        let isOfAgreedVolume = try main.choice("DLCGBZ", "0", "1") == "1"
        _ = try main.choice("SPLX", "1", "2", "3", "9", else: "12010")
        _ = try main.choice("CGJLDW", "1", "2")
        guard platform.catalogue.knowsDeliveryPoint(main["PSDBM"]) else { throw ShanghaiRefusal("12004", "配送点编码不存在") }
        guard platform.catalogue.knowsSupplier(main["YQBM"]) else { throw ShanghaiRefusal("12003", "企业编码不存在") }
        let goods = ReceivedGoods(supplier: main["YQBM"], product: main["ZXSPBM"], lot: main["SCPH"])
        if let replaced { platform.take(platform.returns[replaced].sources, back: -1, at: turn.now) }
        guard let sources = platform.sources(of: packs, goods, in: call.book) else {
            if let replaced { platform.take(platform.returns[replaced].sources, back: 1, at: turn.now) }
            throw ShanghaiRefusal("13015", "没有这么多已验收的该批号商品")
        }
        let filled = Platform.ReturnDraft(
            sources: sources, price: price, reason: main["THYY"], isOfAgreedVolume: isOfAgreedVolume, deliveryPoint: main["PSDBM"])
        let index = platform.enterReturn(filled, in: call.book, replacing: replaced, stage: .draft, at: turn.now)
        return ShanghaiAnswer(main: [("THDBH", platform.returns[index].id.text(.shanghai))])
    }

    @Sendable static func confirm(_ call: ShanghaiCall, _ platform: inout Platform, _ turn: inout Turn) throws(ShanghaiRefusal)
        -> ShanghaiAnswer
    {
        let main = try call.main([
            .must("YYBM", 20), .must("YQBM", 20), .must("PSDBM", 20), .must("DLCGBZ", 1), .must("THSL"), .must("THDBH", 20),
        ])
        try call.requireNoLines()
        let index = try known(main, call, platform)
        let goods = platform.returns[index]
        let packs = try main.packs("THSL")
        let isSame =
            main["YYBM"] == call.institution && main["YQBM"] == goods.supplier && main["PSDBM"] == goods.deliveryPoint
            && main["DLCGBZ"] == (goods.isOfAgreedVolume ? "1" : "0") && packs == goods.packs
        guard isSame else { throw ShanghaiRefusal("12030", "退货确认信息与填报信息不一致") }
        switch goods.stage {
        case .draft: platform.ask(index, at: turn.now)
        case .void: throw ShanghaiRefusal("12017", "退货单状态不允许此操作")
        // A hint: the message counts as processed.
        case .asked, .agreed, .refused: return ShanghaiAnswer(code: "32002", error: "退货单已确认")
        }
        return ShanghaiAnswer()
    }

    private static func known(_ main: ShanghaiFields, _ call: ShanghaiCall, _ platform: Platform) throws(ShanghaiRefusal) -> Int {
        guard let index = platform.goodsReturn(main["THDBH"], in: call.book) else { throw ShanghaiRefusal("22010", "退货单编号不存在") }
        return index
    }
}
