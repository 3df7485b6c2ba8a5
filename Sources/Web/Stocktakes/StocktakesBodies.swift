import Primitives
import StockLedger
import Stocktakes

/// What is counted. A kind takes its own parameter and no other.
struct StocktakeScopeBody: Codable, Sendable {
    let kind: StocktakeScopeKind
    /// Of the kind `products`.
    let products: [ProductID]?
    /// Of the kind `expiring`; 180 days unless told.
    let withinDays: Int?
    /// Of the kind `high-value`; 1,000 yuan unless told.
    let valueFrom: Money?

    /// - Throws: ``StocktakesRefusal`` `stocktakes.setting-invalid` for a parameter of another kind.
    func scope() throws(StocktakesRefusal) -> StocktakeScope {
        let given: [(name: String, of: StocktakeScopeKind, isGiven: Bool)] = [
            ("products", .products, products != nil), ("withinDays", .expiring, withinDays != nil),
            ("valueFrom", .highValue, valueFrom != nil),
        ]
        if let foreign = given.first(where: { $0.isGiven && $0.of != kind }) {
            throw StocktakesRefusal(.settingInvalid, "\(kind.rawValue) has no \(foreign.name)", field: "scope.\(foreign.name)")
        }
        return switch kind {
        case .wholeStore: .wholeStore
        case .products: .products(products ?? [])
        case .expiring: .expiring(withinDays: withinDays ?? 180)
        case .highValue: .highValue(from: valueFrom ?? Money(tenThousandths: 10_000_000))
        case .movedSinceCount: .movedSinceCount
        }
    }
}

/// A stocktake to be opened. The caller may choose its id.
struct StocktakeBody: Codable, Sendable {
    let stocktake: StocktakeID?
    let store: StoreID
    let name: String?
    let scope: StocktakeScopeBody
    let manner: CountManner
    let isBlind: Bool
    /// Left out, the standard rule.
    let recount: RecountRule?
}

struct CountsBody: Codable, Sendable {
    struct Count: Codable, Sendable {
        let line: Int
        /// Base units.
        let counted: BaseUnits
        /// True with 0 and with nothing else.
        let isNotFound: Bool?
    }

    let counts: [Count]
}

/// A batch that stands on the shelf and not on the sheet.
struct FoundBatchBody: Codable, Sendable {
    let article: ArticleID
    let batchNumber: String
    let expiresOn: CalendarDate
    let state: InsideState
    /// Base units.
    let counted: BaseUnits
}

struct FoundBatchAnswer: Codable, Sendable {
    let line: Int
    let stocktake: StocktakeSummary
}

struct StocktakeVersionBody: Codable, Sendable {
    /// The version the caller has read.
    let version: Int64
}

/// Why a stocktake is given up.
struct StocktakeReasonBody: Codable, Sendable {
    /// The version the caller has read.
    let version: Int64
    let reason: String
}

/// Why lines are counted again.
struct StocktakeRecountBody: Codable, Sendable {
    /// The version the caller has read.
    let version: Int64
    let lines: [Int]
    let reason: String
}

/// Why lines differ.
struct DifferenceReasonsBody: Codable, Sendable {
    struct Explanation: Codable, Sendable {
        let line: Int
        let reason: DifferenceReason
        let note: String?
    }

    /// The version the caller has read.
    let version: Int64
    let reasons: [Explanation]
}
