import Primitives
import StockLedger

/// What was in a store when the ledger began.
struct OpeningStockBody: Codable, Sendable {
    struct Line: Codable, Sendable {
        let article: ArticleID
        let batchNumber: String
        let expiresOn: CalendarDate
        /// Base units.
        let quantity: BaseUnits
    }

    let lines: [Line]
}

/// Stock for a ward.
struct WardIssueBody: Codable, Sendable {
    let ward: String
    let lines: [ProductLineBody]
}

/// A quantity of a product in base units.
struct ProductLineBody: Codable, Sendable {
    let product: ProductID
    let quantity: BaseUnits

    var quantityOfProduct: ProductQuantity { ProductQuantity(product: product, quantity: quantity) }
}

struct BatchDecisionBody: Codable, Sendable {
    let decision: BatchDecision
    let lines: [BatchLine]
    let reason: String
}

/// Stock for another store. The caller may choose the transfer's id.
struct TransferBody: Codable, Sendable {
    let transfer: TransferID?
    let from: StoreID
    let to: StoreID
    let lines: [ProductLineBody]
    let reason: String
}

/// What did not arrive of a transfer; nothing when all did.
struct TransferReceiptBody: Codable, Sendable {
    let missing: [BatchLine]
    let reason: String
}

struct MovementAnswer: Codable, Sendable {
    let movement: MovementID
}

struct IssueAnswer: Codable, Sendable {
    let movement: MovementID
    let picks: [Pick]
}

struct TransferAnswer: Codable, Sendable {
    let transfer: TransferID
    let number: String
    let picks: [Pick]
}

/// Why something is done.
struct ReasonBody: Codable, Sendable {
    let reason: String
}
