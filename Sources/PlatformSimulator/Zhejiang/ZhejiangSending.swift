import Primitives

/// ZJ9656: a plan is saved (`chkStas` 2) or sent (4).
enum ZhejiangSending {
    @Sendable static func saveOrSend(_ call: ZhejiangCall, _ platform: inout Platform, _ turn: inout Turn) throws(ZhejiangRefusal)
        -> ZhejiangAnswer
    {
        let fields = try call.fields(["purcCode", "chkStas"])
        let order = try ZhejiangPlans.plan(fields, call, platform)
        switch try fields.whole("chkStas") {
        case 2: try ZhejiangPlans.require(.draft, order, platform)
        case 4:
            if call.options.repeatedSend == .answersTheSame, platform.orders[order].stage == .sent { break }
            try ZhejiangPlans.require(.draft, order, platform)
            guard !platform.orders[order].lines.isEmpty else { throw .business("没有明细") }
            try? platform.send(order, at: turn.now)
        default: throw .business("chkStas应为2或4")
        }
        return answer(platform.orders[order], platform)
    }

    /// The number of the plan is spelled `PurcCode` here.
    private static func answer(_ order: Order, _ platform: Platform) -> ZhejiangAnswer {
        let numbers = Dictionary(uniqueKeysWithValues: order.parts.map { ($0.supplier, $0.id.text(.zhejiang)) })
        let lines = order.lines.compactMap { index -> JSONValue? in
            let line = platform.lines[index]
            guard let sent = line.sentID, let number = numbers[line.supplier] else { return nil }
            return [
                "ordDetlId": .string(sent.text(.zhejiang)), "purcPlanDetId": .string(line.id.text(.zhejiang)),
                "ordId": .string(number),
            ]
        }
        let orders = order.parts.map { part -> JSONValue in ["ordId": .string(part.id.text(.zhejiang))] }
        return .done([
            .init("PurcCode", .string(order.id.text(.zhejiang))), .init("purcPlanCode", .string(order.planNumber)),
            .init("ordDetlIdList", .array(lines)), .init("ordIdList", .array(orders)),
        ])
    }
}
