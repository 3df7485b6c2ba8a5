import Audit
import Identity
public import Postgres
public import Primitives

/// Declares how the consortium prescribes and reviews. What was written before signatures were required needs none.
public struct DeclarePractice: Sendable {
    public var practice: ConsortiumPractice

    public init(practice: ConsortiumPractice) { self.practice = practice }

    /// - Throws: `IdentityRefusal` for anyone but a supervisor; ``DispensingRefusal`` for numbers out of range.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> ConsortiumPractice {
        try principal.require(oneOf: [.supervisor])
        try practice.check()
        try PracticeStore(transaction, principal.consortium).declare(practice, by: principal.person, at: now)
        try AuditTrail(transaction).append(
            "dispensing.declare-practice", subject: "consortium \(principal.consortium)", by: principal, at: now,
            detail: [
                "requiresSignatures": practice.requiresSignatures ? "yes" : "no",
                "requiresQualifiedReviewers": practice.requiresQualifiedReviewers ? "yes" : "no",
                "roundsUpToPacks": practice.roundsUpToPacks ? "yes" : "no",
                "holdMinutes": String(practice.holdMinutes), "holdsMax": String(practice.holdsMax),
            ])
        return practice
    }
}
