import Foundation
public import Outbox
public import PlatformMessages
public import Postgres
public import Primitives

/// Knows one kind of document: puts its messages into a platform's words, and keeps what the platform gives for them. Modules above
/// this one give their keepers to the ``Dispatcher``.
public protocol FactKeeper: Sendable {
    /// The messages that it knows; no two keepers know the same.
    var kinds: Set<PlatformFactKind> { get }

    /// The message in the platform's codes and numbers, as they are now.
    ///
    /// - Throws: `PlatformUntellable` when a code is missing or the content is not the kind's.
    func fact(
        of message: OutboxMessage, at platform: String, in transaction: Transaction, for consortium: ConsortiumID
    ) throws -> PlatformFact

    /// Writes down what the platform gave when it took the fact in, in the transaction in which the message is accepted.
    func keep(
        _ acknowledgement: PlatformAcknowledgement, of fact: PlatformFact, at platform: String, in transaction: Transaction,
        for consortium: ConsortiumID, at now: Instant
    ) throws
}

extension FactKeeper {
    /// The content of a message, as its announcement wrote it.
    public func content<Content: Decodable>(of message: OutboxMessage, as type: Content.Type = Content.self)
        throws(PlatformUntellable)
        -> Content
    {
        guard let content = try? JSONDecoder().decode(type, from: Data(message.content.text.utf8)) else {
            throw PlatformUntellable(reason: "the content is not that of \(message.kind)")
        }
        return content
    }
}

/// All keepers of a dispatcher.
struct FactKeepers: Sendable {
    private let byKind: [PlatformFactKind: any FactKeeper]

    init(_ others: [any FactKeeper]) {
        let keepers: [any FactKeeper] = [OrderFacts(), ReceiptFacts(), InvoiceFacts(), SettlementFacts(), ReturnFacts()] + others
        byKind = Dictionary(keepers.flatMap { keeper in keeper.kinds.map { ($0, keeper) } }) { first, _ in first }
    }

    /// - Throws: `PlatformUntellable` also for a message that nobody knows.
    func fact(
        of message: OutboxMessage, at platform: String, in transaction: Transaction, for consortium: ConsortiumID
    ) throws -> PlatformFact {
        guard let keeper = PlatformFactKind(rawValue: message.kind).flatMap({ byKind[$0] }) else {
            throw PlatformUntellable(reason: "nobody tells \(message.kind)")
        }
        return try keeper.fact(of: message, at: platform, in: transaction, for: consortium)
    }

    func keep(
        _ acknowledgement: PlatformAcknowledgement, of fact: PlatformFact, at platform: String, in transaction: Transaction,
        for consortium: ConsortiumID, at now: Instant
    ) throws {
        try byKind[fact.kind]?.keep(acknowledgement, of: fact, at: platform, in: transaction, for: consortium, at: now)
    }
}
