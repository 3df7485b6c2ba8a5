import Formulary
import Parties
public import Postgres
public import Primitives
import StockLedger

/// Loads the demonstration consortia with their people, formularies, stock and half a year of history.
///
/// Every step is done once: what is there already is left alone, so that loading twice changes nothing and a load that was
/// interrupted is finished by the next.
public struct LoadDemonstration: Sendable {
    private let seeds: String
    private let historyDays: Int
    private let owner: Database
    private let application: Database

    /// - Parameters:
    ///   - seeds: the directory of the seeds.
    ///   - owner: as the owner, who alone may add a consortium.
    ///   - application: as the application.
    ///   - historyDays: how many days the history has, up to yesterday; at least 1.
    public init(seeds: String, owner: Database, application: Database, historyDays: Int = 182) {
        self.seeds = seeds
        self.historyDays = historyDays
        self.owner = owner
        self.application = application
    }

    /// Loads what is missing; consortia beside each other, the stores of one after another.
    ///
    /// - Parameter now: the history ends on the day before.
    /// - Returns: what each consortium has, in the order of the seeds.
    /// - Throws: ``DemonstrationError``; `PostgresError`.
    public func run(at now: Instant) async throws -> [LoadedDemonstration] {
        let seeds = try Seeds(directory: seeds)
        let last = now.businessDay.adding(days: -1)
        let days = last.adding(days: 1 - historyDays)...last
        let catalogue = try await owner.read { try CatalogueProduct.all($0) }
        guard !catalogue.isEmpty else { throw DemonstrationError.catalogueMissing("product with a pack") }
        var consortia: [(ConsortiumSeed, LoadedConsortium)] = []
        for seed in seeds.consortia {
            let structure = LoadConsortium(seed: seed, people: seeds.people, suppliers: seeds.suppliers)
            consortia.append((seed, try await owner.write { try structure.run(in: $0) }))
        }
        for (seed, consortium) in consortia {
            let prices = LoadPrices(consortium: consortium, platform: seed.platform)
            try await application.write(as: consortium.consortium.id.tenant) {
                try prices.run(in: $0, at: days.lowerBound.morning)
            }
        }
        let loaded = try await withThrowingTaskGroup(of: (Int, LoadedDemonstration).self) { group in
            for (number, (seed, consortium)) in consortia.enumerated() {
                let selection = FormularySelection(kinds: seed.productKinds)
                group.addTask { (number, try await load(consortium, selection, from: catalogue, days: days)) }
            }
            var loaded: [(Int, LoadedDemonstration)] = []
            for try await one in group { loaded.append(one) }
            return loaded.sorted { $0.0 < $1.0 }.map(\.1)
        }
        if loaded.contains(where: { $0.movements > 0 }) { try await gatherStatistics() }
        return loaded
    }

    /// Tells the server's planner about tables that were empty a moment ago.
    private func gatherStatistics() async throws {
        try await owner.write { transaction in
            _ = try transaction.execute(
                """
                ANALYZE formulary.entry, stock_ledger.batch, stock_ledger.movement, stock_ledger.entry, stock_ledger.balance,
                        stock_ledger.product_day, stock_ledger.shelf, prices.published_price
                """)
        }
    }

    private func load(
        _ consortium: LoadedConsortium, _ selection: FormularySelection, from catalogue: [CatalogueProduct],
        days: ClosedRange<CalendarDate>
    ) async throws -> LoadedDemonstration {
        let tenant = consortium.consortium.id.tenant
        let products = selection.products(of: catalogue)
        let formulary = LoadFormulary(consortium: consortium, products: products, selection: selection)
        let permitted = try await application.write(as: tenant) { try formulary.run(in: $0, at: days.lowerBound.morning) }
        var movements = 0
        for store in consortium.stores where store.kind != .central {
            let history = LoadStoreHistory(consortium: consortium, store: store, products: products, days: days)
            movements += try await once { try await application.write(as: tenant) { try history.run(in: $0) } }
        }
        for store in consortium.stores where store.kind == .central {
            let central = LoadCentralStore(consortium: consortium, store: store, products: products, days: days)
            movements += try await once { try await application.write(as: tenant) { try central.run(in: $0) } }
        }
        return LoadedDemonstration(
            code: consortium.consortium.code, name: consortium.consortium.name, facilities: consortium.facilities.count,
            stores: consortium.stores.count, people: consortium.people.count, products: permitted, movements: movements)
    }

    /// What `step` recorded; 0 when it was recorded before.
    private func once(_ step: () async throws -> Int) async throws -> Int {
        do {
            return try await step()
        } catch let refusal as StockLedgerRefusal where refusal.code == .alreadyRecorded {
            return 0
        }
    }
}

/// A demonstration consortium after loading.
public struct LoadedDemonstration: Sendable, Hashable, CustomStringConvertible {
    public let code: String
    public let name: String
    public let facilities: Int
    public let stores: Int
    public let people: Int
    /// How many products its formulary permits.
    public let products: Int
    /// How many movements of stock were recorded now; 0 when they were there.
    public let movements: Int

    public var description: String {
        let history = movements == 0 ? "its history is there already" : "\(movements) movements of stock recorded"
        return "\(code) \(name): \(facilities) facilities, \(stores) stores, \(people) people, "
            + "\(products) products in the formulary, \(history)"
    }
}
