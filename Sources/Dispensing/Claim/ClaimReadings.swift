public import Postgres
public import Primitives

/// What pharmacies ask about claims.
public struct ClaimReadings {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, of consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// Every claim that a prescription had, oldest first.
    ///
    /// - Throws: ``DispensingRefusal`` when there is no such prescription.
    public func claims(of prescription: PrescriptionID) throws -> [Claim] {
        _ = try PrescriptionStore(transaction, consortium).prescription(prescription)
        return try ClaimStore(transaction, consortium).claims(of: prescription)
    }

    /// The claims that a store holds at a moment, first to expire first.
    public func live(of store: StoreID, at now: Instant, after: ClaimID? = nil, limit: Int) throws -> [Claim] {
        try ClaimStore(transaction, consortium).live(of: store, at: now, after: after, limit: limit)
    }

    /// For how many minutes a claim lasts.
    public func minutes() throws -> Int { try ClaimStore(transaction, consortium).minutes() }
}
