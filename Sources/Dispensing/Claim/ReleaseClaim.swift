import Audit
import Identity
public import Postgres
public import Primitives

/// Lets a claim go: the prescription is open to every pharmacy again.
public struct ReleaseClaim: Sendable {
    public var claim: ClaimID

    public init(claim: ClaimID) { self.claim = claim }

    /// - Throws: `IdentityRefusal` for anyone but a dispenser or pharmacist of the claim's facility or a supervisor;
    ///   ``DispensingRefusal``: unknown, expired or ended.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Claim {
        try principal.require(oneOf: [.dispenser, .pharmacist, .supervisor])
        let claims = ClaimStore(transaction, principal.consortium)
        let held = try claims.locked(claim)
        try principal.requireFacility(held.facility)
        try ClaimRules.requireLive(held, at: now)
        try claims.end(of: held.prescription, .released, at: now)
        try AuditTrail(transaction).append(
            "dispensing.release-claim", subject: "prescription \(held.prescription)", by: principal, at: now,
            detail: ["claim": claim.description])
        return try claims.claim(claim)
    }
}
