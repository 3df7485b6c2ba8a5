public import Dispensing
import Postgres
public import Primitives
public import StockLedger

public typealias SharingID = DocumentID<SharingRequest>

/// One store asks another for what it lacks (药品共享申请), for a prescription or in general. It is no sale; what is agreed
/// goes by a transfer of the stock ledger.
public struct SharingRequest: Sendable, Hashable, Codable {
    public let id: SharingID
    /// `GX-2026-000123`.
    public let number: String
    public let asking: StoreID
    public let holding: StoreID
    public let product: ProductID
    /// Base units that are asked for.
    public let quantity: BaseUnits
    /// Base units that the other agreed to give; `nil` until it did.
    public let agreed: BaseUnits?
    public let prescription: PrescriptionID?
    public let reason: String
    public let state: SharingState
    public let askedBy: PersonID
    public let askedAt: Instant
    public let answeredAt: Instant?
    /// What brings it; `nil` until it was shipped.
    public let transfer: TransferID?
    public let shippedAt: Instant?
    /// When it was received, declined or withdrawn.
    public let endedAt: Instant?
    /// Why it was declined or withdrawn; empty otherwise.
    public let endedWhy: String
}

extension SharingRequest {
    init(_ row: Row) throws {
        self.init(
            id: try row["sharing_id"], number: try row["number"], asking: try row["asking_store_id"],
            holding: try row["holding_store_id"], product: try row["product_id"], quantity: try row["quantity"],
            agreed: try row["agreed_quantity"], prescription: try row["prescription_id"], reason: try row["reason"],
            state: try row["state"], askedBy: try row["asked_by_id"], askedAt: try row["asked_at"],
            answeredAt: try row["answered_at"], transfer: try row["transfer_id"], shippedAt: try row["shipped_at"],
            endedAt: try row["ended_at"], endedWhy: try row["ended_why"])
    }
}
