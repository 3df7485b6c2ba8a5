import Audit
import Identity
import Parties
public import Foundation
public import Postgres
public import Primitives
import StockLedger

/// Puts what is left in an opened pack into quarantine: it is damaged, or has been open for too long.
public struct DiscardOpenedPack: Sendable {
    public var pack: OpenedPackID
    public var reason: String
    public var requestID: UUID

    public init(pack: OpenedPackID, reason: String, requestID: UUID) {
        self.pack = pack
        self.reason = reason
        self.requestID = requestID
    }

    /// - Throws: `IdentityRefusal` for anyone but a pharmacist or dispenser of the store's facility; ``DispensingRefusal``:
    ///   unknown, no reason, a pack that is closed or was used at the same moment; `StockLedgerRefusal` when the ledger no
    ///   longer holds its units, or holds them still.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> OpenedPack {
        try principal.require(oneOf: [.pharmacist, .dispenser])
        let packs = PackStore(transaction, principal.consortium)
        let current = try packs.pack(pack)
        try principal.requireFacility(try PartiesStore(transaction).store(current.store, of: principal.consortium).facility)
        guard (1...500).contains(reason.trimmed.count) else {
            throw DispensingRefusal(.reasonRequired, "say why it is not used up", field: "reason")
        }
        guard current.closing == nil else { throw DispensingRefusal(.packChanged, "pack \(pack) is closed") }
        try MoveBatches(
            store: current.store, decision: .quarantine, lines: [BatchLine(batch: current.batch, quantity: current.remaining)],
            reason: reason.trimmed, requestID: requestID
        ).run(in: transaction, by: principal, at: now)
        try packs.discard(PackPart(pack: pack, quantity: current.remaining), reason: reason.trimmed, at: now)
        try AuditTrail(transaction).append(
            "dispensing.discard-pack", subject: "opened-pack \(pack)", by: principal, at: now,
            detail: ["units": current.remaining.description])
        return try packs.pack(pack)
    }
}
