import Audit
import Identity
public import Postgres
public import Primitives

/// Declares what makes a pharmacist a reviewer, or what they lack.
public struct DeclareReviewer: Sendable {
    public var reviewer: ReviewerQualification

    public init(reviewer: ReviewerQualification) { self.reviewer = reviewer }

    /// - Throws: `IdentityRefusal` for anyone but a supervisor; ``DispensingRefusal``: a person who is no pharmacist of the
    ///   consortium, a day to come.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> ReviewerQualification {
        try principal.require(oneOf: [.supervisor])
        let people = try People(transaction).all(of: principal.consortium)
        guard people.contains(where: { $0.id == reviewer.person && $0.roles.contains(.pharmacist) }) else {
            throw DispensingRefusal(.reviewerInvalid, "person \(reviewer.person) is no pharmacist here", field: "person")
        }
        let today = now.businessDay
        guard reviewer.dispensingSince <= today, reviewer.trainedOn ?? today <= today else {
            throw DispensingRefusal(.reviewerInvalid, "a day after \(today)", field: "dispensingSince")
        }
        try ReviewerStore(transaction, principal.consortium).declare(reviewer, by: principal.person, at: now)
        try AuditTrail(transaction).append(
            "dispensing.declare-reviewer", subject: "person \(reviewer.person)", by: principal, at: now,
            detail: ["title": reviewer.title.rawValue])
        return reviewer
    }
}
