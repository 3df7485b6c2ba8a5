/// How Zhejiang writes what has become of a line. Source: the values of the distributors' middle-table of the same product.
struct ZhejiangState {
    /// `responseStatus`: 0 awaited, 1 accepted, 2 refused.
    let response: String
    /// `ordDetlStas`: 1 to ship, 2 all shipped, 3 partly shipped, 4 out of stock, 5 void. That a refusal is 4 is assumed.
    let line: String
    /// `shpStas`: 1 to ship, 2 shipped, 3 received, 4 void.
    let shipment: String
    /// `shppStas`: 0 nothing accepted, 1 some, 2 all that was delivered. Assumed: its values were not found.
    let receipt: String
    /// `responseRemake`.
    let reason: String

    static func of(_ index: Int, _ platform: Platform) -> ZhejiangState {
        let line = platform.lines[index]
        var response = "0"
        var reason = ""
        switch line.answer {
        case .awaited: break
        case .confirmed: response = "1"
        case .refused(let text): (response, reason) = ("2", text)
        }
        let isEmpty = line.shipped == 0
        let state =
            if case .refused = line.answer { "4" }
            else if line.endedAt != nil, isEmpty { "5" }
            else if isEmpty { "1" }
            else { line.shipped < line.packs ? "3" : "2" }
        let isAllAccepted = !isEmpty && line.waitingShipments == 0
        let shipment = state == "5" || state == "4" ? "4" : isEmpty ? "1" : isAllAccepted ? "3" : "2"
        let receipt = isAllAccepted ? "2" : line.shipments.count > line.waitingShipments ? "1" : "0"
        return ZhejiangState(response: response, line: state, shipment: shipment, receipt: receipt, reason: reason)
    }
}
