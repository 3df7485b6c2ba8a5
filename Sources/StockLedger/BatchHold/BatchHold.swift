import Postgres
public import Primitives

public typealias BatchHoldID = DocumentID<BatchHold>

/// That nothing may be taken of a batch, in any store of the consortium, because it is recalled or under suspicion.
///
/// What is there stays where it is, also what is on its way; it may be quarantined, counted, destroyed or sent back.
///
/// Source: recall rules (药品召回管理办法), §10: blocking by batch takes effect across all sites in one transaction, including
/// quantities in transit; Drug Administration Law (2019), art. 82.
public struct BatchHold: Sendable, Hashable, Codable {
    public let id: BatchHoldID
    public let batch: BatchID
    public let product: ProductID
    public let batchNumber: String
    public let reason: String
    public let heldBy: PersonID
    public let heldAt: Instant
    /// `nil` while the hold stands.
    public let lifting: Lifting?

    /// Who lifted a hold, when and why.
    public struct Lifting: Sendable, Hashable, Codable {
        public let person: PersonID
        public let at: Instant
        public let reason: String
    }
}
