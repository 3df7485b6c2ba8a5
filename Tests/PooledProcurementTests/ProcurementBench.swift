import Foundation
import Parties
import PooledProcurement
import Postgres
import Primitives
import Requisitions
import Tendering
import TestSupport
import Testing

/// A small consortium with a second supplier and a cycle whose requisitions can be approved at will.
struct ProcurementBench {
    let database: TestDatabase
    let consortium: SmallConsortium
    /// Acts for a second supplier.
    let rival: Principal
    let cycle = CycleID(UUID())
    let start = Instant.ofTests
    var closing: Instant { start.adding(.seconds(86_400)) }
    /// The strategy of every requisition of the bench.
    static let strategy = JSONText(
        (try? JSONEncoder().encode(ReplenishmentStrategy.standard)).map { String(decoding: $0, as: UTF8.self) } ?? "")

    var officer: Principal { consortium.officer }
    var seller: Principal { consortium.seller }

    init(_ database: TestDatabase) async throws {
        self.database = database
        let consortium = try await SmallConsortium.make(in: database)
        self.consortium = consortium
        let (cycle, start) = (cycle, start)
        rival = try await database.owner.write { transaction in
            let parties = PartiesStore(transaction)
            let company = try #require(
                try parties.addCompany(name: "对手医药公司", creditCode: nil, isManufacturer: false, isSupplier: true))
            try parties.addLicence(
                Licence(
                    company: company, kind: .drugDistribution, number: "rival", validFrom: CalendarDate(day: 18_000),
                    validThrough: CalendarDate(day: 30_000)))
            try transaction.execute(
                """
                INSERT INTO requisitions.cycle (consortium_id, cycle_id, number, name, opens_on, closes_on, state, opened_at)
                VALUES (\(consortium.id), \(cycle), 'ZQ-1', '测试周期', \(start.businessDay), \(start.businessDay), 'open', \(start))
                """)
            return Principal(
                consortium: consortium.id, person: consortium.seller.person, name: "rival", facility: nil, company: company,
                roles: [.supplier])
        }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.application.write(as: consortium.id.tenant, body)
    }

    /// Puts an approved requisition into the database: quantities of the bench's products, by their index, for the pharmacy
    /// of a township; in the cycle, or as an emergency.
    @discardableResult
    func approve(_ quantities: [Int: Int64], township: Int = 0, isEmergency: Bool = false) async throws -> RequisitionID {
        let id = RequisitionID(UUID())
        let (facility, store) = (consortium.townships[township], consortium.pharmacies[township])
        let (cycle, start, products) = (isEmergency ? nil : cycle, start, consortium.products)
        try await database.owner.write { [consortium] transaction in
            try transaction.execute(
                """
                INSERT INTO requisitions.requisition (
                    consortium_id, requisition_id, number, facility_id, store_id, cycle_id, kind, strategy, state, opened_at,
                    opened_by_id, submitted_at, decided_at, decided_by_id)
                VALUES (\(consortium.id), \(id), \("QL-\(id)"), \(facility), \(store), \(cycle),
                        \(isEmergency ? "emergency" : "regular"), \(Self.strategy), 'approved', \(start), 1, \(start), \(start), 1)
                """)
            for (number, line) in quantities.sorted(by: { $0.key < $1.key }).enumerated() {
                try transaction.execute(
                    """
                    INSERT INTO requisitions.requisition_line (
                        consortium_id, requisition_id, line_number, product_id, pack_size, on_hand, in_transit, on_order,
                        expected_refills, consumed, period_days, stock_out_days, suggested, requested, approved, explanation_zh,
                        explanation_en)
                    VALUES (\(consortium.id), \(id), \(number + 1), \(products[line.key]), 1, 0, 0, 0, 0, 0, 30, 0,
                            \(line.value), \(line.value), \(line.value), '', '')
                    """)
            }
        }
        return id
    }

    @discardableResult
    func pool(_ id: PoolID = PoolID(UUID()), cycle: CycleID?? = nil) async throws -> Pool {
        let cycle = cycle ?? self.cycle
        return try await write { [officer, start] in
            try PoolRequisitions(id: id, cycle: cycle).run(in: $0, by: officer, at: start)
        }
    }

    func lines(of pool: PoolID) async throws -> [PoolLine] {
        try await write { [officer] in try PoolReadings($0).lines(of: pool, for: officer) }
    }

    @discardableResult
    func tender(
        _ pool: PoolID, _ lines: [PoolTenderLine] = [], basis: CeilingBasis = .mostExpensive
    ) async throws -> Tender {
        try await write { [officer, start, closing] in
            try TenderFromPool(
                pool: pool, tender: TenderID(UUID()), title: "汇总招标", bidsCloseAt: closing, opensAt: closing, lines: lines,
                ceilingBasis: basis
            ).run(in: $0, by: officer, at: start)
        }
    }

    /// Publishes a tender, takes these bids (supplier, package, article by index, yuan per pack, offered units) and awards it.
    func award(_ tender: TenderID, _ bids: [(Principal, package: Int, article: Int, yuan: String, offered: Int64)]) async throws {
        let articles = consortium.articles
        let offers = try bids.map {
            try (
                bidder: $0.0, package: $0.package, article: articles[$0.article], price: #require(Money(yuan: $0.yuan)),
                offered: $0.offered
            )
        }
        let companies = [consortium.supplier, try #require(rival.company)]
        try await write { [officer, start, closing] transaction in
            _ = try InviteSuppliers(tender: tender, companies: companies).run(in: transaction, by: officer, at: start)
            _ = try PublishTender(tender: tender).run(in: transaction, by: officer, at: start)
            for offer in offers {
                _ = try SubmitBid(
                    id: BidID(UUID()), tender: tender, package: offer.package, article: offer.article, packPrice: offer.price,
                    offeredQuantity: BaseUnits(offer.offered)
                ).run(in: transaction, by: offer.bidder, at: start)
            }
            _ = try OpenBids(tender: tender).run(in: transaction, by: officer, at: closing)
            _ = try AwardTender(tender: tender).run(in: transaction, by: officer, at: closing)
        }
    }

    func order(_ pool: PoolID, _ tender: TenderID) async throws -> OrderingResult {
        try await write { [officer, closing] in
            try OrderFromAwards(pool: pool, tender: tender).run(in: $0, by: officer, at: closing)
        }
    }

    func detail(of order: OrderID, for principal: Principal? = nil) async throws -> OrderDetail {
        try await write { [officer] in try OrderReadings($0).order(order, for: principal ?? officer) }
    }

    /// An order of packs of the bench's articles, by index, for the first township's pharmacy.
    @discardableResult
    func create(
        _ packs: [Int: Int64] = [0: 10], id: OrderID = OrderID(UUID()), yuan: String = "12.50", code: String? = nil,
        reason: String = "应急"
    ) async throws -> OrderDetail {
        let price = try #require(Money(yuan: yuan))
        let lines = packs.sorted { $0.key < $1.key }.map { article, packs in
            OrderLineTerms(
                article: consortium.articles[article], packs: packs, packPrice: price, route: .emergency, externalCode: code)
        }
        let order = CreateOrder(
            id: id, company: consortium.supplier, facility: consortium.townships[0], store: consortium.pharmacies[0],
            lines: lines,
            reason: reason)
        return try await write { [officer, start] in try order.run(in: $0, by: officer, at: start) }
    }

    /// An order that its supplier has.
    func sent(_ packs: [Int: Int64] = [0: 10]) async throws -> OrderID {
        let id = try await create(packs).order.id
        try await write { [officer, start] transaction in
            _ = try ApproveOrder(order: id).run(in: transaction, by: officer, at: start)
            _ = try SendOrder(order: id).run(in: transaction, by: officer, at: start)
        }
        return id
    }

    @discardableResult
    func accept(_ packs: Int64, of order: OrderID, line: Int = 1) async throws -> PurchaseOrderLine {
        try await write { [consortium, start] in
            try RecordAccepted(order: order, line: line, packs: packs).run(in: $0, by: consortium.storekeepers[0], at: start)
        }
    }

    func onOrder(township: Int = 0) async throws -> [ProductID: BaseUnits] {
        try await write { [consortium] in try OnOrder($0).quantities(for: consortium.pharmacies[township], of: consortium.id) }
    }
}
