import Postgres
import Primitives
import Requisitions

extension OrdersStore {
    /// - Throws: ``PooledProcurementRefusal`` when there is no such order.
    func detail(of id: OrderID) throws -> OrderDetail {
        let order = try order(id)
        let lines = try lines(of: id)
        return OrderDetail(
            order: order, lines: lines, amount: lines.map(\.amount).reduce(.zero, +),
            amountReceived: lines.map { Money(tenThousandths: $0.packPrice.tenThousandths * $0.packsReceived) }.reduce(.zero, +))
    }

    /// Whose orders a person sees.
    private func visibility(_ principal: Principal) -> SQL {
        if principal.seesWholeConsortium { return "TRUE" }
        if let company = principal.company { return "company_id = \(company) AND state NOT IN ('draft', 'approved')" }
        return "facility_id = \(principal.facility)"
    }

    func summaries(_ filter: OrderFilter, visibleTo principal: Principal, after serial: Int64?, limit: Int) throws
        -> [OrderSummary]
    {
        var conditions: [SQL] = ["consortium_id = \(consortium)", visibility(principal)]
        if let serial { conditions.append("serial < \(serial)") }
        if let state = filter.state { conditions.append("state = \(state)") }
        if let company = filter.company { conditions.append("company_id = \(company)") }
        if let facility = filter.facility { conditions.append("facility_id = \(facility)") }
        if let store = filter.store { conditions.append("store_id = \(store)") }
        if let pool = filter.pool { conditions.append("pool_id = \(pool)") }
        return try transaction.query(
            """
            SELECT \(PurchaseOrder.columns), line.count AS line_count, line.amount, line.packs_open
              FROM pooled_procurement.purchase_order AS purchase_order
             CROSS JOIN LATERAL (
                   SELECT count(*), coalesce(sum(pack_price * (packs_ordered - packs_cancelled)), 0)::bigint AS amount,
                          coalesce(sum(packs_ordered - packs_received - packs_cancelled), 0)::bigint AS packs_open
                     FROM pooled_procurement.purchase_order_line AS line
                    WHERE line.consortium_id = purchase_order.consortium_id AND line.order_id = purchase_order.order_id) AS line
             WHERE \(SQL.all(conditions)) ORDER BY serial DESC LIMIT \(limit)
            """
        ) { row in
            OrderSummary(
                order: try PurchaseOrder(row), lineCount: try row["line_count"], amount: try row["amount"],
                packsOpen: try row["packs_open"])
        }
    }

    func counts(visibleTo principal: Principal) throws -> [OrderState: Int] {
        let found = try transaction.query(
            """
            SELECT state, count(*) FROM pooled_procurement.purchase_order
             WHERE consortium_id = \(consortium) AND \(visibility(principal)) GROUP BY state
            """
        ) { (try $0["state"] as OrderState, try $0["count"] as Int) }
        return Dictionary(found, uniquingKeysWith: +)
    }

    /// Drafts and approved orders, oldest first, after the one with `serial`.
    func unsentOrders(after serial: Int64?, limit: Int) throws -> [PurchaseOrder] {
        try transaction.query(
            """
            SELECT \(PurchaseOrder.columns) FROM pooled_procurement.purchase_order
             WHERE consortium_id = \(consortium) AND state IN ('draft', 'approved') AND serial > \(serial ?? 0)
             ORDER BY serial LIMIT \(limit)
            """, PurchaseOrder.init)
    }

    /// The lines of several orders, each in the order of their numbers.
    func lines(of orders: [OrderID]) throws -> [OrderID: [PurchaseOrderLine]] {
        let found = try transaction.query(
            """
            SELECT order_id, \(PurchaseOrderLine.columns) FROM pooled_procurement.purchase_order_line
             WHERE consortium_id = \(consortium) AND order_id = ANY(\(orders)) ORDER BY order_id, line_number
            """
        ) { (try $0["order_id"] as OrderID, try PurchaseOrderLine($0)) }
        return Dictionary(grouping: found, by: \.0).mapValues { $0.map(\.1) }
    }

