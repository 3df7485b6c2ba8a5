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
///
/// An order of which something was delivered is not voided there: that its rest was given up is a difference for a person.
public struct TellCancelledOrder: Sendable {
    public var order: OrderDetail

    public init(_ order: OrderDetail) { self.order = order }

    @discardableResult
    public func run(in transaction: Transaction, for consortium: ConsortiumID, at now: Instant) throws -> [OutboxMessageID] {
        let placed = PlacedOrdersStore(transaction, consortium)
        var messages: [OutboxMessageID] = []
        for platform in try placed.platforms(of: order.order.id) {
            let lines = try placed.liveLines(of: order.order.id, at: platform)
            guard try !placed.isDelivered(order.order.id, at: platform), order.lines.allSatisfy({ $0.packsReceived == 0 }) else {
                try DifferencesStore(transaction, consortium, platform)
                    .open(.state, "order \(order.order.number)", ours: "the rest is cancelled", theirs: "sent", at: now)
                continue
            }
            let content = OrderContent(order.order, lines: order.lines.filter { lines.contains($0.number) }, asOrdered: true)
            messages.append(
                try AnnounceFact(
                    about: OutboxDocument(at: platform, key: content.number), kind: PlatformFactKind.voidOrder.rawValue,
                    businessKey: "\(content.number)/\(PlatformFactKind.voidOrder.rawValue)", content: try JSON(content).jsonText
                ).run(in: transaction, for: consortium, at: now))
        }
        return messages
    }
}

/// Writes down that an order is not any more what its platforms were told: they know no such change of what was sent, so a person
/// settles it with the supplier.
public struct NoteChangedOrder: Sendable {
    public var order: OrderDetail

    public init(_ order: OrderDetail) { self.order = order }

    public func run(in transaction: Transaction, for consortium: ConsortiumID, at now: Instant) throws {
        for platform in try PlacedOrdersStore(transaction, consortium).platforms(of: order.order.id) {
            let lines = order.lines.map { "\($0.number): \($0.packsOrdered - $0.packsCancelled)" }.joined(separator: ", ")
            try DifferencesStore(transaction, consortium, platform).open(
                .quantity, "order \(order.order.number)", ours: "\(order.order.state.rawValue), packs by line \(lines)",
                theirs: "as it was sent",
                at: now)
        }
    }
}
