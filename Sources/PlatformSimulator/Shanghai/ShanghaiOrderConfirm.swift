import Primitives

/// YY010: an order is confirmed and goes to its suppliers.
enum ShanghaiOrderConfirm {
    @Sendable static func confirm(_ call: ShanghaiCall, _ platform: inout Platform, _ turn: inout Turn) throws(ShanghaiRefusal)
        -> ShanghaiAnswer
    {
        let main = try call.main([
            .must("YYBM", 20), .must("PSDBM", 20), .must("DDLX", 1), .must("DDBH", 20), .must("SPSL", 10),
        ])
        try call.requireNoLines()
        let index = try ShanghaiOrderFill.known(main, call, platform)
        let order = platform.orders[index]
        let count = try main.count("SPSL")
        let isSame =
            main["YYBM"] == call.institution && main["PSDBM"] == order.deliveryPoint && main["DDLX"] == order.kind
            && count == order.lines.count
        guard isSame else { throw ShanghaiRefusal("12029", "订单确认信息与填报信息不一致") }
        // A hint: the message counts as processed.
        guard order.stage != .sent else { return ShanghaiAnswer(code: "32001", error: "订单已确认") }
        try ShanghaiOrderFill.require(.draft, index, platform)
        try? platform.send(index, at: turn.now)
        return ShanghaiAnswer()
    }
}
