import Postgres
public import Primitives
public import StockLedger

public typealias PreparationID = DocumentID<Preparation>

/// That somebody put the medicines of a prescription together (调配), for another person to check and hand out (核对发药).
/// Nothing is reserved by it.
public struct Preparation: Sendable, Hashable, Codable {
    public let id: PreparationID
    public let prescription: PrescriptionID
    public let version: Int
    public let store: StoreID
    public let preparer: PersonID
    public let preparedAt: Instant
    /// What was prepared of the prescription.
    public let lines: [HandOutLine]
    /// The boxes that were scanned.
    public let scans: [TraceScan]
    /// The batches an issue would take now, first expiry first; empty when stock is short.
    public let proposed: [Pick]
}
