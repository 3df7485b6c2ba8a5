import Primitives

/// JSON that is being written. Fields follow one another; commas are set by themselves.
struct JSONText {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true

    mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// The members of an object.
    mutating func object(_ members: (inout JSONText) -> Void) {
        put("{")
        isFirst = true
        members(&self)
        put("}")
        isFirst = false
    }

    mutating func field(_ name: String, _ value: String) {
        begin(name)
        put(JSONValue.string(value).text())
    }

    mutating func field(_ name: String, _ value: Int64) {
        begin(name)
        put(String(value))
    }

    mutating func field(_ name: String, _ value: Bool) {
        begin(name)
        put(value ? "true" : "false")
    }

    mutating func field(_ name: String, _ elements: [(inout JSONText) -> Void]) {
        begin(name)
        put("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { put(",") }
            element(&self)
        }
        put("]")
    }

    mutating func put(counts: [String: Int]) {
        object { text in
            for (name, count) in counts.sorted(by: { $0.key < $1.key }) { text.field(name, Int64(count)) }
        }
    }

    private mutating func begin(_ name: String) {
        if !isFirst { put(",") }
        isFirst = false
        put("\"\(name)\":")
    }
}

extension JSONText {
    mutating func put(_ order: SimulatorStatement.Order) {
        object { text in
            text.field("face", order.face.rawValue)
            text.field("number", order.number)
            text.field("hospitalKey", order.hospitalKey)
            text.field("state", order.state.rawValue)
            text.field("lines", order.lines.map { line in { $0.put(line) } })
        }
    }

    private mutating func put(_ line: SimulatorStatement.Line) {
        object { text in
            text.field("id", line.id)
            text.field("key", line.key)
            text.field("product", line.product)
            text.field("packs", line.packs)
            text.field("price", line.price.description)
            text.field("state", line.state.rawValue)
            text.field("shipped", line.shipped)
            text.field("received", line.received)
        }
    }

    mutating func put(_ delivery: SimulatorStatement.Delivery) {
        object { text in
            text.field("face", delivery.face.rawValue)
            text.field("id", delivery.id)
            text.field("line", delivery.line)
            text.field("packs", delivery.packs)
            text.field("lot", delivery.lot)
            text.field("state", delivery.state.rawValue)
            text.field("received", delivery.received)
            text.field("returned", delivery.returned)
        }
    }

    mutating func put(_ invoice: SimulatorStatement.Invoice) {
        object { text in
            text.field("face", invoice.face.rawValue)
            text.field("id", invoice.id)
            text.field("number", invoice.number)
            text.field("supplier", invoice.supplier)
            text.field("total", invoice.total.description)
            text.field("isAccepted", invoice.isAccepted)
            text.field("isPaid", invoice.isPaid)
        }
    }

    mutating func put(_ goods: SimulatorStatement.Return) {
        object { text in
            text.field("face", goods.face.rawValue)
            text.field("id", goods.id)
            text.field("supplier", goods.supplier)
            text.field("product", goods.product)
            text.field("lot", goods.lot)
            text.field("packs", goods.packs)
            text.field("state", goods.state.rawValue)
        }
    }

    mutating func put(_ settlement: SimulatorStatement.Settlement) {
        object { text in
            text.field("id", settlement.id)
            text.field("supplier", settlement.supplier)
            text.field("total", settlement.total.description)
            text.field("state", settlement.state.rawValue)
        }
    }

    mutating func put(_ volume: SimulatorStatement.AgreedVolume) {
        object { text in
            text.field("product", volume.product)
            text.field("supplier", volume.supplier)
            text.field("agreed", volume.agreed)
            text.field("moved", volume.moved)
        }
    }
}
