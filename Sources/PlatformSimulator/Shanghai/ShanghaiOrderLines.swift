import Primitives

/// Lines of YY009.
enum ShanghaiOrderLines {
    static let fields: [ShanghaiFields.Field] = [
        .must("SXH"), .must("CGLX", 1), .must("SPLX", 1), .must("ZXSPBM", 20), .may("GGBZ"), .must("CGJLDW"), .must("CGSL"),
        .may("CGDJ"), .must("YQBM", 20), .must("DCPSBS", 1), .may("BZSM"),
    ]

    /// What is wrong with a line: `CLJG` and `CLQKMS`.
    struct Defect {
        let code: String
        let text: String
    }

    /// - Throws: what is wrong with the message as a whole: a code that is in no dictionary, a number that is none.
    static func read(_ lines: [ShanghaiFields], _ platform: Platform) throws(ShanghaiRefusal) -> [(draft: LineDraft, defect: Defect?)] {
        var keys: Set<String> = []
        var read: [(LineDraft, Defect?)] = []
        for line in lines {
            var details = LineDetails(purchaseKind: line["CGLX"], goodsKind: line["SPLX"], remark: line["BZSM"])
            details.unit = try line.choice("CGJLDW", "1", "2")
            _ = try line.choice("DCPSBS", "0", "1")
            _ = try line.choice("CGLX", "1", "2", "3", "4", "5", "6", "9", else: "12005")
            guard platform.catalogue.knowsSupplier(line["YQBM"]) else { throw ShanghaiRefusal("12003", "企业编码不存在") }
            let draft = LineDraft(
                key: line["SXH"], product: line["ZXSPBM"], supplier: line["YQBM"], packs: try line.packs("CGSL"),
                price: line["CGDJ"].isEmpty ? nil : try line.money("CGDJ"), details: details)
            let isRepeated = !keys.insert(draft.key).inserted
            read.append((draft, isRepeated ? Defect(code: "13016", text: "顺序号重复") : defect(of: draft, platform)))
        }
        return read
    }

    /// 13030 and 13041 were seen in answers and are in no dictionary. That 13008 also says that the supplier does not deliver the
    /// product is assumed.
    private static func defect(of line: LineDraft, _ platform: Platform) -> Defect? {
        guard ["1", "2", "3", "9"].contains(line.details.goodsKind) else { return Defect(code: "13005", text: "商品类型不在字典范围内") }
        guard line.details.purchaseKind != "3" else { return Defect(code: "13041", text: "该药品的采购类型为不允许采购") }
        // Only under volume-based procurement a price need not be told.
        let isPriced = line.price != nil || line.details.purchaseKind == "6"
        return switch platform.catalogue.defect(of: line) {
        case .unknownProduct: Defect(code: "13008", text: "商品编码未对应")
        case .notDelivered, .unknownSupplier: Defect(code: "13008", text: "该企业不配送此商品")
        case .wrongPrice: Defect(code: "13030", text: "尚未议价")
        case nil: isPriced ? nil : Defect(code: "13030", text: "尚未议价")
        }
    }

    static func row(_ line: LineDraft, id: String, _ defect: Defect?) -> ShanghaiAnswer.Fields {
        [
            ("DDMXBH", id), ("SXH", line.key), ("SPLX", line.details.goodsKind), ("ZXSPBM", line.product), ("YYSPBM", ""),
            ("CLJG", defect?.code ?? "00000"), ("CLQKMS", defect?.text ?? ""),
        ]
    }
}
