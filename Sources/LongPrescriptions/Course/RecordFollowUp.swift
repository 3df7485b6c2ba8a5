import Identity
public import Postgres
public import Primitives

/// Records how the patient is, and whether the plan goes on.
///
/// A missed instalment is due again from the day of a follow-up that lets the plan go on; the instalments after it follow as
/// many days later. Source: long-term prescription norm R-LP-08 to R-LP-10.
public struct RecordFollowUp: Sendable {
    public enum Result: Sendable, Hashable {
        case goOn
        /// Nothing is collected until a physician decides.
        case suspend(StopReason)
        case stop(StopReason)
    }

    public var plan: LongPlanID
    public var result: Result
    public var findings: String

    public init(plan: LongPlanID, result: Result, findings: String) {
        self.plan = plan
        self.result = result
        self.findings = findings
    }

    /// - Throws: `IdentityRefusal` for anyone but a prescriber or pharmacist, and for a pharmacist who would stop it;
    ///   ``LongPrescriptionsRefusal``: unknown, a plan that is not active, no findings.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> LongPlan {
        try principal.require(oneOf: [.prescriber, .pharmacist])
        if case .stop = result { try principal.require(oneOf: [.prescriber]) }
        let work = PlanWork(transaction, by: principal, at: now)
        let (current, _) = try work.taken(plan, .followUp)
        let words = try findings.words(or: .wordsMissing, field: "findings")
        switch result {
        case .goOn:
            try work.goOn(current)
            try work.note(.followUp, of: plan, words: words)
        case .suspend(let reason):
            let isPhysician = principal.roles.contains(.prescriber)
            let event: PlanState.Event = isPhysician ? .suspend : .raiseAlert
            try work.note(.followUp, of: plan, words: words)
            try work.interrupt(
                current, try current.state.after(event), isPhysician ? .suspend : .raiseAlert, reason: reason, words: words)
        case .stop(let reason):
            try work.note(.followUp, of: plan, words: words)
            try work.stop(current, try current.state.after(.stop), reason: reason, words: words)
        }
        return try work.plans.plan(plan)
    }
}
