import Postgres
public import Primitives
public import StockLedger

public typealias GoodsReceiptID = DocumentID<GoodsReceipt>

/// Why packs were not accepted, or did not come.
public enum RejectionReason: String, StoredText, Codable, CaseIterable {
    case damaged
    case wrongArticle = "wrong-article"
    case expired
    case shortDated = "short-dated"
    case missingDocument = "missing-document"
    case temperature
    case overDelivery = "over-delivery"
    /// Announced, and not in the delivery.
    case notDelivered = "not-delivered"
    /// Said in words.
    case other
}

/// What came of a shipment and what of it was accepted (验收单). A shipment has one.
public struct GoodsReceipt: Sendable, Hashable, Codable {
    public let id: GoodsReceiptID
    /// `YS-2026-000123`.
    public let number: String
    public let shipment: ShipmentID
    public let store: StoreID
    public let receivedAt: Instant
    public let receivedOn: CalendarDate
    public let receiver: PersonID
    /// Who accepted controlled goods together with the receiver.
    public let secondPerson: PersonID?
    /// What the ledger recorded; `nil` when nothing was accepted.
    public let movement: MovementID?
    public let lines: [GoodsReceiptLine]

    var subject: String { "goods-receipt \(id)" }
    /// The ledger's name for the document.
    static func document(_ id: GoodsReceiptID) -> String { "goods-receipt \(id)" }
}

/// What came of one line of the shipment, in packs. Accepted and rejected add up to delivered; delivered and short add up to
/// announced and over.
public struct GoodsReceiptLine: Sendable, Hashable, Codable {
    public let shipmentLine: Int
    public let orderLine: Int
    public let product: ProductID
    public let article: ArticleID
    /// As found on the packs.
    public let batchNumber: String
    public let expiresOn: CalendarDate
    public let announced: Int64
    public let delivered: Int64
    public let accepted: Int64
    public let rejected: Int64
    public let short: Int64
    public let over: Int64
    /// Base units in the accepted packs.
    public let acceptedUnits: BaseUnits
    /// Why packs were rejected or did not come; `nil` when all came and were accepted.
    public let reason: RejectionReason?
    public let explanation: String
    /// Why goods with little remaining life were accepted.
    public let acceptanceReason: String
    /// Tenths of a degree Celsius on arrival, of goods that need cold.
    public let temperature: Int?
}
