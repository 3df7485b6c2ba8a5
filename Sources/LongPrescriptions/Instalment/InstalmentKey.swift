public import Primitives

/// An instalment in the order in which instalments are served.
public struct InstalmentKey: Sendable, Hashable {
    public let dueOn: CalendarDate
    public let plan: LongPlanID
    public let instalment: Int

    public init(dueOn: CalendarDate, plan: LongPlanID, instalment: Int) {
        self.dueOn = dueOn
        self.plan = plan
        self.instalment = instalment
    }
}