    func shares(of order: OrderID) throws -> [OrderLineShare] {
        try transaction.query(
            """
            SELECT line_number, requisition_id, requisition_line_number, quantity FROM pooled_procurement.order_line_share
             WHERE consortium_id = \(consortium) AND order_id = \(order)
             ORDER BY line_number, requisition_id, requisition_line_number
            """
        ) { row in
            OrderLineShare(
                line: try row["line_number"], requisition: try row["requisition_id"],
                requisitionLine: try row["requisition_line_number"], quantity: try row["quantity"])
        }
    }

    func changes(of order: OrderID) throws -> [OrderChange] {
        try transaction.query(
            """
            SELECT version, line_number, packs_before, packs_after, price_before, price_after, reason, agreed_with, changed_at
              FROM pooled_procurement.order_change
             WHERE consortium_id = \(consortium) AND order_id = \(order) ORDER BY version, line_number
            """
        ) { row in
            OrderChange(
                version: try row["version"], line: try row["line_number"], packsBefore: try row["packs_before"],
                packsAfter: try row["packs_after"], priceBefore: try row["price_before"], priceAfter: try row["price_after"],
                reason: try row["reason"], agreedWith: try row["agreed_with"], changedAt: try row["changed_at"])
        }
    }

    /// What is open on live orders, and pooled demand from which no order has been made yet.
    func openQuantities(for store: StoreID) throws -> [ProductID: BaseUnits] {
        let found = try transaction.query(
            """
            SELECT product_id, sum(quantity)::bigint AS quantity
              FROM (SELECT product_id, (packs_ordered - packs_received - packs_cancelled) * pack_size AS quantity
                      FROM pooled_procurement.purchase_order
                      JOIN pooled_procurement.purchase_order_line USING (consortium_id, order_id)
                     WHERE consortium_id = \(consortium) AND store_id = \(store)
                       AND state NOT IN ('received', 'closed', 'cancelled')
                     UNION ALL \(pooledNotOrdered(for: store))) AS coming
             GROUP BY product_id
            HAVING sum(quantity) > 0
            """
        ) { (try $0["product_id"] as ProductID, try $0["quantity"] as BaseUnits) }
        return Dictionary(found, uniquingKeysWith: +)
    }

    /// Pooled demand from which no order has been made yet.
    func pooledQuantities(for store: StoreID) throws -> [ProductID: BaseUnits] {
        let found = try transaction.query(
            """
            SELECT product_id, sum(quantity)::bigint AS quantity FROM (\(pooledNotOrdered(for: store))) AS pooled
             GROUP BY product_id
            """
        ) { (try $0["product_id"] as ProductID, try $0["quantity"] as BaseUnits) }
        return Dictionary(found, uniquingKeysWith: +)
    }

    private func pooledNotOrdered(for store: StoreID) -> SQL {
        """
        SELECT product_id, quantity
          FROM pooled_procurement.pool_share AS share
          JOIN pooled_procurement.pool USING (consortium_id, pool_id)
         WHERE consortium_id = \(consortium) AND store_id = \(store) AND pool.state <> 'closed'
           AND NOT EXISTS (SELECT FROM pooled_procurement.pool_package AS package
                            WHERE package.consortium_id = share.consortium_id AND package.pool_id = share.pool_id
                              AND package.product_id = share.product_id AND package.ordered_at IS NOT NULL)
        """
    }

    /// The lines of live orders for a store of which packs are open, in the order of orders and lines.
    func openLines(for store: StoreID) throws -> [OpenOrderLine] {
        try transaction.query(
            """
            SELECT order_id, line_number, product_id, pack_size, packs_ordered - packs_received - packs_cancelled AS packs,
                   sent_at, expected_on
              FROM pooled_procurement.purchase_order
              JOIN pooled_procurement.purchase_order_line USING (consortium_id, order_id)
             WHERE consortium_id = \(consortium) AND store_id = \(store)
               AND state NOT IN ('received', 'closed', 'cancelled')
               AND packs_ordered - packs_received - packs_cancelled > 0
             ORDER BY serial, line_number
            """
        ) { row in
            OpenOrderLine(
                order: try row["order_id"], line: try row["line_number"], product: try row["product_id"],
                packSize: try row["pack_size"], packs: try row["packs"], sentAt: try row["sent_at"],
                expectedOn: try row["expected_on"])
        }
    }
}
