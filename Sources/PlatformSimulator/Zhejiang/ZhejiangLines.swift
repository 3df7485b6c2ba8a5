import Primitives

/// Lines of a plan, as they are sent and as they are answered.
enum ZhejiangLines {
    static let fields: Set<String> = [
        "hospListId", "delventpCode", "delventpName", "purcCnt", "hospPurcPric", "planDetlMemo", "addrId", "hospPurcDetlId",
    ]

    /// A line as it was understood, or why it is not taken.
    struct Read {
        /// Empty when it cannot be told.
        let key: String
        var line: Result<LineDraft, Refused>

        struct Refused: Error {
            let text: String
        }
    }

    /// Reads the lines and holds them against the catalogue and against one another.
    static func read(_ elements: [JSONValue], _ platform: Platform) -> [Read] {
        var keys: Set<String> = []
        return elements.map { element in
            let key = element["hospPurcDetlId"]?.string ?? ""
            do throws(ZhejiangRefusal) {
                let line = try draft(element, platform)
                guard keys.insert(key).inserted else { throw .business("hospPurcDetlId重复") }
                return Read(key: key, line: .success(line))
            } catch {
                return Read(key: key, line: .failure(.init(text: error.text)))
            }
        }
    }

    private static func draft(_ element: JSONValue, _ platform: Platform) throws(ZhejiangRefusal) -> LineDraft {
        let fields = try ZhejiangData(element, fields.union(["purcPlanDetId"]))
        guard let packs = DecimalText.packs(try fields.number("purcCnt")) else { throw .business("purcCnt应为大于0的整数") }
        var details = LineDetails()
        details.remark = try fields.optionalText("planDetlMemo") ?? ""
        details.deliveryPoint = try fields.optionalText("addrId")
        let line = LineDraft(
            key: try fields.text("hospPurcDetlId"), product: try fields.text("hospListId"), supplier: try fields.text("delventpCode"),
            packs: packs, price: try fields.money("hospPurcPric"), details: details)
        if let point = details.deliveryPoint, !platform.catalogue.knowsDeliveryPoint(point) { throw .business("addrId不存在") }
        switch platform.catalogue.defect(of: line) {
        case nil: return line
        case .unknownProduct: throw .business("hospListId不存在")
        case .unknownSupplier: throw .business("delventpCode不存在")
        case .notDelivered: throw .business("该企业不配送此商品")
        case .wrongPrice: throw .business("hospPurcPric与挂网价不符")
        }
    }

    /// A row of the answer.
    static func row(_ key: String, id: String) -> JSONValue {
        [
            "returnCode": 0, "returnMsg": "成功", "hospPurcDetlId": .string(key), "purcPlanDetId": .string(id),
        ]
    }

    static func row(_ key: String, refused text: String) -> JSONValue {
        ["returnCode": 1, "returnMsg": .string(text), "hospPurcDetlId": .string(key), "purcPlanDetId": ""]
    }
}

extension ZhejiangRefusal {
    var text: String {
        switch self {
        case .envelope(let text), .business(let text): text
        }
    }
}
