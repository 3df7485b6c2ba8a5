/// How Shanghai writes what has become of a thing.
enum ShanghaiState {
    /// Dictionary 4.1.8. That `DDMXZT` uses it, that a refusal is 33 and that a line is finished when all that was delivered is
    /// accepted or refused, is assumed.
    static func of(line index: Int, _ platform: Platform) -> String {
        let line = platform.lines[index]
        return switch platform.state(of: line, platform.orders[line.order]) {
        case .draft: "00"
        case .void: "01"
        case .awaiting, .confirmed: "20"
        case .partlyShipped, .shipped: "21"
        case .closed: "30"
        case .received: "31"
        case .refused: "33"
        }
    }

    /// Dictionary 4.1.8.
    static func of(order index: Int, _ platform: Platform) -> String {
        let order = platform.orders[index]
        switch order.stage {
        case .draft: return "00"
        case .void: return "01"
        case .closed: return "30"
        case .sent:
            let states = Set(order.lines.map { of(line: $0, platform) })
            if states == ["33"] { return "33" }
            if states.isSubset(of: ["31", "33"]) { return "31" }
            return order.lines.allSatisfy { platform.lines[$0].shipped == 0 } ? "20" : "21"
        }
    }

    /// Dictionary 4.1.22: a line of a delivery note.
    static func of(shipment: Shipment) -> String {
        switch shipment.acceptance {
        case .waiting: "00"
        case .passed: "10"
        case .rejected: "11"
        }
    }

    /// Dictionary 4.1.9.
    static func of(goodsReturn: GoodsReturn) -> String {
        switch goodsReturn.stage {
        case .draft: "00"
        case .void: "01"
        case .asked: "10"
        case .refused: "11"
        case .agreed: "20"
        }
    }
}
