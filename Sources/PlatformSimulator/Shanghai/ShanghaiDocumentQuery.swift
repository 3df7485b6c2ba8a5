import Primitives

/// YY020: one document, by the platform's number.
enum ShanghaiDocumentQuery {
    @Sendable static func query(_ call: ShanghaiCall, _ platform: inout Platform, _ turn: inout Turn) throws(ShanghaiRefusal)
        -> ShanghaiAnswer
    {
        let main = try call.main([.must("CXLX", 2), .must("CXBH"), .may("DJID", 20)])
        try call.requireNoLines()
        let number = main["CXBH"]
        let book = platform.books[call.book]
        switch try main.choice("CXLX", "01", "02", "03", "04", "07", "08", "09", "10") {
        case "01":
            guard let order = platform.order(number, in: call.book) else { throw ShanghaiRefusal("22008", "订单编号不存在") }
            return answer(state: ShanghaiState.of(order: order, platform))
        case "02":
            let named = main["DJID"].isEmpty ? book.noteByNumber[number] : platform.note(main["DJID"], in: call.book)
            guard named != nil else { throw ShanghaiRefusal("12022", "配送单不存在") }
            return answer(state: "10")
        case "03":
            let named = main["DJID"].isEmpty ? book.invoiceByNumber[number] : platform.invoice(main["DJID"], in: call.book)
            guard named != nil else { throw ShanghaiRefusal("22007", "发票号不存在") }
            return answer(state: "10")
        case "04":
            guard let goods = platform.goodsReturn(number, in: call.book) else { throw ShanghaiRefusal("22010", "退货单编号不存在") }
            return answer(state: ShanghaiState.of(goodsReturn: platform.returns[goods]))
        case "07":
            guard let product = platform.catalogue.product(number) else { throw ShanghaiRefusal("12009", "商品编码不存在") }
            return answer(product: product.name)
        case "08":
            guard let shipment = platform.shipment(number, in: call.book) else { throw ShanghaiRefusal("12022", "配送明细不存在") }
            return answer(state: acceptance(platform.shipments[shipment]))
        case "09":
            guard platform.catalogue.deliveryPoints[number] != nil else { throw ShanghaiRefusal("12004", "配送点编码不存在") }
            return answer(state: "")
        default:
            guard let line = platform.line(number, in: call.book) else { throw ShanghaiRefusal("22008", "订单明细编号不存在") }
            return answer(state: ShanghaiState.of(line: line, platform))
        }
    }

    /// Dictionary 4.1.3: 1 passed and stocked, 2 failed and all returned, 3 held.
    private static func acceptance(_ shipment: Shipment) -> String {
        switch shipment.acceptance {
        case .waiting: "3"
        case .passed: "1"
        case .rejected: "2"
        }
    }

    private static let empty = [
        "ZXBJ", "PSDTM", "SPLX", "YPLX", "TYM", "CPM", "SPM", "YPJX", "GG", "BZDWXZ", "BZDWMC", "YYDWMC", "BZNHSL", "SCQYMC", "YPBWM",
        "YPPZWH",
    ]

    private static func answer(state: String = "", product: String = "") -> ShanghaiAnswer {
        let rest = empty.map { name in (name: name, value: ["TYM", "CPM"].contains(name) ? product : "") }
        return ShanghaiAnswer(main: [("CLZT", state)] + rest)
    }
}
