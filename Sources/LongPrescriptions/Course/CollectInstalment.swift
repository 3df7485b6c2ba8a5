import Audit
public import Dispensing
import Formulary
import Identity
import Parties
public import Postgres
public import Primitives
import StockLedger

/// Who comes for an instalment.
///
/// Source: long-term prescription norm R-LP-11.
public enum Collector: Sendable {
    case patient
    /// Somebody the patient has named, by the number on their identity card, which is not kept.
    case proxy(residentNumber: String)
}

/// Hands out an instalment at any pharmacy of the consortium: what is reserved for it is given back and handed out in the same
/// transaction, so nobody comes between.
public struct CollectInstalment: Sendable {
    public var plan: LongPlanID
    /// The number of the instalment, which is the next one.
    public var instalment: Int
    public var collector: Collector
    /// What the pharmacist explained (R-LP-10).
    public var counselling: String
    /// How it is handed out: where, with which checks. The prescription and the quantities are the plan's.
    public var handOut: DispensePrescription

    public init(plan: LongPlanID, instalment: Int, collector: Collector, counselling: String, handOut: DispensePrescription) {
        self.plan = plan
        self.instalment = instalment
        self.collector = collector
        self.counselling = counselling
        self.handOut = handOut
    }

    /// - Throws: ``LongPrescriptionsRefusal``: an unknown plan, a prescription that was changed, what ``CollectionRules`` refuse,
    ///   no counselling, a proxy who is not named; then whatever `DispensePrescription` refuses.
    public func run(
        in transaction: Transaction, by principal: Principal, at now: Instant, pepper: ResidentPepper
    ) throws -> LongPlan {
        let work = PlanWork(transaction, by: principal, at: now)
        let (current, _) = try work.taken(plan, .collect)
        let prescription = try PrescriptionReadings(transaction, of: principal.consortium).prescription(current.prescription)
        guard prescription.version == current.version else {
            throw LongPrescriptionsRefusal(.planOutdated, "\(prescription.number) is version \(prescription.version)")
        }
        var supply = try supply(current, work)
        let names = try names(current, transaction)
        let ahead = names.map { supply[$0]?.ahead(on: work.today) ?? 0 }.max() ?? 0
        let next = try CollectionRules.check(instalment, of: current, ahead: ahead, today: work.today)
        let words = try counselling.words(or: .counsellingMissing, field: "counselling")
        let proxy = try proxy(of: current, work, pepper)

        let reserved = try ReservationStore(transaction, principal.consortium).open(of: plan, instalment: instalment)
        try HoldShelves(
            stores: Set(reserved.map(\.store) + [handOut.store]).sorted(), products: Set(next.lines.map(\.product)).sorted()
        ).run(in: transaction, of: principal.consortium, at: now)
        try work.reserving.release(reserved, reason: "collection", by: principal)
        var handOut = self.handOut
        handOut.prescription = current.prescription
        handOut.lines = next.lines.map { HandOutLine(line: $0.line, quantity: $0.quantity) }
        handOut.isInstalment = true
        let record = try handOut.run(in: transaction, by: principal, at: now)

        try work.instalments.collect(
            instalment, of: plan, dispensing: record.id, from: record.store, proxy: proxy, counselling: words, at: now)
        try work.note(.collect, of: plan, words: "instalment \(instalment)")
        for name in Set(names) { supply[name, default: SupplyCourse()].handOut(on: work.today, days: next.days) }
        try work.plans.set(supplyThrough: names.compactMap { supply[$0]?.through }.min(), of: plan)
        try finish(current, after: next, work)
        return try work.plans.plan(plan)
    }

    /// Moves what follows when it was collected late, or ends the plan when nothing follows.
    private func finish(_ current: LongPlan, after collected: Instalment, _ work: PlanWork) throws {
        guard let following = current.instalments.first(where: { $0.number > collected.number && $0.state == .open }) else {
            let isWhole = current.instalments.allSatisfy { $0.number == collected.number || $0.state == .collected }
            // What lapsed before is not collected any more, so the plan ends without being whole.
            try work.plans.set(isWhole ? try current.state.after(.collectLast) : try current.state.after(.expire), of: plan)
            return try work.note(isWhole ? .complete : .expire, of: plan)
        }
        let late = work.today.adding(days: collected.days).days(since: following.dueOn)
        guard late > 0 else { return }
        try work.instalments.push(from: following.number, of: plan, days: late)
        try work.instalments.lapse(plan, dueAfter: current.endsOn)
        let rest = try work.plans.plan(plan)
        guard rest.next == nil else { return }
        try work.plans.set(try current.state.after(.expire), of: plan)
        try work.reserving.release(rest, reason: "expire", by: work.principal)
        try work.note(.expire, of: plan)
    }

    /// Long before the course everything is used up.
    private func supply(_ current: LongPlan, _ work: PlanWork) throws -> [String: SupplyCourse] {
        try work.instalments.supply(of: current.patient, since: current.startsOn.adding(days: -366))
    }

    /// The generic names of what the instalment hands out.
    private func names(_ current: LongPlan, _ transaction: Transaction) throws -> [String] {
        let lines = current.instalments.first { $0.number == instalment }?.lines ?? []
        return try ProductsStore(transaction).products(lines.map(\.product)).values.map(\.genericName)
    }

    private func proxy(of current: LongPlan, _ work: PlanWork, _ pepper: ResidentPepper) throws -> Int? {
        guard case .proxy(let text) = collector else { return nil }
        guard let resident = ResidentNumber(text, on: work.today) else {
            throw LongPrescriptionsRefusal(.proxyInvalid, "the resident number does not check", field: "proxyResidentNumber")
        }
        guard let number = try work.plans.proxy(of: plan, digest: pepper.digest(of: resident)) else {
            throw LongPrescriptionsRefusal(.proxyNotNamed, resident.masked, field: "proxyResidentNumber")
        }
        return number
    }
}
