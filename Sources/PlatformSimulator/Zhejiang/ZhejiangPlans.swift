import Primitives

/// Plans: ZJ9653 create, ZJ9654 add or remove lines, ZJ9655 cancel.
enum ZhejiangPlans {
    @Sendable static func create(_ call: ZhejiangCall, _ platform: inout Platform, _ turn: inout Turn) throws(ZhejiangRefusal)
        -> ZhejiangAnswer
    {
        let fields = try call.fields(["planSumamt", "addrId", "conerName", "conerTel", "invottl", "chkStas", "list"])
        guard try [-1, 2].contains(fields.whole("chkStas")) else { throw .business("chkStas应为-1或2") }
        let point = try fields.text("addrId")
        guard platform.catalogue.knowsDeliveryPoint(point) else { throw .business("addrId不存在") }
        let elements = try fields.list("list")
        let sum = try fields.money("planSumamt")
        guard sum.tenThousandths == announced(elements) else { throw .business("planSumamt与明细合计不符") }
        var lines = ZhejiangLines.read(elements, platform)
        if call.options.repeatedKey == .answersTheSame, let known = sameOrder(lines, call, platform) {
            return answer(known, lines, platform)
        }
        if call.options.repeatedKey != .createsAgain { refuseKnown(&lines, call, platform) }
        let good = lines.compactMap { try? $0.line.get() }
        let isTaken = good.count == lines.count || (call.options.partlyWrong == .keepsGoodLines && !good.isEmpty)
        guard isTaken else { return refused(lines) }
        let key = good[0].key
        let draft = OrderDraft(
            hospitalKey: key.lastIndex(of: "/").map { String(key[..<$0]) } ?? key, deliveryPoint: point,
            contact: OrderContact(
                name: try fields.optionalText("conerName") ?? "", telephone: try fields.optionalText("conerTel") ?? "",
                invoiceTitle: try fields.optionalText("invottl") ?? ""),
            lines: good)
        return answer(platform.fill(draft, in: call.book, at: turn.now), lines, platform)
    }

    @Sendable static func change(_ call: ZhejiangCall, _ platform: inout Platform, _ turn: inout Turn) throws(ZhejiangRefusal)
        -> ZhejiangAnswer
    {
        let fields = try call.fields(["purcCode", "addorDelStas", "list"])
        let order = try plan(fields, call, platform)
        try require(.draft, order, platform)
        let elements = try fields.list("list")
        switch try fields.whole("addorDelStas") {
        case 1:
            var lines = ZhejiangLines.read(elements, platform)
            // As with a whole plan, what the plan has is not added, and answered the same.
            let answersTheSame = call.options.repeatedKey == .answersTheSame
            let held = lines.filter { (try? $0.line.get()).map { answersTheSame && has($0, order, call, platform) } ?? false }
            let keys = Set(held.map(\.key))
            refuseKnown(&lines, call, platform, except: keys)
            platform.add(lines.compactMap { try? $0.line.get() }.filter { !keys.contains($0.key) }, to: order, at: turn.now)
            return answer(order, lines, platform)
        case 2:
            var removed: Set<Int> = []
            var rows: [JSONValue] = []
            for element in elements {
                let fields = try ZhejiangData(element, ZhejiangLines.fields.union(["purcPlanDetId"]))
                let id = try fields.text("purcPlanDetId")
                let key = try fields.optionalText("hospPurcDetlId") ?? ""
                if let line = platform.line(id, in: call.book), platform.orders[order].lines.contains(line),
                    removed.insert(line).inserted
                {
                    rows.append(ZhejiangLines.row(platform.lines[line].key, id: id))
                } else {
                    rows.append(ZhejiangLines.row(key, refused: "purcPlanDetId不存在"))
                }
            }
            platform.remove(removed, from: order)
            return answer(order, rows, platform)
        default: throw .business("addorDelStas应为1或2")
        }
    }

    @Sendable static func cancel(_ call: ZhejiangCall, _ platform: inout Platform, _ turn: inout Turn) throws(ZhejiangRefusal)
        -> ZhejiangAnswer
    {
        let fields = try call.fields(["purcCode"])
        let order = try plan(fields, call, platform)
        if call.options.cancelAfterSend == .voidsUndelivered, platform.orders[order].stage == .sent {
            guard platform.voidUndelivered(order, at: turn.now) else { throw .business("已配送，不能作废") }
            return .done([])
        }
        try require(.draft, order, platform)
        try? platform.void(order, at: turn.now)
        return .done([])
    }
}
