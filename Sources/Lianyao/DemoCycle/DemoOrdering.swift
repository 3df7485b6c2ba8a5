import Primitives
import Web

/// Orders by supplier and store follow from the awards; they are approved, sent and confirmed.
struct DemoOrdering: Sendable {
    /// A confirmed order and who delivers it.
    struct Order: Sendable {
        let id: String
        let number: String
        let facility: Int64
        let store: Int64
        let supplier: String
    }

    let client: DemoClient
    let today: CalendarDate

    func run(_ awarded: DemoTendering.Awarded) async throws -> [Order] {
        let result = try await client.post(
            "/pools/\(awarded.pool)/orders", .of(["tender": .string(awarded.tender)]), as: DemoCycle.officer)
        let suppliers = try await suppliers()
        let orders = try (result["orders"]?.elements ?? []).map { order in
            guard let supplier = suppliers[try order.number("company")] else {
                throw CommandFailure("an order of an unknown supplier")
            }
            return Order(
                id: try order.text("id"), number: try order.text("number"), facility: try order.number("facility"),
                store: try order.number("store"), supplier: supplier)
        }
        let amounts = try await DemoCycle.inParallel(orders) { order in try await confirm(order) }
        let total = amounts.reduce(Money.zero, +)
        Terminal.say("订单 \(orders.count) purchase orders, \(total) yuan: approved, sent, confirmed")
        for (order, amount) in zip(orders, amounts).prefix(3) {
            Terminal.say("     \(order.number) \(order.supplier): \(amount) yuan")
        }
        return orders
    }

    private func suppliers() async throws -> [Int64: String] {
        let pairs = try await DemoCycle.inParallel((1...8).map { "supplier-\($0)" }) { [client] supplier in
            (try await client.get("/me", as: supplier).number("company"), supplier)
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    private func confirm(_ order: Order) async throws -> Money {
        let path = "/purchase-orders/\(order.id)"
        try await client.post("\(path)/approval", as: DemoCycle.supervisor)
        try await client.post("\(path)/dispatch", as: DemoCycle.officer)
        let detail = try await client.post(
            "\(path)/confirmation", .of(["lines": [], "expectedOn": .string("\(today.adding(days: 2))")]), as: order.supplier)
        return Money(yuan: try detail.text("amount")) ?? .zero
    }
}
