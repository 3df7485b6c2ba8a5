import Dispensing
public import Primitives

/// Decides whether an instalment may be collected on a day. Pure: reads nothing.
public enum CollectionRules {
    /// - Parameters:
    ///   - number: the instalment the patient comes for.
    ///   - ahead: days of supply that the patient still has of the ingredients of the instalment, `today` counted.
    /// - Returns: the instalment.
    /// - Throws: ``LongPrescriptionsRefusal``, the first that applies: the plan's state, nothing left, not the next one, missed,
    ///   too late, too early, a follow-up that is due, too much supply ahead.
    ///
    /// Source: §4 split dispensing (interval, order, stop flags); R-LP-08 and R-LP-10 (follow-up); R-LP-04 (supply ahead).
    public static func check(
        _ number: Int, of plan: LongPlan, ahead: Int, today: CalendarDate
    ) throws(LongPrescriptionsRefusal) -> Instalment {
        _ = try plan.state.after(.collect)
        guard let next = plan.next else { throw LongPrescriptionsRefusal(.nothingToCollect, plan.prescriptionNumber) }
        guard next.number == number else {
            throw LongPrescriptionsRefusal(.notNext, "instalment \(next.number) is next, not \(number)", field: "instalment")
        }
        let closes = plan.closes(next)
        guard next.state == .open, today <= closes else {
            throw LongPrescriptionsRefusal(.missed, "it was due on \(next.dueOn), through \(closes)")
        }
        let last = plan.lastCollected.flatMap { last in last.collectedOn.map { (on: $0, days: last.days) } }
        let window = plan.window(of: next)
        let opens = window.opens(for: next.dueOn, after: last)
        guard today >= opens else {
            throw LongPrescriptionsRefusal(.tooEarly, "from \(opens) on, due on \(next.dueOn)")
        }
        guard !plan.needsFollowUp(next) else {
            throw LongPrescriptionsRefusal(.followUpNeeded, "last assessed on \(plan.assessedOn)")
        }
        guard ahead <= window.earlyDays else {
            throw LongPrescriptionsRefusal(.supplyAhead, "\(ahead) days are left, at most \(window.earlyDays)")
        }
        return next
    }
}
