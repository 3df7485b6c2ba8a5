import Outbox
import PlatformMessages
import Postgres
import Primitives

/// Returns: their applications, and their confirmations where a platform wants one.
struct ReturnFacts: FactKeeper {
    let kinds: Set<PlatformFactKind> = [.applyReturn, .confirmReturn]

    func fact(
        of message: OutboxMessage, at platform: String, in transaction: Transaction, for consortium: ConsortiumID
    ) throws -> PlatformFact {
        var returned: PlatformReturn = try content(of: message)
        // A code that was set after the return was announced counts.
        if returned.deliveryPoint.isEmpty {
            returned.deliveryPoint = try ReturnsStore(transaction, consortium).point(of: returned.number, at: platform) ?? ""
        }
        guard !returned.deliveryPoint.isEmpty else {
            throw PlatformUntellable(reason: "the store has no code at \(platform)")
        }
        returned.platformReturn = try ReturnsStore(transaction, consortium).platformNumber(of: returned.number, at: platform)
        return PlatformFactKind(rawValue: message.kind) == .applyReturn ? .applyReturn(returned) : .confirmReturn(returned)
    }

    func keep(
        _ acknowledgement: PlatformAcknowledgement, of fact: PlatformFact, at platform: String, in transaction: Transaction,
        for consortium: ConsortiumID, at now: Instant
    ) throws {
        let returns = ReturnsStore(transaction, consortium)
        switch fact {
        case .applyReturn(let told):
            try returns.acknowledge(
                told.number, at: platform, becoming: .applied, platformNumber: acknowledgement.document, at: now)
        case .confirmReturn(let told):
            try returns.acknowledge(
                told.number, at: platform, becoming: .confirmed, platformNumber: acknowledgement.document, at: now)
        default: break
        }
    }
}
