import Outbox
import PlatformMessages
import Postgres
import Primitives

/// Orders: their drafts, their sending, their voiding.
struct OrderFacts: FactKeeper {
    let kinds: Set<PlatformFactKind> = [.createOrder, .sendOrder, .voidOrder]

    func fact(
        of message: OutboxMessage, at platform: String, in transaction: Transaction, for consortium: ConsortiumID
    ) throws -> PlatformFact {
        let content: OrderContent = try content(of: message)
        guard content.number == message.document.key else {
            throw PlatformUntellable(reason: "the content is of \(content.number) and not of \(message.document.key)")
        }
        let order = try order(content, at: platform, in: transaction, for: consortium)
        return switch PlatformFactKind(rawValue: message.kind) {
        case .createOrder: .createOrder(order)
        case .sendOrder: .sendOrder(order)
        default: .voidOrder(order)
        }
    }

    func keep(
        _ acknowledgement: PlatformAcknowledgement, of fact: PlatformFact, at platform: String, in transaction: Transaction,
        for consortium: ConsortiumID, at now: Instant
    ) throws {
        let placed = PlacedOrdersStore(transaction, consortium)
        switch fact {
        case .createOrder(let order):
            try placed.acknowledge(acknowledgement, of: order.number, at: platform, becoming: .created, at: now)
        case .sendOrder(let order):
            try placed.acknowledge(acknowledgement, of: order.number, at: platform, becoming: .sent, at: now)
        case .voidOrder(let order):
            try placed.acknowledge(acknowledgement, of: order.number, at: platform, becoming: .void, at: now)
        default: break
        }
    }

    private func order(
        _ content: OrderContent, at platform: String, in transaction: Transaction, for consortium: ConsortiumID
    ) throws -> PlatformOrder {
        let codes = AccountsStore(transaction, consortium)
        guard let point = try codes.code(of: content.store, at: platform) else {
            throw PlatformUntellable(reason: "store \(content.store) has no code at \(platform)")
        }
        guard let supplier = try codes.code(of: content.company, at: platform) else {
            throw PlatformUntellable(reason: "company \(content.company) has no code at \(platform)")
        }
        let articles = try codes.codes(of: content.lines.map(\.article), at: platform)
        let numbers = try PlacedOrdersStore(transaction, consortium).numbers(of: content.order, at: platform)
        if let strange = content.lines.first(where: { !numbers.known.contains($0.number) }) {
            throw PlatformUntellable(reason: "line \(strange.number) is none of those that were announced")
        }
        return PlatformOrder(
            number: content.number, deliveryPoint: point, latestArrival: content.latestArrival,
            lines: try content.lines.filter { !numbers.refused.contains($0.number) }.map { line in
                guard let article = articles[line.article] else {
                    throw PlatformUntellable(reason: "line \(line.number): article \(line.article) has no code at \(platform)")
                }
                return PlatformOrderLine(
                    number: line.number, product: article.code, supplier: supplier.code, supplierName: supplier.name,
                    packs: line.packs,
                    packPrice: line.packPrice, purchaseKind: article.purchaseKind, platformLine: numbers.lines[line.number])
            },
            platformOrder: numbers.order)
    }
}
