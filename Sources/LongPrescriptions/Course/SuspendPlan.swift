import Identity
public import Postgres
public import Primitives

/// Keeps a plan from being collected until a physician lets it go on.
public struct SuspendPlan: Sendable {
    public var plan: LongPlanID
    public var reason: StopReason
    public var words: String

    public init(plan: LongPlanID, reason: StopReason, words: String) {
        self.plan = plan
        self.reason = reason
        self.words = words
    }

    /// - Throws: `IdentityRefusal` for anyone but a prescriber; ``LongPrescriptionsRefusal``: unknown, a state that does not allow
    ///   it, no words.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> LongPlan {
        try principal.require(oneOf: [.prescriber])
        let work = PlanWork(transaction, by: principal, at: now)
        let (current, next) = try work.taken(plan, .suspend)
        try work.interrupt(current, next, .suspend, reason: reason, words: try words.words(or: .wordsMissing, field: "words"))
        return try work.plans.plan(plan)
    }
}

/// Reports a sign that the plan no longer suits the patient. Nothing is collected until a physician decides.
///
/// Source: long-term prescription norm R-LP-09, R-LP-10.
public struct RaiseAlert: Sendable {
    public var plan: LongPlanID
    public var reason: StopReason
    public var words: String

    public init(plan: LongPlanID, reason: StopReason, words: String) {
        self.plan = plan
        self.reason = reason
        self.words = words
    }

    /// - Throws: `IdentityRefusal` for anyone but a pharmacist, dispenser or prescriber; ``LongPrescriptionsRefusal``: unknown, a
    ///   plan that is not active, no words.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> LongPlan {
        try principal.require(oneOf: [.pharmacist, .dispenser, .prescriber])
        let work = PlanWork(transaction, by: principal, at: now)
        let (current, next) = try work.taken(plan, .raiseAlert)
        try work.interrupt(current, next, .raiseAlert, reason: reason, words: try words.words(or: .wordsMissing, field: "words"))
        return try work.plans.plan(plan)
    }
}
