import Postgres
public import Primitives

/// What a stocktake counts. A product is counted with all its batches, so that goods of a mixed-up batch are seen on
/// both.
public enum StocktakeScope: Sendable, Hashable {
    /// Everything the store has.
    case wholeStore
    /// These products.
    case products([ProductID])
    /// Products of which something expires within so many days, or has.
    case expiring(withinDays: Int)
    /// Products of which the store has at least this much at the reference price.
    case highValue(from: Money)
    /// Products that have moved since they were last counted here, or were never counted here and have moved.
    case movedSinceCount

    public var kind: StocktakeScopeKind {
        switch self {
        case .wholeStore: .wholeStore
        case .products: .products
        case .expiring: .expiring
        case .highValue: .highValue
        case .movedSinceCount: .movedSinceCount
        }
    }

    /// The number that is kept with the kind: days, or 1/10000 yuan.
    var parameter: Int64? {
        switch self {
        case .expiring(let days): Int64(days)
        case .highValue(let value): value.tenThousandths
        case .wholeStore, .products, .movedSinceCount: nil
        }
    }

    /// - Throws: ``StocktakesRefusal`` `stocktakes.setting-invalid`, `stocktakes.nothing-named`.
    func check() throws(StocktakesRefusal) {
        switch self {
        case .products(let products):
            guard !products.isEmpty else { throw StocktakesRefusal(.nothingNamed, "no product", field: "scope.products") }
        case .expiring(let days):
            guard (0...3_660).contains(days) else {
                throw StocktakesRefusal(.settingInvalid, "0 to 3660 days, not \(days)", field: "scope.withinDays")
            }
        case .highValue(let value):
            guard value.isEnterablePrice else {
                throw StocktakesRefusal(.settingInvalid, "above 0 yuan, at most \(Money.entryMax)", field: "scope.valueFrom")
            }
        case .wholeStore, .movedSinceCount: break
        }
    }
}

public enum StocktakeScopeKind: String, StoredText, Codable, CaseIterable {
    case wholeStore = "whole-store"
    case products
    case expiring
    case highValue = "high-value"
    case movedSinceCount = "moved-since-count"
}

/// Whether goods move while they are counted.
public enum CountManner: String, StoredText, Codable, CaseIterable {
    /// 停动盘点: what is counted does not move until the stocktake has ended.
    case frozen
    /// 动态盘点: business goes on; each count is compared with the ledger at its own moment.
    case moving
}
