public import Dispensing
import Identity
import Parties
public import Postgres
public import Primitives
import StockLedger

/// Moves a plan to another pharmacy: what is reserved at the one before is given back, and reserved here when it is due soon.
public struct ChoosePharmacy: Sendable {
    public var plan: LongPlanID
    public var store: StoreID
    /// `nil` for those in force.
    public var terms: InstalmentTerms?

    public init(plan: LongPlanID, store: StoreID, terms: InstalmentTerms? = nil) {
        self.plan = plan
        self.store = store
        self.terms = terms
    }

    /// - Throws: `IdentityRefusal` for anyone but a prescriber, pharmacist or dispenser; ``LongPrescriptionsRefusal``: unknown,
    ///   over, a store that serves no patients; `PartiesRefusal` for an unknown store.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> LongPlan {
        try principal.require(oneOf: [.prescriber, .pharmacist, .dispenser])
        let work = PlanWork(transaction, by: principal, at: now)
        let (current, _) = try work.taken(plan, .choosePharmacy)
        let place = try PartiesStore(transaction).store(store, of: principal.consortium)
        try place.requirePatients()
        guard place.id != current.store else { return current }
        try HoldShelves(
            stores: [current.store, place.id].sorted(),
            products: Set(current.instalments.flatMap { $0.lines.map(\.product) }).sorted()
        ).run(in: transaction, of: principal.consortium, at: now)
        try work.plans.set(pharmacy: place.id, of: plan)
        try work.reserving.release(current, reason: "choose-pharmacy", by: principal)
        try work.note(.choosePharmacy, of: plan, words: place.name)
        try work.reserveNext(of: plan, terms: terms)
        return try work.plans.plan(plan)
    }
}

/// Names somebody who knows the patient and may collect for them.
///
/// Source: long-term prescription norm R-LP-11.
public struct NameProxy: Sendable {
    public var plan: LongPlanID
    public var proxy: ProxyDetails

    public init(plan: LongPlanID, proxy: ProxyDetails) {
        self.plan = plan
        self.proxy = proxy
    }

    /// - Throws: `IdentityRefusal` for anyone but a prescriber, pharmacist or dispenser; ``LongPrescriptionsRefusal``: unknown,
    ///   over, details that are wrong, named already.
    public func run(
        in transaction: Transaction, by principal: Principal, at now: Instant, pepper: ResidentPepper
    ) throws -> LongPlan {
        try principal.require(oneOf: [.prescriber, .pharmacist, .dispenser])
        let work = PlanWork(transaction, by: principal, at: now)
        let (current, _) = try work.taken(plan, .nameProxy)
        let named = try proxy.identified(as: current.proxies.count + 1, on: work.today, pepper: pepper, field: "proxy")
        try work.plans.add(named, to: plan, by: principal, at: now)
        try work.note(.nameProxy, of: plan)
        return try work.plans.plan(plan)
    }
}
