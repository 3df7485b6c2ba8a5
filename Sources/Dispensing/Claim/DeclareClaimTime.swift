import Audit
import Identity
public import Postgres
public import Primitives

/// Says for how many minutes a claim lasts in the consortium. Claims that are held keep their time.
public struct DeclareClaimTime: Sendable {
    public var minutes: Int

    public init(minutes: Int) { self.minutes = minutes }

    /// - Throws: `IdentityRefusal` for anyone but a supervisor; ``DispensingRefusal`` `dispensing.claim-time-invalid`.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.supervisor])
        let allowed = ClaimRules.minutesAllowed
        guard allowed.contains(minutes) else {
            throw DispensingRefusal(
                .claimTimeInvalid, "\(minutes), from \(allowed.lowerBound) to \(allowed.upperBound) allowed", field: "minutes")
        }
        try ClaimStore(transaction, principal.consortium).declare(minutes: minutes, by: principal.person, at: now)
        try AuditTrail(transaction).append(
            "dispensing.declare-claim-time", subject: "consortium \(principal.consortium)", by: principal, at: now,
            detail: ["minutes": String(minutes)])
    }
}
