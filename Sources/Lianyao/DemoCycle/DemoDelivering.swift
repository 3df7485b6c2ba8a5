import Primitives
import Web

/// Suppliers ship, short once and wrong once; the townships receive by batch and expiry.
struct DemoDelivering: Sendable {
    let client: DemoClient
    let members: DemoMembers
    let today: CalendarDate

    /// What goes wrong with a delivery.
    private enum Flaw {
        case none, short, wrong
        /// Not to be used; all of the first line goes back.
        case damaged
    }

    func run(_ orders: [DemoOrdering.Order]) async throws {
        var received: Int64 = 0
        for (index, order) in orders.enumerated() {
            let flaw: Flaw = index == 0 ? .short : index == 1 ? .wrong : .none
            received += try await deliver(order, flaw)
        }
        let performance =
            try await client.get("/delivery-performance?from=\(today)&through=\(today)", as: DemoCycle.officer)["items"]?.elements
            ?? []
        for supplier in performance {
            Terminal.say(
                "     \(try supplier.text("companyName")): \(try supplier.number("announced")) packs announced, "
                    + "\(try supplier.number("accepted")) accepted, \(try supplier.number("rejected")) rejected, "
                    + "\(try supplier.number("short")) short")
        }
        Terminal.say("收货 \(orders.count) orders delivered, \(received) packs accepted into the ledger")
    }

    /// - Returns: how many packs were accepted.
    private func deliver(_ order: DemoOrdering.Order, _ flaw: Flaw) async throws -> Int64 {
        let lines = try await client.get("/purchase-orders/\(order.id)", as: order.supplier)["lines"]?.elements ?? []
        // What the platform says is delivered is announced already.
        let pulled = try await client.get("/purchase-orders/\(order.id)/shipments", as: order.supplier)["items"]?.elements ?? []
        var accepted =
            pulled.isEmpty
            ? try await shipAndReceive(order, lines, flaw, note: "1")
            : try await receive(pulled, order, lines, flaw == .none ? .none : .damaged)
        guard flaw != .none else { return accepted }
        let left = try await client.get("/purchase-orders/\(order.id)", as: order.supplier)["lines"]?.elements ?? []
        let open = try left.filter { try $0.number("packsOpen") > 0 }
        let packs = try open.reduce(0) { $0 + (try $1.number("packsOpen")) }
        if flaw == .short, pulled.isEmpty {
            try await client.post("/purchase-orders/\(order.id)/closure", .of(["reason": "余量改由下一周期采购"]), as: DemoCycle.officer)
            Terminal.say("  \(order.number): \(packs) packs stayed open; closed with a reason")
        } else {
            accepted += try await shipAndReceive(order, open, .none, note: "2")
            Terminal.say("  \(order.number): \(packs) packs delivered anew, in the right article")
        }
        return accepted
    }

    /// Receives what came through a platform, and whatever it does not carry from the supplier itself.
    private func receive(
        _ pulled: [JSONValue], _ order: DemoOrdering.Order, _ lines: [JSONValue], _ flaw: Flaw
    ) async throws -> Int64 {
        var accepted: Int64 = 0
        for shipment in pulled {
            let ordered = try (shipment["lines"]?.elements ?? []).compactMap { line in
                let number = try line.number("orderLine")
                return try lines.first { try $0.number("number") == number }
            }
            accepted += try await receive(shipment, order, ordered, accepted == 0 ? flaw : .none, isTold: false)
        }
        Terminal.say("  验收 \(order.number): \(pulled.count) deliveries through platforms, \(accepted) packs accepted")
        let carried = Set(try pulled.flatMap { try ($0["lines"]?.elements ?? []).map { try $0.number("orderLine") } })
        let others = try lines.filter { try !carried.contains($0.number("number")) }
        return others.isEmpty ? accepted : accepted + (try await shipAndReceive(order, others, .none, note: "1"))
    }

    private func shipAndReceive(
        _ order: DemoOrdering.Order, _ lines: [JSONValue], _ flaw: Flaw, note: String
    ) async throws -> Int64 {
        let wrongArticle = flaw == .wrong && lines.count > 1 ? try lines[1].number("article") : nil
        let shipment = try await client.post(
            "/shipments",
            .of([
                "order": .string(order.id), "deliveryNote": .string("\(order.number)-\(note)"), "shippedOn": .string("\(today)"),
                "expectedOn": .string("\(today.adding(days: 1))"),
                "lines": .array(
                    try lines.enumerated().map { index, line in
                        .of([
                            "orderLine": .integer(try line.number("number")),
                            "article": .integer(
                                index == 0 ? try wrongArticle ?? line.number("article") : try line.number("article")),
                            "batchNumber": .string("\(order.number.suffix(6))-\(try line.number("number"))\(note)"),
                            "expiresOn": .string("\(today.adding(days: 500 + index % 300))"),
                            "packs": .integer(try line.number("packsOpen")),
                        ])
                    }),
            ]), as: order.supplier)
        return try await receive(shipment, order, lines, flaw)
    }

    private func receive(
        _ shipment: JSONValue, _ order: DemoOrdering.Order, _ ordered: [JSONValue], _ flaw: Flaw, isTold: Bool = true
    ) async throws -> Int64 {
        guard let member = members.facility(order.facility) else { throw CommandFailure("an order for an unknown facility") }
        let storage = try await DemoCycle.inParallel(try ordered.map { try $0.number("product") }) { [client] product in
            try await client.get("/products/\(product)", as: DemoCycle.officer)["product"]?["storage"]?.string ?? "room"
        }
        let witness = try await client.get("/me", as: "pharmacist-\(member.code)").number("person")
        let announced = shipment["lines"]?.elements ?? []
        let lines = try announced.enumerated().map { index, line -> JSONValue in
            let packs = try line.number("packs")
            var (delivered, accepted, reason): (Int64, Int64, String?) = (packs, packs, nil)
            if index == 0, flaw == .short { (delivered, accepted, reason) = (packs / 2, packs / 2, "not-delivered") }
            if index == 0, flaw == .damaged { (accepted, reason) = (0, "damaged") }
            if index == 0, flaw == .wrong { (accepted, reason) = (0, ordered.count > 1 ? "wrong-article" : "damaged") }
            var members: [JSONValue.Member] = [
                .init("shipmentLine", .integer(try line.number("number"))), .init("delivered", .integer(delivered)),
                .init("accepted", .integer(accepted)),
            ]
            if let reason { members.append(.init("reason", .string(reason))) }
            switch storage[index] {
            case "cold": members.append(.init("temperature", 50))
            case "frozen": members.append(.init("temperature", -200))
            default: break
            }
            return .object(members)
        }
        let receipt = try await client.post(
            "/shipments/\(try shipment.text("id"))/receipt",
            .of(["secondPerson": .integer(witness), "lines": .array(lines)]), as: "keeper-\(member.code)")
        let results = receipt["lines"]?.elements ?? []
        let (accepted, rejected) = try (
            results.reduce(0) { $0 + (try $1.number("accepted")) }, results.reduce(0) { $0 + (try $1.number("rejected")) }
        )
        let short = try results.reduce(0) { $0 + (try $1.number("short")) }
        let trouble = rejected + short > 0 ? ", \(rejected) rejected, \(short) short" : ""
        if isTold || !trouble.isEmpty {
            Terminal.say(
                "  验收 \(try receipt.text("number")) of \(try shipment.text("number")) for \(order.number), \(member.name): \(accepted) packs accepted\(trouble)"
            )
        }
        return accepted
    }
}
