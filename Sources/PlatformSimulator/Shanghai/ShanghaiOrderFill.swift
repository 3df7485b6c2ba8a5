import Primitives

/// YY009: an order is filled, changed or withdrawn.
enum ShanghaiOrderFill {
    @Sendable static func fill(_ call: ShanghaiCall, _ platform: inout Platform, _ turn: inout Turn) throws(ShanghaiRefusal)
        -> ShanghaiAnswer
    {
        let main = try call.main([
            .must("CZLX", 1), .must("YYBM", 20), .must("PSDBM", 20), .must("DDLX", 1), .may("DDBH", 20), .may("YYJHDH"),
            .may("ZWDHRQ", 8), .must("JLS", 10),
        ])
        let action = try main.choice("CZLX", "1", "2", "3", else: "12001")
        try call.requireHospital(main["YYBM"])
        guard platform.catalogue.knowsDeliveryPoint(main["PSDBM"]) else { throw ShanghaiRefusal("12004", "配送点编码不存在") }
        let kind = try main.choice("DDLX", "1", "2", "3")
        let lines = try call.lines(ShanghaiOrderLines.fields)
        guard try main.count("JLS") == lines.count else { throw ShanghaiRefusal("22003", "记录数与明细条数不一致") }
        var draft = OrderDraft(
            hospitalKey: main["YYJHDH"], deliveryPoint: main["PSDBM"], kind: kind, latestArrival: try main.optionalDay("ZWDHRQ"),
            lines: [])
        switch action {
        case "1":
            guard main["DDBH"].isEmpty else { throw .format("新增时DDBH应为空") }
            try requireNew(draft.hospitalKey, call, platform)
            return try order(lines, &draft, call, &platform, turn) { platform, draft in
                platform.fill(draft, in: call.book, at: turn.now)
            }
        case "2":
            let index = try known(main, call, platform)
            try require(.draft, index, platform)
            return try order(lines, &draft, call, &platform, turn) { platform, draft in
                platform.refill(index, with: draft, at: turn.now)
                return index
            }
        default:
            let index = try known(main, call, platform)
            try require(.draft, index, platform)
            try? platform.void(index, at: turn.now)
            return answer(index, platform, isListed: !lines.isEmpty)
        }
    }

    /// Takes all lines, or none: a recorded answer has no `DDBH` when a line failed, and every line is answered.
    private static func order(
        _ lines: [ShanghaiFields], _ draft: inout OrderDraft, _ call: ShanghaiCall, _ platform: inout Platform, _ turn: Turn,
        _ take: (inout Platform, OrderDraft) -> Int
    ) throws(ShanghaiRefusal) -> ShanghaiAnswer {
        guard !lines.isEmpty else { throw .format("缺少STRUCT") }
        let read = try ShanghaiOrderLines.read(lines, platform)
        if read.contains(where: { $0.defect != nil }) {
            var rows: [ShanghaiAnswer.Fields] = []
            for line in read {
                let id = platform.freeNumber(at: turn.now).text(.shanghai)
                rows.append(ShanghaiOrderLines.row(line.draft, id: id, line.defect))
            }
            return ShanghaiAnswer(code: "10000", error: "明细中有错误", main: [("DDBH", "")], lines: rows)
        }
        draft.lines = read.map(\.draft)
        return answer(take(&platform, draft), platform, isListed: true)
    }

    private static func answer(_ order: Int, _ platform: Platform, isListed: Bool) -> ShanghaiAnswer {
        let rows = platform.orders[order].lines.map { index in
            let line = platform.lines[index]
            let draft = LineDraft(key: line.key, product: line.product, supplier: line.supplier, packs: line.packs, details: line.details)
            return ShanghaiOrderLines.row(draft, id: line.id.text(.shanghai), nil)
        }
        return ShanghaiAnswer(main: [("DDBH", platform.orders[order].id.text(.shanghai))], lines: isListed ? rows : [])
    }

    private static func requireNew(_ key: String, _ call: ShanghaiCall, _ platform: Platform) throws(ShanghaiRefusal) {
        guard call.options.repeatedPlan == .refuses, !key.isEmpty, let known = platform.books[call.book].orderByKey[key] else { return }
        guard platform.orders[known].stage == .void else { throw ShanghaiRefusal("12016", "计划单号重复") }
    }

    static func known(_ main: ShanghaiFields, _ call: ShanghaiCall, _ platform: Platform) throws(ShanghaiRefusal) -> Int {
        guard let order = platform.order(main["DDBH"], in: call.book) else { throw ShanghaiRefusal("22008", "订单编号不存在") }
        return order
    }

    /// That 12016 (bad order state) is the answer is assumed.
    static func require(_ stage: Order.Stage, _ order: Int, _ platform: Platform) throws(ShanghaiRefusal) {
        guard (try? platform.require(stage, order)) != nil else { throw ShanghaiRefusal("12016", "订单状态不允许此操作") }
    }
}
