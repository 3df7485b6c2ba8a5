import Foundation
import Formulary
import Parties
public import Postgres
public import Primitives

/// Every SQL statement that reads or writes requisitions, but for their lines.
public struct RequisitionsStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    private static let columns: SQL = """
        requisition_id, number, facility_id, store_id, cycle_id, kind, strategy, state, reason, opened_at, opened_by_id,
        submitted_at, decided_at, decided_by_id, version
        """

    public init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// - Throws: ``RequisitionsRefusal`` `requisitions.requisition-unknown`.
    public func requisition(_ id: RequisitionID) throws -> Requisition {
        let found = try transaction.first(
            """
            SELECT \(Self.columns) FROM requisitions.requisition WHERE consortium_id = \(consortium) AND requisition_id = \(id)
            """, Requisition.init)
        guard let found else { throw RequisitionsRefusal(.requisitionUnknown, "requisition \(id)") }
        return found
    }

    /// The requisition, locked until the transaction ends.
    ///
    /// - Throws: ``RequisitionsRefusal`` `requisitions.requisition-unknown`.
    func lock(_ id: RequisitionID) throws -> Requisition {
        guard let found = try lock([id]).first else { throw RequisitionsRefusal(.requisitionUnknown, "requisition \(id)") }
        return found
    }

    /// Those of the requisitions that exist, locked in the order of their ids.
    func lock(_ ids: [RequisitionID]) throws -> [Requisition] {
        try transaction.query(
            """
            SELECT \(Self.columns) FROM requisitions.requisition
             WHERE consortium_id = \(consortium) AND requisition_id = ANY(\(ids))
             ORDER BY requisition_id FOR UPDATE
            """, Requisition.init)
    }

    /// - Throws: ``RequisitionsRefusal`` `requisitions.requisition-exists`, `requisitions.already-open-in-cycle`.
    func insert(_ requisition: Requisition) throws {
        let strategy = JSONText(String(decoding: try JSONEncoder().encode(requisition.strategy), as: UTF8.self))
        do throws(PostgresError) {
            try transaction.execute(
                """
                INSERT INTO requisitions.requisition (consortium_id, \(Self.columns))
                VALUES (\(consortium), \(requisition.id), \(requisition.number), \(requisition.facility), \(requisition.store),
                        \(requisition.cycle), \(requisition.kind), \(strategy), \(requisition.state), \(requisition.reason),
                        \(requisition.openedAt), \(requisition.openedBy), \(requisition.submittedAt), \(requisition.decidedAt),
                        \(requisition.decidedBy), \(requisition.version))
                """)
        } catch {
            switch error.constraint {
            case "requisition_is_opened_once":
                throw RequisitionsRefusal(.requisitionExists, "requisition \(requisition.id)", field: "requisitionID")
            case "a_store_has_one_open_requisition_in_a_cycle":
                throw RequisitionsRefusal(.alreadyOpenInCycle, "store \(requisition.store)", field: "cycle")
            default: throw error
            }
        }
    }

    /// Writes what can change, as the next version.
    func save(_ requisition: inout Requisition) throws {
        requisition.version += 1
        try transaction.execute(
            """
            UPDATE requisitions.requisition
               SET state = \(requisition.state), reason = \(requisition.reason), submitted_at = \(requisition.submittedAt),
                   decided_at = \(requisition.decidedAt), decided_by_id = \(requisition.decidedBy),
                   version = \(requisition.version)
             WHERE consortium_id = \(consortium) AND requisition_id = \(requisition.id)
            """)
    }

    func markPooled(_ ids: [RequisitionID]) throws {
        try transaction.execute(
            """
            UPDATE requisitions.requisition SET state = 'pooled', version = version + 1
             WHERE consortium_id = \(consortium) AND requisition_id = ANY(\(ids))
            """)
    }

    // MARK: - What lines are filled in from

    /// The products that the formulary in force on `day` permits at a level; none before the first formulary begins.
    func permittedProducts(at level: FacilityLevel, on day: CalendarDate) throws -> Set<ProductID> {
        guard let version = try FormularyInForce(transaction).version(of: consortium, on: day) else { return [] }
        return Set(
            try transaction.query(
                """
                SELECT product_id FROM formulary.entry
                 WHERE consortium_id = \(consortium) AND version_id = \(version.id) AND \(level) = ANY(levels)
                """
            ) { try $0["product_id"] as ProductID })
    }

    /// What this store's requisitions have approved and nobody has pooled yet.
    func approvedNotPooled(for store: StoreID) throws -> [ProductID: BaseUnits] {
        let rows = try transaction.query(
            """
            SELECT line.product_id, sum(line.approved)::bigint AS quantity
              FROM requisitions.requisition
              JOIN requisitions.requisition_line AS line USING (consortium_id, requisition_id)
             WHERE consortium_id = \(consortium) AND requisition.store_id = \(store) AND requisition.state = 'approved'
               AND line.approved > 0
             GROUP BY line.product_id
            """
        ) { (try $0["product_id"] as ProductID, try $0["quantity"] as BaseUnits) }
        return Dictionary(rows, uniquingKeysWith: +)
    }

    /// Those of the products that can be bought, in the order of kind, name and strength, each with the pack of the
    /// article that costs least per base unit; articles without a price come last.
    func orderable(_ products: [ProductID]) throws -> [OrderableProduct] {
        try transaction.query(
            """
            SELECT product.product_id, product.base_unit, article.pack_size, article.pack_unit
              FROM formulary.product
             CROSS JOIN LATERAL (
                   SELECT pack_size, pack_unit FROM formulary.article
                    WHERE article.product_id = product.product_id AND withdrawn_on IS NULL
                    ORDER BY reference_price::numeric / pack_size NULLS LAST, article_id LIMIT 1) AS article
             WHERE product.product_id = ANY(\(products)) AND product.withdrawn_on IS NULL
             ORDER BY product.kind DESC, product.pinyin, product.generic_name, product.strength, product.product_id
            """
        ) { row in
            OrderableProduct(
                id: try row["product_id"],
                pack: PurchasePack(
                    size: try row["pack_size"], unit: try row["pack_unit"], baseUnit: UnitWord(code: try row["base_unit"])))
        }
    }
}

extension Requisition {
    init(_ row: Row) throws {
        let strategy: JSONText = try row["strategy"]
        self.init(
            id: try row["requisition_id"], number: try row["number"], facility: try row["facility_id"],
            store: try row["store_id"], cycle: try row["cycle_id"], kind: try row["kind"],
            strategy: try JSONDecoder().decode(ReplenishmentStrategy.self, from: Data(strategy.text.utf8)),
            state: try row["state"], reason: try row["reason"], openedAt: try row["opened_at"],
            openedBy: try row["opened_by_id"], submittedAt: try row["submitted_at"], decidedAt: try row["decided_at"],
            decidedBy: try row["decided_by_id"], version: try row["version"])
    }
}
