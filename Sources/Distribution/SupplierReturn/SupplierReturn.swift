public import PooledProcurement
import Postgres
public import Primitives

public typealias SupplierReturnID = DocumentID<SupplierReturn>

/// Goods of a received shipment that went back to their supplier (退货单), all of one line of the shipment.
public struct SupplierReturn: Sendable, Hashable, Codable {
    public let id: SupplierReturnID
    /// `TH-2026-000123`.
    public let number: String
    public let shipment: ShipmentID
    public let shipmentLine: Int
    public let order: OrderID
    public let orderLine: Int
    public let company: CompanyID
    public let store: StoreID
    public let article: ArticleID
    /// As it was received.
    public let batchNumber: String
    public let packs: Int64
    public let units: BaseUnits
    /// As it was ordered.
    public let packPrice: Money
    public let reason: String
    public let returnedAt: Instant

    var subject: String { "supplier-return \(id)" }
    /// The ledger's name for the document.
    static func document(_ id: SupplierReturnID) -> String { "supplier-return \(id)" }

    /// Reads a row of ``columns``.
    init(_ row: Row) throws {
        id = try row["return_id"]
        number = try row["number"]
        shipment = try row["shipment_id"]
        shipmentLine = try row["shipment_line"]
        order = try row["order_id"]
        orderLine = try row["order_line"]
        company = try row["company_id"]
        store = try row["store_id"]
        article = try row["article_id"]
        batchNumber = try row["batch_number"]
        packs = try row["packs"]
        units = try row["units"]
        packPrice = try row["pack_price"]
        reason = try row["reason"]
        returnedAt = try row["returned_at"]
    }

    static let columns: SQL = """
        return_id, number, shipment_id, shipment_line, order_id, order_line, company_id, store_id, article_id, batch_number, packs,
        units, pack_price, reason, returned_at
        """
}
