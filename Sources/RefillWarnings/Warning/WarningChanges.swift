import LongPrescriptions
import Primitives

/// An open warning as it stands in the table.
struct OpenWarning: Hashable {
    let id: RefillWarningID
    let plan: LongPlanID
    let instalment: Int
    let product: ProductID
    let store: StoreID
    let missing: BaseUnits
    let dueOn: CalendarDate
    let runsOutOn: CalendarDate
}

/// What makes the open warnings of a store say what its outlook says. Pure.
struct WarningChanges: Hashable {
    var raised: [UnmetRefill] = []
    var changed: [OpenWarning] = []
    var resolved: [RefillWarningID] = []

    /// A warning goes on while the same product of the same instalment is missing at the same store. What has run out before
    /// is not said to run out today: the day on which it did stays.
    ///
    /// - Parameter open: of the store, or of plans that have chosen it since.
    init(from open: [OpenWarning], to unmet: [UnmetRefill], at store: StoreID, today: CalendarDate) {
        var standing = Dictionary(
            open.filter { $0.store == store }.map { (Key($0.plan, $0.instalment, $0.product), $0) },
            uniquingKeysWith: { first, _ in first })
        resolved = open.filter { $0.store != store }.map(\.id)
        for refill in unmet {
            guard let warning = standing.removeValue(forKey: Key(refill.plan, refill.instalment, refill.product)) else {
                raised.append(refill)
                continue
            }
            let runsOutOn = refill.runsOutOn <= today ? min(warning.runsOutOn, refill.runsOutOn) : refill.runsOutOn
            let now = OpenWarning(
                id: warning.id, plan: warning.plan, instalment: warning.instalment, product: warning.product, store: store,
                missing: refill.missing, dueOn: refill.dueOn, runsOutOn: runsOutOn)
            if now != warning { changed.append(now) }
        }
        resolved = (resolved + standing.values.map(\.id)).sorted()
    }

    private struct Key: Hashable {
        let plan: LongPlanID
        let instalment: Int
        let product: ProductID

        init(_ plan: LongPlanID, _ instalment: Int, _ product: ProductID) {
            self.plan = plan
            self.instalment = instalment
            self.product = product
        }
    }
}
