import Postgres
import Primitives
import Requisitions
import Tendering

/// An order that is about to be written.
struct NewOrder {
    let id: OrderID
    let company: CompanyID
    let facility: FacilityID
    let store: StoreID
    let pool: PoolID?
    let tender: TenderID?
    let reason: String
    let lines: [PurchaseOrderLine]
    /// Which requisition lines each line serves, by line number.
    var served: [Int: [OrderPart.Served]] = [:]
}

/// The SQL of purchase orders.
struct OrdersStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// Writes drafts with their lines; their numbers follow each other in the order given.
    ///
    /// - Throws: ``PooledProcurementRefusal`` for an id or an external code that is taken.
    func insert(_ orders: [NewOrder], by person: PersonID, at now: Instant) throws {
        let serials = try transaction.query(
            "SELECT nextval('pooled_procurement.order_serial') FROM generate_series(1, \(orders.count))"
        ) { try $0["nextval"] as Int64 }
        do throws(PostgresError) {
            try transaction.insert(
                into: """
                    pooled_procurement.purchase_order (
                        consortium_id, order_id, serial, number, company_id, facility_id, store_id, pool_id, tender_id, state,
                        reason, created_at, created_by_id)
                    """,
                rows: zip(orders, serials).map { order, serial in
                    [
                        consortium, order.id, serial, ShortNumber.text("CG", year: now.businessDay.year, serial), order.company, order.facility,
                        order.store, order.pool, order.tender, OrderState.draft, order.reason, now, person,
                    ]
                })
            try transaction.insert(
                into: """
                    pooled_procurement.purchase_order_line (
                        consortium_id, order_id, line_number, product_id, article_id, pack_size, pack_price, packs_ordered,
                        route, external_code)
                    """,
                rows: orders.flatMap { order in
                    order.lines.map { line -> [any SQLParameter] in
                        [
                            consortium, order.id, line.number, line.product, line.article, line.packSize, line.packPrice,
                            line.packsOrdered, line.route, line.externalCode,
                        ]
                    }
                })
            try transaction.insert(
                into: """
                    pooled_procurement.order_line_share (
                        consortium_id, order_id, line_number, requisition_id, requisition_line_number, quantity)
                    """,
                rows: orders.flatMap { order in
                    order.lines.flatMap { line in
                        (order.served[line.number] ?? []).map { served -> [any SQLParameter] in
                            [consortium, order.id, line.number, served.requisition, served.requisitionLine, served.quantity]
                        }
                    }
                })
        } catch {
            switch error.constraint {
            case "purchase_order_pkey":
                throw PooledProcurementRefusal(.idTaken, "order \(orders.first?.id.description ?? "")", field: "id")
            case "external_code_is_ordered_once":
                let codes = orders.flatMap(\.lines).compactMap(\.externalCode)
                throw PooledProcurementRefusal(.externalCodeRepeated, codes.prefix(3).joined(separator: " "), field: "lines")
            default: throw error
            }
        }
    }

    /// - Throws: ``PooledProcurementRefusal`` when there is no such order.
    func order(_ id: OrderID, isLocked: Bool = false) throws -> PurchaseOrder {
        let locking: SQL = isLocked ? "FOR UPDATE" : ""
        let found = try transaction.first(
            """
            SELECT \(PurchaseOrder.columns) FROM pooled_procurement.purchase_order
             WHERE consortium_id = \(consortium) AND order_id = \(id) \(locking)
            """, PurchaseOrder.init)
        guard let found else { throw PooledProcurementRefusal(.orderUnknown, "order \(id)") }
        return found
    }

    /// The lines in the order of their numbers.
    func lines(of order: OrderID) throws -> [PurchaseOrderLine] {
        try transaction.query(
            """
            SELECT \(PurchaseOrderLine.columns) FROM pooled_procurement.purchase_order_line
             WHERE consortium_id = \(consortium) AND order_id = \(order) ORDER BY line_number
            """, PurchaseOrderLine.init)
    }

    /// Writes the state after `step`, its time, and one version more.
    ///
    /// - Precondition: the order is locked.
    /// - Throws: ``PooledProcurementRefusal`` when the order does not take the step.
    func move(_ order: PurchaseOrder, by step: OrderStep, reason: String? = nil, expectedOn: CalendarDate? = nil, at now: Instant)
        throws
    {
        let state = try order.requireTakes(step)
        let time: SQL =
            switch step {
            case .approve: ", approved_at = \(now)"
            case .send: ", sent_at = \(now)"
            case .confirm: ", confirmed_at = \(now), expected_on = \(expectedOn)"
            case .revise: ", approved_at = NULL"
            case .cancel, .close: ", ended_at = \(now), reason = \(reason ?? order.reason)"
            case .agree, .receiveSome, .receiveAll: ""
            }
        try transaction.execute(
            """
            UPDATE pooled_procurement.purchase_order SET state = \(state), version = version + 1 \(time)
             WHERE consortium_id = \(consortium) AND order_id = \(order.id)
            """)
    }

    // MARK: - Lines of an order that is locked

    /// Notes what the supplier confirms; what it does not is cancelled.
    func confirm(_ packs: Int64, of line: PurchaseOrderLine, in order: OrderID, reason: String) throws {
        try transaction.execute(
            """
            UPDATE pooled_procurement.purchase_order_line
               SET packs_confirmed = \(packs), packs_cancelled = packs_ordered - \(packs), reason = \(reason)
             WHERE consortium_id = \(consortium) AND order_id = \(order) AND line_number = \(line.number)
            """)
    }

    /// Cancels whatever is open.
    func cancelOpen(of order: OrderID, reason: String) throws {
        try transaction.execute(
            """
            UPDATE pooled_procurement.purchase_order_line
               SET packs_cancelled = packs_ordered - packs_received, reason = \(reason)
             WHERE consortium_id = \(consortium) AND order_id = \(order) AND packs_received + packs_cancelled < packs_ordered
            """)
    }

    /// Adds accepted packs when so many are open.
    ///
    /// - Returns: whether they were.
    func receive(_ packs: Int64, of line: Int, in order: OrderID) throws -> Bool {
        try transaction.execute(
            """
            UPDATE pooled_procurement.purchase_order_line SET packs_received = packs_received + \(packs)
             WHERE consortium_id = \(consortium) AND order_id = \(order) AND line_number = \(line)
               AND packs_ordered - packs_received - packs_cancelled >= \(packs)
            """) == 1
    }

    /// Writes a line's new number of packs and price, and keeps the old ones.
    func change(
        _ line: PurchaseOrderLine, of order: PurchaseOrder, toPacks packs: Int64, price: Money, reason: String,
        agreedWith: String,
        by person: PersonID, at now: Instant
    ) throws {
        try transaction.execute(
            """
            UPDATE pooled_procurement.purchase_order_line
               SET packs_ordered = \(packs), pack_price = \(price),
                   packs_confirmed = CASE WHEN packs_confirmed IS NULL THEN NULL ELSE \(packs) - packs_cancelled END
             WHERE consortium_id = \(consortium) AND order_id = \(order.id) AND line_number = \(line.number)
            """)
        try transaction.execute(
            """
            INSERT INTO pooled_procurement.order_change (
                consortium_id, order_id, version, line_number, packs_before, packs_after, price_before, price_after, reason,
                agreed_with, changed_by_id, changed_at)
            VALUES (\(consortium), \(order.id), \(order.version + 1), \(line.number), \(line.packsOrdered), \(packs),
                    \(line.packPrice), \(price), \(reason), \(agreedWith), \(person), \(now))
            """)
    }
}

extension PurchaseOrder {
    /// - Throws: ``PooledProcurementRefusal`` when the order does not take the step.
    @discardableResult
    func requireTakes(_ step: OrderStep) throws(PooledProcurementRefusal) -> OrderState {
        guard let state = state.after(step) else {
            throw PooledProcurementRefusal(.orderWrongState, "\(number) is \(state.rawValue), it cannot \(step.rawValue)")
        }
        return state
    }

    /// - Throws: ``PooledProcurementRefusal`` when the order has another version than the one that was read.
    func requireVersion(_ read: Int64?) throws(PooledProcurementRefusal) {
        guard read == nil || read == version else {
            throw PooledProcurementRefusal(
                .changedMeanwhile, "\(number) has version \(version), not \(read ?? 0)", field: "version")
        }
    }
}
