public import Postgres
import Primitives

/// Brings what products are found by up to date: names, trade names and manufacturers that are new or were changed.
///
/// It compares everything and takes apart only what differs, so it may run after every import and at every start.
public struct RefreshSearch: Sendable {
    public init() {}

    private static let rowsMax = 1_000

    /// - Returns: how many products and manufacturers had changed.
    @discardableResult
    public func run(in transaction: Transaction) throws -> Int {
        let store = SearchIndexStore(transaction)
        var count = 0
        var first: ProductID?
        while let last = try store.lastProduct(after: first, limit: Self.rowsMax) {
            let products = try store.changedProducts(after: first, through: last)
            try store.put(products)
            count += products.count
            first = last
        }
        var makers = try store.changedMakers(after: nil, limit: Self.rowsMax)
        while let last = makers.last {
            try store.put(makers)
            count += makers.count
            makers = try store.changedMakers(after: last.id, limit: Self.rowsMax)
        }
        if count > 0 { try store.settle() }
        return count
    }
}
