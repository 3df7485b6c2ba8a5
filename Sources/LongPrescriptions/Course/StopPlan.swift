import Identity
public import Postgres
public import Primitives

/// Ends a plan for good; what was not collected will not be.
///
/// Source: long-term prescription norm R-LP-09.
public struct StopPlan: Sendable {
    public var plan: LongPlanID
    public var reason: StopReason
    public var words: String

    public init(plan: LongPlanID, reason: StopReason, words: String) {
        self.plan = plan
        self.reason = reason
        self.words = words
    }

    /// - Throws: `IdentityRefusal` for anyone but a prescriber; ``LongPrescriptionsRefusal``: unknown, over already, no words.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> LongPlan {
        try principal.require(oneOf: [.prescriber])
        let work = PlanWork(transaction, by: principal, at: now)
        let (current, next) = try work.taken(plan, .stop)
        try work.stop(current, next, reason: reason, words: try words.words(or: .wordsMissing, field: "words"))
        return try work.plans.plan(plan)
    }
}
