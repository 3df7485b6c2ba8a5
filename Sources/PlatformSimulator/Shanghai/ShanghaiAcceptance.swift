import Primitives

/// YY018: a line of a delivery note is accepted or refused, whole. YY019: an invoice is accepted. YY017: it is paid.
///
/// Saying again what was said before gets 22007 with a text that holds 已验收, which a client takes for success. What 22007 says
/// otherwise, and the other codes here, are assumed, as is that an invoice is accepted before it is paid.
enum ShanghaiAcceptance {
    @Sendable static func delivery(_ call: ShanghaiCall, _ platform: inout Platform, _ turn: inout Turn) throws(ShanghaiRefusal)
        -> ShanghaiAnswer
    {
        let main = try call.main([
            .must("YQBM", 20), .must("PSMXBH", 20), .must("PSDTM"), .must("ZXSPBM", 20), .must("PSL"), .may("SCPH"),
            .must("YSJG", 1), .may("YSJGBZ"),
        ])
        try call.requireNoLines()
        let isPassed = try main.choice("YSJG", "0", "1") == "1"
        let packs = try main.packs("PSL")
        guard let index = platform.shipment(main["PSMXBH"], in: call.book) else { throw ShanghaiRefusal("13015", "配送信息不存在") }
        let line = ShanghaiDeliveryLine(index, platform)
        guard main["YQBM"] == line.note.supplier, main["PSDTM"] == line.barcode, main["ZXSPBM"] == line.order.product,
            packs == line.shipment.packs
        else { throw ShanghaiRefusal("13015", "与配送信息不一致") }
        switch platform.defect(ofReceiving: isPassed ? packs : 0, of: index) {
        case nil: break
        case .isDone: throw ShanghaiRefusal("22007", "该配送明细已验收")
        case .isDifferent, .moreThanShipped: throw ShanghaiRefusal("22007", "验收结果与登记的不一致")
        }
        guard isPassed || main["SCPH"].isEmpty else { throw .format("验收不通过时不应填SCPH") }
        platform.receive(isPassed ? packs : 0, of: index, lot: main["SCPH"].isEmpty ? nil : main["SCPH"], at: turn.now)
        return ShanghaiAnswer()
    }

    @Sendable static func invoice(_ call: ShanghaiCall, _ platform: inout Platform, _ turn: inout Turn) throws(ShanghaiRefusal)
        -> ShanghaiAnswer
    {
        let index = try known(call, platform)
        guard !platform.invoices[index].isAccepted else { throw ShanghaiRefusal("22007", "该发票已验收") }
        platform.accept(invoice: index)
        return ShanghaiAnswer()
    }

    /// Saying again that an invoice is paid is good; assumed.
    @Sendable static func payment(_ call: ShanghaiCall, _ platform: inout Platform, _ turn: inout Turn) throws(ShanghaiRefusal)
        -> ShanghaiAnswer
    {
        let index = try known(call, platform)
        guard platform.invoices[index].isAccepted else { throw ShanghaiRefusal("22007", "该发票尚未通过验收") }
        platform.invoices[index].isPaid = true
        return ShanghaiAnswer()
    }

    private static func known(_ call: ShanghaiCall, _ platform: Platform) throws(ShanghaiRefusal) -> Int {
        let main = try call.main([.must("YQBM", 20), .must("FPH"), .must("FPHSZJE")])
        try call.requireNoLines()
        let total = try main.money("FPHSZJE")
        guard let index = platform.books[call.book].invoiceByNumber[main["FPH"]],
            platform.invoices[index].supplier == main["YQBM"]
        else { throw ShanghaiRefusal("22007", "发票号不存在") }
        guard platform.invoices[index].total == total else { throw ShanghaiRefusal("22007", "发票金额不一致") }
        return index
    }
}
