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
        let receipt: PlatformReceipt = try content(of: message)
        guard message.businessKey == TellReceipt.key(of: receipt) else {
            throw PlatformUntellable(
                reason: "the content is of delivery line \(receipt.deliveryLine) and not that of \(message.businessKey)")
        }
        return .acceptDelivery(receipt)
    }

    func keep(
        _ acknowledgement: PlatformAcknowledgement, of fact: PlatformFact, at platform: String, in transaction: Transaction,
        for consortium: ConsortiumID, at now: Instant
    ) throws {}
}
