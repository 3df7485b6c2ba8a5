import Primitives

/// ZJ9657: lines of orders that were sent, in the order of sending.
enum ZhejiangOrderLines {
    @Sendable static func list(_ call: ZhejiangCall, _ platform: inout Platform, _ turn: inout Turn) throws(ZhejiangRefusal)
        -> ZhejiangAnswer
    {
        let fields = try call.fields(
            ZhejiangPage.fields.union(["purcCode", "delventpCode", "crteTimeUn", "crteTimeEn", "list"]))
        let found = try found(fields, call, platform)
        let told = turn
        return try ZhejiangPage.of(found, fields, call, &platform, &turn) { row($1, $0, call, told) }
    }

    /// By the numbers in `list`, else by plan, else all that were sent from `crteTimeUn` to `crteTimeEn`.
    private static func found(_ fields: ZhejiangData, _ call: ZhejiangCall, _ platform: Platform) throws(ZhejiangRefusal) -> [Int] {
        let supplier = try fields.optionalText("delventpCode")
        let from = try fields.moment("crteTimeUn")
        // Times are told to the second, so the last second counts whole.
        let to = try fields.moment("crteTimeEn").map { $0.adding(.microseconds(999_999)) }
        let sentAt = { (line: Int) in
            let order = platform.orders[platform.lines[line].order]
            return order.sentAt ?? order.madeAt
        }
        let isWanted = { (line: Int) in
            (supplier == nil || platform.lines[line].supplier == supplier) && (from.map { sentAt(line) >= $0 } ?? true)
                && (to.map { sentAt(line) <= $0 } ?? true)
        }
        let named = try fields.optionalList("list")
        let plan = try fields.optionalText("purcCode")
        if !named.isEmpty {
            var lines: [Int] = []
            for element in named {
                let id = try ZhejiangData(element, ["ordDetlId"]).text("ordDetlId")
                if let line = platform.sentLine(id, in: call.book), isWanted(line) { lines.append(line) }
            }
            return lines
        }
        if let plan {
            guard let order = platform.order(plan, in: call.book) else { return [] }
            return platform.orders[order].lines.filter { platform.lines[$0].sentID != nil && isWanted($0) }
        }
        let sent = platform.books[call.book].sentLines[supplier]
        let start = from.map { from in sent.start { sentAt($0) >= from } } ?? 0
        let end = to.map { to in sent.start { sentAt($0) > to } } ?? sent.count
        return start < end ? Array(sent[start..<end]) : []
    }

    private static func row(_ index: Int, _ platform: Platform, _ call: ZhejiangCall, _ turn: Turn) -> [JSONValue.Member] {
        let line = platform.lines[index]
        let order = platform.orders[line.order]
        let part = order.parts.first { $0.supplier == line.supplier }?.id.text(.zhejiang) ?? ""
        let state = ZhejiangState.of(index, platform)
        let point = line.details.deliveryPoint ?? order.deliveryPoint
        let amount = order.lines.reduce(Money.zero) { sum, index in
            platform.lines[index].supplier == line.supplier ? sum + platform.lines[index].amount : sum
        }
        let shipped = line.shipments.map { platform.shipments[$0] }
        return [
            .init("shppEndTime", .string(shipped.compactMap(\.acceptedAt).max(), turn)),
            .init("ordDetlId", .string(line.sentID?.text(.zhejiang) ?? "")), .init("purcCnt", .number(line.packs)),
            .init("memo", .string(line.details.remark)), .init("cnclTime", .string(line.endedAt, turn)),
            .init("hospListId", .string(line.product)), .init("conerTel", .string(order.contact.telephone)),
            .init("ordId", .string(part)), .init("stroomName", .string(platform.catalogue.deliveryPointName(point))),
            .init("purcPlanCode", .string(order.planNumber)), .init("conerName", .string(order.contact.name)),
            .init("ordCode", .string("D" + part)), .init("shppStas", .string(state.receipt)),
            .init("invottl", .string(order.contact.invoiceTitle)),
            .init("prodName", .string(platform.catalogue.productName(line.product))), .init("shpStas", .string(state.shipment)),
            .init("medinsName", .string(call.institution)), .init("delventpCode", .string(line.supplier)),
            .init("addr", .string(platform.catalogue.deliveryPointName(point))),
            .init("shpTime", .string(shipped.first?.shippedAt, turn)),
            .init("itemname", .string(platform.catalogue.productName(line.product))),
            .init("responseTime", .string(line.answeredAt, turn)), .init("ordDetlStas", .string(state.line)),
            .init("responseStatus", .string(state.response)), .init("sendTime", .string(order.sentAt, turn)),
            .init("delventpName", .string(platform.catalogue.supplierName(line.supplier))),
            .init("delventpCnfmShppTime", .string(line.answeredAt, turn)), .init("shpEndTime", .string(shipped.last?.shippedAt, turn)),
            .init("ordSumamt", .number(amount)), .init("docmker", .string(order.contact.name)),
            .init("medinsCode", .string(call.institution)), .init("purcpric", .number(line.price)),
            .init("responseRemake", .string(state.reason)),
        ]
    }
}
