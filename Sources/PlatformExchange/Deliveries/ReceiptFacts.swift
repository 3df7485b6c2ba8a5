import Outbox
import PlatformMessages
import Postgres
import Primitives

/// Receipts: what was accepted and rejected of a delivery. The platform gives nothing back for them.
struct ReceiptFacts: FactKeeper {
    let kinds: Set<PlatformFactKind> = [.acceptDelivery]

    func fact(
        of message: OutboxMessage, at platform: String, in transaction: Transaction, for consortium: ConsortiumID
    ) throws -> PlatformFact {
        .acceptDelivery(try content(of: message))
    }

    func keep(
        _ acknowledgement: PlatformAcknowledgement, of fact: PlatformFact, at platform: String, in transaction: Transaction,
        for consortium: ConsortiumID, at now: Instant
    ) throws {}
}
