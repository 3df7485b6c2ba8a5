import Audit
public import Foundation
import Identity
import Parties
public import Postgres
public import Primitives
public import StockLedger

/// Sends what was agreed, first expired first out, as a transfer of the stock ledger.
public struct ShipSharing: Sendable {
    public var sharing: SharingID
    public var transfer: TransferID
    public var requestID: UUID

    public init(sharing: SharingID, transfer: TransferID, requestID: UUID) {
        self.sharing = sharing
        self.transfer = transfer
        self.requestID = requestID
    }

    /// - Throws: ``PrescriptionFlowRefusal`` for an unknown request; `IdentityRefusal` for anyone but a storekeeper of the
    ///   facility that is asked; ``PrescriptionFlowRefusal`` when it was not agreed; `StockLedgerRefusal`: too little stock,
    ///   held still, the transfer's id taken.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> SharingRequest {
        try principal.require(oneOf: [.storekeeper])
        let store = SharingStore(transaction, principal.consortium)
        let request = try store.locked(sharing)
        try principal.requireFacility(
            try PartiesStore(transaction).store(request.holding, of: principal.consortium).facility)
        let next = try request.state.after(.ship)
        try ShipTransfer(
            transfer: transfer, from: request.holding, to: request.asking,
            lines: [ProductQuantity(product: request.product, quantity: request.agreed ?? request.quantity)],
            reason: "药品共享 \(request.number)", requestID: requestID
        ).run(in: transaction, by: principal, at: now)
        try store.ship(sharing, next, by: transfer, at: now)
        try AuditTrail(transaction).append(
            "prescription-flow.ship-sharing", subject: "sharing \(sharing)", by: principal, at: now,
            detail: ["transfer": transfer.description])
        return try store.request(sharing)
    }
}

/// Takes in what was sent; what is missing of it is lost on the way, with a reason.
public struct ReceiveSharing: Sendable {
    public var sharing: SharingID
    /// What did not arrive, by batch; empty when all did.
    public var missing: [BatchLine]
    public var reason: String
    public var requestID: UUID

    public init(sharing: SharingID, missing: [BatchLine] = [], reason: String = "", requestID: UUID) {
        self.sharing = sharing
        self.missing = missing
        self.reason = reason
        self.requestID = requestID
    }

    /// A transfer that was taken in at the ledger already is only noted.
    ///
    /// - Throws: ``PrescriptionFlowRefusal`` for an unknown request; `IdentityRefusal` for anyone but a storekeeper of the
    ///   asking facility; ``PrescriptionFlowRefusal`` when it is not on its way; `StockLedgerRefusal`: missing without a
    ///   reason, more missing than was sent, held still.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> SharingRequest {
        try principal.require(oneOf: [.storekeeper])
        let store = SharingStore(transaction, principal.consortium)
        let request = try store.locked(sharing)
        try principal.requireFacility(
            try PartiesStore(transaction).store(request.asking, of: principal.consortium).facility)
        let next = try request.state.after(.receive)
        if let transfer = request.transfer,
            try TransferStore(transaction, principal.consortium).transfer(transfer).state == .inTransit
        {
            try ReceiveTransfer(transfer: transfer, missing: missing, reason: reason, requestID: requestID)
                .run(in: transaction, by: principal, at: now)
        }
        try store.end(sharing, next, why: "", at: now)
        try AuditTrail(transaction).append(
            "prescription-flow.receive-sharing", subject: "sharing \(sharing)", by: principal, at: now)
        return try store.request(sharing)
    }
}
