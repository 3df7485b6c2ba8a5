import Postgres
import Primitives

/// What the first page counts across modules.
struct GlanceReadings {
    struct Held {
        let products: Int
        let stockedOut: Int
        let requisitions: Int
    }

    private let transaction: Transaction
    private let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// For each facility: products with usable stock, products that ran out, requisitions not yet pooled or ended.
    func stockByFacility(today: CalendarDate) throws -> [FacilityID: Held] {
        let rows = try transaction.query(
            """
            SELECT facility.facility_id,
                   count(held.product_id) FILTER (WHERE held.usable > 0)::bigint AS products,
                   count(held.product_id) FILTER (WHERE held.usable = 0)::bigint AS stocked_out,
                   (SELECT count(*) FROM requisitions.requisition
                     WHERE requisition.consortium_id = facility.consortium_id
                       AND requisition.facility_id = facility.facility_id
                       AND requisition.state IN ('draft', 'submitted', 'returned', 'approved')) AS requisitions
              FROM parties.facility
              LEFT JOIN (SELECT store.consortium_id, store.facility_id, balance.product_id,
                                coalesce(sum(balance.quantity) FILTER (
                                    WHERE balance.state = 'available' AND balance.expires_on > \(today)), 0) AS usable
                           FROM stock_ledger.balance
                           JOIN parties.store USING (consortium_id, store_id)
                          WHERE balance.consortium_id = \(consortium)
                          GROUP BY store.consortium_id, store.facility_id, balance.product_id) AS held
                ON held.consortium_id = facility.consortium_id AND held.facility_id = facility.facility_id
             WHERE facility.consortium_id = \(consortium)
             GROUP BY facility.consortium_id, facility.facility_id
            """
        ) { row in
            (
                try row["facility_id"] as FacilityID,
                Held(
                    products: try row["products"], stockedOut: try row["stocked_out"], requisitions: try row["requisitions"])
            )
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    func requisitionsByState() throws -> [(String, Int)] {
        try transaction.query(
            """
            SELECT state, count(*) AS count FROM requisitions.requisition
             WHERE consortium_id = \(consortium) GROUP BY state ORDER BY state
            """
        ) { (try $0["state"], try $0["count"]) }
    }

    func ordersByState() throws -> [(String, Int)] {
        try transaction.query(
            """
            SELECT state, count(*) AS count FROM pooled_procurement.purchase_order
             WHERE consortium_id = \(consortium) GROUP BY state ORDER BY state
            """
        ) { (try $0["state"], try $0["count"]) }
    }
}
