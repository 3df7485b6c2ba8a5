import Identity
public import Postgres
public import Primitives
public import Requisitions

/// What pages ask about pools.
public struct PoolReadings {
    private let transaction: Transaction

    public init(_ transaction: Transaction) { self.transaction = transaction }

    private func store(for principal: Principal) throws -> PoolsStore {
        try principal.require(oneOf: [.procurementOfficer, .supervisor, .auditor])
        return PoolsStore(transaction, principal.consortium)
    }

    /// Pools, newest first, `limit` at most, after the one with `serial`.
    ///
    /// - Throws: `IdentityRefusal` for a person who neither runs, approves nor inspects procurement.
    public func pools(of cycle: CycleID? = nil, after serial: Int64? = nil, limit: Int, for principal: Principal) throws -> [Pool]
    {
        try store(for: principal).pools(of: cycle, after: serial, limit: limit)
    }

    /// - Throws: ``PooledProcurementRefusal`` when there is no such pool.
    public func pool(_ id: PoolID, for principal: Principal) throws -> Pool {
        try store(for: principal).pool(id)
    }

    /// The lines of a pool in the order of their products, after one of them.
    ///
    /// - Throws: ``PooledProcurementRefusal`` when there is no such pool.
    public func lines(
        of id: PoolID, after product: ProductID? = nil, limit: Int? = nil, for principal: Principal
    ) throws -> [PoolLine] {
        let store = try store(for: principal)
        _ = try store.pool(id)
        return try store.lines(of: id, after: product, limit: limit)
    }

    /// Who asked for how much of one pooled product, in the order of requisitions, after one of them.
    ///
    /// - Throws: ``PooledProcurementRefusal`` when there is no such pool.
    public func shares(
        of product: ProductID, in id: PoolID, after key: (requisition: RequisitionID, line: Int)? = nil, limit: Int? = nil,
        for principal: Principal
    ) throws -> [PoolShare] {
        let store = try store(for: principal)
        _ = try store.pool(id)
        return try store.shares(of: product, in: id, after: key, limit: limit)
    }
}
