import Primitives

/// ZJ9670: the lines of a plan. They stand under `data`, without pages.
enum ZhejiangPlanLines {
    @Sendable static func list(_ call: ZhejiangCall, _ platform: inout Platform, _ turn: inout Turn) throws(ZhejiangRefusal)
        -> ZhejiangAnswer
    {
        let order = try ZhejiangPlans.plan(call.fields(["purcCode"]), call, platform)
        let rows = platform.orders[order].lines.map { row(platform.lines[$0], platform.orders[order], platform) }
        return .done([.init("data", .array(rows))])
    }

    private static func row(_ line: OrderLine, _ order: Order, _ platform: Platform) -> JSONValue {
        let name = JSONValue.string(platform.catalogue.productName(line.product))
        let listed = JSONValue.number(platform.catalogue.product(line.product)?.price ?? line.price)
        let point = line.details.deliveryPoint ?? order.deliveryPoint
        return [
            "purcPlanId": .string(order.id.text(.zhejiang)), "planDetlMemo": .string(line.details.remark), "itemname": name,
            "purcCnt": .number(line.packs), "pacMatl": "", "purcPlanName": .string(order.hospitalKey),
            "purcPlanDetId": .string(line.id.text(.zhejiang)), "highSelLmtpric": listed, "prodSpec": "",
            "delventpName": .string(platform.catalogue.supplierName(line.supplier)), "purcType": "", "dosform": "",
            "prodCode": .string(line.product), "hiPayPric": listed, "prodName": name, "addrId": .string(point),
            "pubonlnPric": listed, "addr": .string(platform.catalogue.deliveryPointName(point)), "purcpric": .number(line.price),
        ]
    }
}
