import Audit
import Formulary
import Identity
import Parties
public import Postgres
public import Primitives

/// Opens a requisition with its lines filled in: figures, suggestion and explanation for each product.
public struct OpenRequisition: Sendable {
    public enum Scope: Sendable, Hashable {
        /// Once in a cycle: every product that the formulary in force permits at the facility's level, and everything
        /// the store has, expects or has used.
        case regular(CycleID)
        /// At any time: these products only, each permitted by the formulary in force.
        case emergency([ProductID])
    }

    /// Chosen by the caller.
    public var requisitionID: RequisitionID
    public var store: StoreID
    public var scope: Scope
    public var strategy: ReplenishmentStrategy
    /// What is pooled or ordered for the store and not yet received, base units.
    public var onOrder: [ProductID: BaseUnits]
    /// What long prescriptions that are kept elsewhere are known to need soon, base units; those of the consortium are read.
    public var expectedRefills: [ProductID: BaseUnits]
    /// Whether long prescriptions are reckoned apart from the statistics; `false` suggests from consumption alone.
    public var refillsApart: Bool

    public init(
        requisitionID: RequisitionID, store: StoreID, scope: Scope, strategy: ReplenishmentStrategy = .standard,
        onOrder: [ProductID: BaseUnits] = [:], expectedRefills: [ProductID: BaseUnits] = [:], refillsApart: Bool = true
    ) {
        self.requisitionID = requisitionID
        self.store = store
        self.scope = scope
        self.strategy = strategy
        self.onOrder = onOrder
        self.expectedRefills = expectedRefills
        self.refillsApart = refillsApart
    }

    /// Products without a pack that can be bought are left out of a regular requisition.
    ///
    /// - Throws: ``IdentityRefusal`` for anyone but a storekeeper of the facility; ``PartiesRefusal`` for an unknown
    ///   store; ``RequisitionsRefusal`` for the strategy, the cycle, or products chosen twice or without a pack;
    ///   ``FormularyRefusal`` for a chosen product that is not permitted; `requisitions.nothing-chosen`,
    ///   `requisitions.already-open-in-cycle`, `requisitions.requisition-exists`.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Requisition {
        try principal.require(oneOf: [.storekeeper])
        let store = try PartiesStore(transaction).store(store, of: principal.consortium)
        try principal.requireFacility(store.facility)
        try strategy.check()
        let figures = try StoreFigures(
            of: store, in: principal.consortium, strategy: strategy, onOrder: onOrder, expectedRefills: expectedRefills,
            refillsApart: refillsApart, transaction: transaction, today: now.businessDay)
        let requisitions = RequisitionsStore(transaction, principal.consortium)
        let products: [OrderableProduct]
        var cycle: CycleID?
        switch scope {
        case .regular(let id):
            try CyclesStore(transaction, principal.consortium).cycle(id).requireOpen(on: now.businessDay)
            cycle = id
            products = try requisitions.orderable(Array(figures.products))
        case .emergency(let chosen):
            try requirePermitted(
                chosen.enumerated().map { ($0.element, "products[\($0.offset)]") }, at: store.facility, in: transaction,
                by: principal, today: now.businessDay)
            products = try requisitions.orderable(chosen)
            try requireOrderable(chosen, among: products) { "products[\($0)]" }
        }
        guard !products.isEmpty else { throw RequisitionsRefusal(.nothingChosen, "no product", field: "products") }
        let requisition = Requisition(
            id: requisitionID, number: try DocumentNumber.requisition.next(in: transaction, at: now), facility: store.facility,
            store: store.id, cycle: cycle, kind: cycle == nil ? .emergency : .regular, strategy: strategy, state: .draft,
            reason: "", openedAt: now, openedBy: principal.person, submittedAt: nil, decidedAt: nil, decidedBy: nil, version: 1)
        try requisitions.insert(requisition)
        try RequisitionLinesStore(transaction, principal.consortium).insert(figures.lines(products, from: 1), of: requisition.id)
        try AuditTrail(transaction).append(
            "requisitions.open", subject: requisition.subject, by: principal, at: now,
            detail: ["number": requisition.number, "lines": "\(products.count)", "strategy": strategy.kind.rawValue])
        return requisition
    }
}

/// Refuses products named twice, and those that the formulary in force does not permit at the facility's level.
///
/// - Parameter products: each with the path of the field that names it.
func requirePermitted(
    _ products: [(ProductID, field: String)], at facility: FacilityID, in transaction: Transaction, by principal: Principal,
    today: CalendarDate
) throws {
    var seen: Set<ProductID> = []
    for (product, field) in products where !seen.insert(product).inserted {
        throw RequisitionsRefusal(.lineRepeated, "product \(product)", field: field)
    }
    let level = try PartiesStore(transaction).facility(facility, of: principal.consortium).level
    try FormularyInForce(transaction).requirePermitted(
        products: products.map(\.0), level: level, consortium: principal.consortium, on: today
    ) { products[$0].field }
}

/// Refuses a product that has no pack to be bought in.
func requireOrderable(
    _ products: [ProductID], among orderable: [OrderableProduct], field: (Int) -> String
) throws(RequisitionsRefusal) {
    let known = Set(orderable.map(\.id))
    for (index, product) in products.enumerated() where !known.contains(product) {
        throw RequisitionsRefusal(.notOrderable, "product \(product)", field: field(index))
    }
}
