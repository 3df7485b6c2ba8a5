import Identity
public import Postgres
public import Primitives

/// Lets a suspended plan go on, or one with an alert. The physician has assessed the patient; what was due meanwhile is due
/// from today.
public struct ResumePlan: Sendable {
    public var plan: LongPlanID
    /// Why it may go on.
    public var words: String
    /// `nil` for those in force.
    public var terms: InstalmentTerms?

    public init(plan: LongPlanID, words: String, terms: InstalmentTerms? = nil) {
        self.plan = plan
        self.words = words
        self.terms = terms
    }

    /// - Throws: `IdentityRefusal` for anyone but a prescriber; ``LongPrescriptionsRefusal``: unknown, not interrupted, the course
    ///   is over, no words.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> LongPlan {
        try principal.require(oneOf: [.prescriber])
        let work = PlanWork(transaction, by: principal, at: now)
        let (current, next) = try work.taken(plan, .resume)
        let words = try words.words(or: .wordsMissing, field: "words")
        try work.goOn(current)
        try work.plans.set(next, of: plan)
        try work.note(.resume, of: plan, words: words)
        try work.reserveNext(of: plan, terms: terms)
        return try work.plans.plan(plan)
    }
}
