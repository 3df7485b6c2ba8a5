import Audit
import Identity
public import Postgres
public import Primitives

/// Lets a claim last anew from now, while the medicines are still being made ready.
public struct RenewClaim: Sendable {
    public var claim: ClaimID

    public init(claim: ClaimID) { self.claim = claim }

    /// - Throws: `IdentityRefusal` for anyone but a dispenser or pharmacist of the claim's facility; ``DispensingRefusal``:
    ///   unknown, expired or ended.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Claim {
        try principal.require(oneOf: [.dispenser, .pharmacist])
        let claims = ClaimStore(transaction, principal.consortium)
        let held = try claims.locked(claim)
        try principal.requireFacility(held.facility)
        try ClaimRules.requireLive(held, at: now)
        try claims.extend(claim, until: max(held.expiresAt, now.adding(try claims.duration())))
        try AuditTrail(transaction).append(
            "dispensing.renew-claim", subject: "prescription \(held.prescription)", by: principal, at: now,
            detail: ["claim": claim.description])
        return try claims.claim(claim)
    }
}
