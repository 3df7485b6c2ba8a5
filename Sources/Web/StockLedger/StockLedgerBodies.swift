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
    /// The day it counts for, today unless told; an earlier day needs a reason.
    let occurredOn: CalendarDate?
    let reason: String?
}

/// Stock for a ward.
struct WardIssueBody: Codable, Sendable {
    let ward: String
    let lines: [ProductLineBody]
    /// The day it counts for, today unless told; an earlier day needs a reason.
    let occurredOn: CalendarDate?
    let reason: String?
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
    /// The day it counts for, today unless told.
    let occurredOn: CalendarDate?
}

/// Stock for another store. The caller may choose the transfer's id.
struct TransferBody: Codable, Sendable {
    let transfer: TransferID?
    let from: StoreID
    let to: StoreID
    let lines: [ProductLineBody]
    let reason: String
    /// The day it counts for, today unless told.
    let occurredOn: CalendarDate?
}

/// What did not arrive of a transfer; nothing when all did.
struct TransferReceiptBody: Codable, Sendable {
    let missing: [BatchLine]
    let reason: String
    /// The day it counts for, today unless told; an earlier day needs a reason.
    let occurredOn: CalendarDate?
}

/// Why a movement is undone, and the day that counts for: today unless told.
struct ReversalBody: Codable, Sendable {
    let reason: String
    let occurredOn: CalendarDate?
}

/// The last day of a store that is closed.
struct ClosingBody: Codable, Sendable {
    let through: CalendarDate
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
