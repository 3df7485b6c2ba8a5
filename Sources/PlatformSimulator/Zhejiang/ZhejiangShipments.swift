import Primitives

/// ZJ9671: what was delivered, in the order of its last change. That a row is there only once something is delivered is
/// assumed: in the distributors' middle-table it is there, without a quantity, as soon as the order is sent.
enum ZhejiangShipments {
    @Sendable static func list(_ call: ZhejiangCall, _ platform: inout Platform, _ turn: inout Turn) throws(ZhejiangRefusal)
        -> ZhejiangAnswer
    {
        let names: Set<String> = ["delventpCode", "shpUpdateStartTime", "shpUpdateEndTime", "shpTime", "list"]
        let fields = try call.fields(ZhejiangPage.fields.union(names))
        let found = try found(fields, call, platform)
        let told = turn
        return try ZhejiangPage.of(found, fields, call, &platform, &turn) { row($1, $0, call, told) }
    }

    /// By the numbers of order lines in `list`, else what changed from `shpUpdateStartTime` to `shpUpdateEndTime`.
    private static func found(_ fields: ZhejiangData, _ call: ZhejiangCall, _ platform: Platform) throws(ZhejiangRefusal) -> [Int] {
        let supplier = try fields.optionalText("delventpCode")
        let from = try fields.moment("shpUpdateStartTime")
        // Times are told to the second, so the last second counts whole.
        let to = try fields.moment("shpUpdateEndTime").map { $0.adding(.microseconds(999_999)) }
        let shippedAt = try fields.moment("shpTime")
        let named = try fields.optionalList("list")
        var found: [Int] = []
        if named.isEmpty {
            found = platform.books[call.book].shipmentUpdates[supplier].items(from: from, to: to) { entry in
                platform.shipments[entry.item].update == entry.number
            }
        } else {
            for element in named {
                let id = try ZhejiangData(element, ["ordDetlId"]).text("ordDetlId")
                guard let line = platform.sentLine(id, in: call.book) else { continue }
                found += platform.lines[line].shipments.filter { index in
                    let at = platform.shipments[index].updatedAt
                    return (from.map { at >= $0 } ?? true) && (to.map { at <= $0 } ?? true)
                        && (supplier == nil || platform.lines[line].supplier == supplier)
                }
            }
        }
        guard let shippedAt else { return found }
        return found.filter { platform.shipments[$0].shippedAt.spaced == shippedAt.spaced }
    }

    /// `shpCode` is what a settlement calls it.
    static func code(_ shipment: Shipment) -> String { "I_S" + shipment.id.text(.zhejiang) }

    private static func row(_ index: Int, _ platform: Platform, _ call: ZhejiangCall, _ turn: Turn) -> [JSONValue.Member] {
        let shipment = platform.shipments[index]
        let line = platform.lines[shipment.line]
        let order = platform.orders[line.order]
        let part = order.parts.first { $0.supplier == line.supplier }?.id.text(.zhejiang) ?? ""
        let invoice = shipment.invoice.map { platform.invoices[$0] }
        let invoiceID = JSONValue.string(invoice?.id.text(.zhejiang) ?? "")
        let name = JSONValue.string(platform.catalogue.productName(line.product))
        let state = shipment.acceptance.isWaiting ? "2" : "3"
        let confirmed = shipment.acceptance.isWaiting ? "0" : "1"
        return [
            .init("planDetlMemo", .string(line.details.remark)), .init("shpPric", .number(line.price)),
            .init("outstoTime", .string(shipment.shippedAt, turn)), .init("shpCnt", .number(shipment.packs)),
            .init("invoicePrimaryIds", invoiceID), .init("ordDetlId", .string(line.sentID?.text(.zhejiang) ?? "")),
            .init("purcCnt", .number(line.packs)), .init("retnCnt", .number(shipment.returned)),
            .init("cnclTime", .string(line.endedAt, turn)), .init("prodId", .string(line.product)),
            .init("avlShpCnt", .number(max(0, line.packs - line.shipped))),
            .init("expyEndtime", .string(shipment.expiresOn.description)), .init("hospListId", .string(line.product)),
            .init("ordId", .string(part)), .init("admorgCode", ""), .init("purcPlanCode", .string(order.planNumber)),
            .init("ordCode", .string("D" + part)), .init("hospItemId", .string(line.product)),
            .init("shppCnt", .number(shipment.received)), .init("prodName", name), .init("shpStas", .string(state)),
            .init("medinsName", .string(call.institution)), .init("delventpCode", .string(line.supplier)),
            .init("shpTime", .string(shipment.shippedAt, turn)), .init("manuLotnum", .string(shipment.lot)),
            .init("shppTime", .string(shipment.acceptedAt, turn)), .init("cnclType", ""), .init("itemname", name),
            .init("shpMemo", ""), .init("purcAmt", .number(line.amount)), .init("rtnbCnt", .number(shipment.takenBack)),
            .init("shpAmt", .number(line.price.times(shipment.packs) ?? .zero)), .init("shpCode", .string(code(shipment))),
            .init("invoiceCode", .string(invoice?.number ?? "")), .init("sendTime", .string(order.sentAt, turn)),
            .init("delventpName", .string(platform.catalogue.supplierName(line.supplier))),
            .init("shppAmt", .number(line.price.times(shipment.received) ?? .zero)), .init("pubonlnRsltId", .string(line.product)),
            .init("shpId", .string(shipment.id.text(.zhejiang))),
            .init("delventpCnfmShppTime", .string(shipment.acceptedAt, turn)), .init("delventpCnfmShppStas", .string(confirmed)),
            .init("ordSumamt", .number(line.amount)), .init("invoiceId", invoiceID),
            .init("medinsCode", .string(call.institution)), .init("admorgName", ""), .init("purcpric", .number(line.price)),
        ]
    }
}
