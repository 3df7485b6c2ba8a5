import Audit
import Dispensing
import Postgres
import Primitives

/// What the verbs about plans share: taking a plan, and ending or interrupting it.
struct PlanWork {
    let transaction: Transaction
    let principal: Principal
    let now: Instant
    let plans: PlanStore
    let instalments: InstalmentStore
    let reserving: Reserving

    init(_ transaction: Transaction, by principal: Principal, at now: Instant) {
        self.transaction = transaction
        self.principal = principal
        self.now = now
        plans = PlanStore(transaction, principal.consortium)
        instalments = InstalmentStore(transaction, principal.consortium)
        reserving = Reserving(transaction, of: principal.consortium, at: now)
    }

    var today: CalendarDate { now.businessDay }

    /// Locks a plan and tells the state it goes to.
    ///
    /// - Throws: ``LongPrescriptionsRefusal``: unknown, or a state that does not allow it.
    func taken(_ id: LongPlanID, _ event: PlanState.Event) throws -> (plan: LongPlan, next: PlanState) {
        let plan = try plans.locked(id)
        return (plan, try plan.state.after(event))
    }

    /// Notes what happened in the plan's history and in the audit trail.
    func note(_ kind: PlanEvent.Kind, of plan: LongPlanID, reason: StopReason? = nil, words: String = "") throws {
        try plans.note(kind, of: plan, reason: reason, words: words, by: principal.person, at: now)
        try AuditTrail(transaction).append(
            "long-prescriptions.\(kind.rawValue)", subject: "long-plan \(plan)", by: principal, at: now,
            detail: reason.map { ["reason": $0.rawValue] } ?? [:])
    }

    /// Keeps the plan from being collected until somebody decides: what is reserved is usable by others meanwhile.
    func interrupt(_ plan: LongPlan, _ next: PlanState, _ kind: PlanEvent.Kind, reason: StopReason, words: String) throws {
        try plans.set(next, of: plan.id)
        try reserving.release(plan, reason: kind.rawValue, by: principal)
        try note(kind, of: plan.id, reason: reason, words: words)
    }

    /// Ends the plan for good; the prescription's rest may not be collected any more.
    func stop(_ plan: LongPlan, _ next: PlanState, reason: StopReason, words: String) throws {
        try plans.set(next, of: plan.id)
        try instalments.lapse(plan.id)
        try reserving.release(plan, reason: "stop", by: principal)
        try SetCollection(prescription: plan.prescription, through: today.adding(days: -1))
            .run(in: transaction, of: principal.consortium)
        try note(.stop, of: plan.id, reason: reason, words: words)
    }

    /// Lets the plan go on: the next instalment is due today or later, and those after it as many days later as it is.
    ///
    /// - Throws: ``LongPrescriptionsRefusal`` when the course is over.
    func goOn(_ plan: LongPlan) throws {
        guard today <= plan.endsOn else {
            throw LongPrescriptionsRefusal(.wrongState, "the course ended on \(plan.endsOn)")
        }
        guard let next = plan.next else { return }
        try instalments.push(from: next.number, of: plan.id, days: max(0, today.days(since: next.dueOn)))
        try instalments.lapse(plan.id, dueAfter: plan.endsOn)
        try plans.set(assessedOn: today, of: plan.id)
    }

    /// Sets stock aside for the next instalment at once when it is due soon; else the upkeep does in time.
    ///
    /// - Parameter terms: `nil` for those in force.
    func reserveNext(of id: LongPlanID, terms: InstalmentTerms?) throws {
        let terms = try terms ?? .inForce(transaction, of: principal.consortium, on: today)
        let plan = try plans.plan(id)
        let prescription = try PrescriptionReadings(transaction, of: principal.consortium).prescription(plan.prescription)
        guard plan.state == .active, [.approved, .partlyDispensed].contains(prescription.state), let next = plan.next,
            next.state == .open, next.dueOn <= today.adding(days: terms.reserveDays),
            try ReservationStore(transaction, principal.consortium).open(of: id, instalment: next.number).isEmpty
        else { return }
        try reserving.reserve(next, of: plan, by: principal)
    }
}
