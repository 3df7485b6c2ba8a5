import Formulary
public import Outbox
import PlatformMessages
public import PooledProcurement
public import Postgres
public import Primitives

/// Announces an order to the platforms where its goods are bought, in the transaction in which it is sent to its supplier.
///
/// A platform gets the lines of the kinds that its account buys there. Two messages follow each other: the draft, and its sending.
public struct TellOrder: Sendable {
    public var order: OrderDetail

    public init(_ order: OrderDetail) { self.order = order }

    /// - Returns: the messages, none when the goods are bought on no platform.
    @discardableResult
    public func run(in transaction: Transaction, for consortium: ConsortiumID, at now: Instant) throws -> [OutboxMessageID] {
        let accounts = try AccountsStore(transaction, consortium).accounts().filter(\.isActive)
        guard !accounts.isEmpty else { return [] }
        let products = try ProductsStore(transaction).products(order.lines.map(\.product))
        let placed = PlacedOrdersStore(transaction, consortium)
        var messages: [OutboxMessageID] = []
        for account in accounts {
            let lines = order.lines.filter { line in
                line.packsOrdered > line.packsCancelled && products[line.product].map { account.kinds.contains($0.kind) } == true
            }
            guard !lines.isEmpty else { continue }
            let content = OrderContent(order.order, lines: lines)
            try placed.insert(content, at: account.platform, at: now)
            for kind in [PlatformFactKind.createOrder, .sendOrder] {
                messages.append(try announce(kind, content, at: account.platform, in: transaction, for: consortium, now))
            }
        }
        return messages
    }

    private func announce(
        _ kind: PlatformFactKind, _ content: OrderContent, at platform: String, in transaction: Transaction,
        for consortium: ConsortiumID, _ now: Instant
    ) throws -> OutboxMessageID {
        try AnnounceFact(
            about: OutboxDocument(at: platform, key: content.number), kind: kind.rawValue,
            businessKey: "\(content.number)/\(kind.rawValue)", content: try JSON(content).jsonText
        ).run(in: transaction, for: consortium, at: now)
    }
}

/// Announces that an order was cancelled, to the platforms that were told of it.
public struct TellCancelledOrder: Sendable {
    public var order: OrderDetail

    public init(_ order: OrderDetail) { self.order = order }

    @discardableResult
    public func run(in transaction: Transaction, for consortium: ConsortiumID, at now: Instant) throws -> [OutboxMessageID] {
        try PlacedOrdersStore(transaction, consortium).platforms(of: order.order.id).map { platform in
            let content = OrderContent(order.order, lines: order.lines)
            return try AnnounceFact(
                about: OutboxDocument(at: platform, key: content.number), kind: PlatformFactKind.voidOrder.rawValue,
                businessKey: "\(content.number)/\(PlatformFactKind.voidOrder.rawValue)", content: try JSON(content).jsonText
            ).run(in: transaction, for: consortium, at: now)
        }
    }
}
