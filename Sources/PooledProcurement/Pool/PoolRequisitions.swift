import Audit
import Identity
public import Postgres
public import Primitives
public import Requisitions

/// Pools the approved requisitions of a cycle by product.
///
/// Each requisition line is pooled once, however often and from how many places this is asked: requisitions that are
/// approved later go into a later pool.
public struct PoolRequisitions: Sendable {
    public var id: PoolID
    /// Whose requisitions; `nil` pools the approved emergency requisitions.
    public var cycle: CycleID?

    public init(id: PoolID, cycle: CycleID?) {
        self.id = id
        self.cycle = cycle
    }

    /// - Throws: ``PooledProcurementRefusal``: nothing approved waits, or the id is taken.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Pool {
        try principal.require(oneOf: [.procurementOfficer])
        let store = PoolsStore(transaction, principal.consortium)
        let requisitions = try store.lockApprovedRequisitions(of: cycle)
        guard !requisitions.isEmpty else {
            throw PooledProcurementRefusal(
                .nothingToPool, cycle.map { "cycle \($0)" } ?? "emergency requisitions", field: "cycle")
        }
        try MarkRequisitionsPooled(requisitions).run(in: transaction, by: principal, at: now)
        try store.insert(id, cycle: cycle, by: principal.person, at: now)
        let shares = try store.poolLines(of: requisitions, into: id)
        guard shares > 0 else {
            throw PooledProcurementRefusal(
                .nothingToPool, "nothing was approved in \(requisitions.count) requisitions", field: "cycle")
        }
        let pool = try store.pool(id)
        try AuditTrail(transaction).append(
            "pooled-procurement.pool", subject: "pool \(id)", by: principal, at: now,
            detail: ["number": pool.number, "requisitions": String(requisitions.count), "shares": String(shares)])
        return pool
    }
}

/// Ends a pool: no line of it will be tendered or ordered any more.
public struct ClosePool: Sendable {
    public var pool: PoolID
    public var reason: String

    public init(pool: PoolID, reason: String) {
        self.pool = pool
        self.reason = reason
    }

    /// - Throws: ``PooledProcurementRefusal``: no such pool, no reason, closed already.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Pool {
        try principal.require(oneOf: [.procurementOfficer])
        let store = PoolsStore(transaction, principal.consortium)
        let found = try store.pool(pool, isLocked: true)
        guard reason.saysSomething else { throw PooledProcurementRefusal(.reasonMissing, found.number, field: "reason") }
        try store.move(found, by: .close, reason: reason)
        try AuditTrail(transaction).append(
            "pooled-procurement.close-pool", subject: "pool \(pool)", by: principal, at: now, detail: ["reason": reason])
        return try store.pool(pool)
    }
}
