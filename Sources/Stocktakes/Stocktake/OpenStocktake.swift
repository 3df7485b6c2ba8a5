import Audit
import Formulary
import Identity
import Parties
public import Postgres
public import Primitives
import StockLedger

/// Opens a stocktake with its sheet: every batch of what is counted, available or quarantined, by what the ledger says.
public struct OpenStocktake: Sendable {
    /// Chosen by the caller.
    public var stocktake: StocktakeID
    public var store: StoreID
    public var name: String
    public var scope: StocktakeScope
    public var manner: CountManner
    public var isBlind: Bool
    public var rule: RecountRule

    public init(
        stocktake: StocktakeID, store: StoreID, name: String = "", scope: StocktakeScope = .wholeStore, manner: CountManner,
        isBlind: Bool = false, rule: RecountRule = .standard
    ) {
        self.stocktake = stocktake
        self.store = store
        self.name = name
        self.scope = scope
        self.manner = manner
        self.isBlind = isBlind
        self.rule = rule
    }

    /// A store has one open stocktake at a time: two would correct one difference twice. Frozen, no movement that the sheet
    /// does not know slips by.
    ///
    /// - Throws: ``IdentityRefusal`` for anyone but a storekeeper of the facility or a supervisor, and for anyone but a
    ///   supervisor who asks for fewer recounts than ``RecountRule/standard``; ``PartiesRefusal`` for an unknown store;
    ///   ``StocktakesRefusal`` for the scope and the rule; ``FormularyRefusal`` for an unknown product;
    ///   `stocktakes.stocktake-exists`, `stocktakes.store-is-being-counted`; ``StockLedgerRefusal`` `stock-ledger.frozen`;
    ///   `stocktakes.nothing-to-count` when a selection finds nothing.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Stocktake {
        try principal.require(oneOf: StocktakeRoles.keepers)
        let store = try PartiesStore(transaction).store(store, of: principal.consortium)
        try principal.requireFacility(store.facility)
        try scope.check()
        try rule.check()
        if rule.isLoose { try principal.require(oneOf: [.supervisor]) }
        if case .products(let products) = scope {
            let known = try ProductsStore(transaction).products(products)
            for (index, product) in products.enumerated() where known[product] == nil {
                throw FormularyRefusal(.productUnknown, "product \(product)", field: "scope.products[\(index)]")
            }
        }
        let stocktakes = StocktakesStore(transaction, principal.consortium)
        let opened = Stocktake(
            id: stocktake, number: try stocktakes.nextNumber(year: now.businessDay.year), store: store.id,
            facility: store.facility, name: trimmed(name), scope: scope.kind, manner: manner, isBlind: isBlind, rule: rule,
            state: .counting, round: 1, reason: "", openedAt: now, openedBy: principal.person, submittedAt: nil, submittedBy: nil,
            decidedAt: nil, decidedBy: nil, movement: nil, version: 1)
        try stocktakes.insert(opened, scope: scope)
        let products = try stocktakes.products(of: scope, in: store.id, today: now.businessDay)
        guard products != [] else { throw StocktakesRefusal(.nothingToCount, "nothing in store \(store.code)", field: "scope") }
        try stocktakes.add(products: products ?? [], to: opened.id)
        if manner == .frozen {
            try FreezeProducts(store: store.id, products: products, document: opened.subject)
                .run(in: transaction, by: principal, at: now)
        }
        let lines = try SheetStore(transaction, principal.consortium).list(products, of: opened)
        try AuditTrail(transaction).append(
            "stocktakes.open", subject: opened.subject, by: principal, at: now,
            detail: [
                "number": opened.number, "scope": scope.kind.rawValue, "manner": manner.rawValue, "blind": "\(isBlind)",
                "lines": "\(lines)",
            ])
        return opened
    }
}
