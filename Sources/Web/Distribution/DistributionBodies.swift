import Distribution
import PooledProcurement
import Primitives

/// Goods on their way. The caller may choose the shipment's id.
struct ShipmentBody: Codable, Sendable {
    struct Line: Codable, Sendable {
        let orderLine: Int
        let article: ArticleID
        let batchNumber: String
        let expiresOn: CalendarDate
        let packs: Int64
    }

    let shipment: ShipmentID?
    let order: OrderID
    let deliveryNote: String
    let shippedOn: CalendarDate
    let expectedOn: CalendarDate
    let lines: [Line]
}

/// Packs of one line of a received shipment that go back. The caller may choose the return's id.
struct SupplierReturnBody: Codable, Sendable {
    let returned: SupplierReturnID?
    let line: Int
    let packs: Int64
    let reason: String
}

struct ShipmentCancellationBody: Codable, Sendable {
    let reason: String
}

/// What came of a shipment: every line of it once. The caller may choose the receipt's id.
struct GoodsReceiptBody: Codable, Sendable {
    struct Line: Codable, Sendable {
        let shipmentLine: Int
        let delivered: Int64
        let accepted: Int64
        let reason: RejectionReason?
        let explanation: String?
        let acceptanceReason: String?
        /// On the packs, where it differs from the notice.
        let batchNumber: String?
        let expiresOn: CalendarDate?
        /// Tenths of a degree Celsius.
        let temperature: Int?

        var inspected: InspectedLine {
            InspectedLine(
                shipmentLine: shipmentLine, delivered: delivered, accepted: accepted, reason: reason,
                explanation: explanation ?? "",
                acceptanceReason: acceptanceReason ?? "", batchNumber: batchNumber, expiresOn: expiresOn, temperature: temperature
            )
        }
    }

    let receipt: GoodsReceiptID?
    let secondPerson: PersonID?
    let lines: [Line]
}
