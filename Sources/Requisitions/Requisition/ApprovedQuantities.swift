public import Postgres
public import Primitives

/// What stores were approved and nobody has pooled yet.
public struct ApprovedQuantities {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, of consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// Base units by product, more than 0.
    public func waiting(for store: StoreID) throws -> [ProductID: BaseUnits] {
        try RequisitionsStore(transaction, consortium).approvedNotPooled(for: store)
    }
}
