import Primitives

/// ZJ9658: shipments are accepted, each with how many packs are kept; the rest is refused.
///
/// There is no result of a line, so all are taken or none. That, that 0 packs may be kept and that saying the same again is
/// good, is assumed.
enum ZhejiangReceipts {
    @Sendable static func receive(_ call: ZhejiangCall, _ platform: inout Platform, _ turn: inout Turn) throws(ZhejiangRefusal)
        -> ZhejiangAnswer
    {
        let elements = try call.fields(["list"]).list("list")
        var receipts: [(shipment: Int, packs: Int64)] = []
        var known: Set<Int> = []
        for element in elements {
            let fields = try ZhejiangData(element, ["shpId", "shppCnt"])
            let id = try fields.text("shpId")
            guard let shipment = platform.shipment(id, in: call.book), known.insert(shipment).inserted else {
                throw .business("shpId不存在或重复：\(id)")
            }
            let packs = try fields.whole("shppCnt")
            guard packs >= 0 else { throw .business("shppCnt不能小于0：\(id)") }
            switch platform.defect(ofReceiving: packs, of: shipment) {
            case nil: receipts.append((shipment, packs))
            case .isDone: continue
            case .isDifferent: throw .business("已收货，数量不同：\(id)")
            case .moreThanShipped: throw .business("shppCnt大于配送数量：\(id)")
            }
        }
        for (shipment, packs) in receipts { platform.receive(packs, of: shipment, at: turn.now) }
        return .done([])
    }
}
