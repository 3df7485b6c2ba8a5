import Identity
import Parties
public import Postgres
public import Primitives

/// Every SQL statement about deliveries.
public struct DeliveryStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    private static let columns: SQL = """
        delivery_id, number, dispensing_id, store_id, place, address, keeps_cold, state, planned_at, carrier_id, out_at,
        ended_at, reason, recipient, recipient_name, recipient_masked
        """

    public init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    func nextNumber(year: Int) throws -> String {
        try transaction.documentNumber("PS", year: year, from: "SELECT nextval('prescription_flow.delivery_number') AS number")
    }

    /// - Throws: ``PrescriptionFlowRefusal`` when the dispensing is being delivered or was, or the id is taken.
    func add(_ delivery: Delivery, by person: PersonID) throws {
        try refusing(
            "dispensing_is_delivered_once",
            as: PrescriptionFlowRefusal(.deliveredAlready, "dispensing \(delivery.dispensing)")
        ) {
            try refusing(
                "delivery_id_is_unique",
                as: PrescriptionFlowRefusal(.documentIDTaken, "delivery \(delivery.id)", field: "delivery")
            ) {
                try transaction.execute(
                    """
                    INSERT INTO prescription_flow.delivery
                           (consortium_id, delivery_id, number, dispensing_id, store_id, place, address, keeps_cold, state,
                            planned_by_id, planned_at)
                    VALUES (\(consortium), \(delivery.id), \(delivery.number), \(delivery.dispensing), \(delivery.store),
                            \(delivery.place), \(delivery.address), \(delivery.keepsCold), \(delivery.state), \(person),
                            \(delivery.plannedAt))
                    """)
            }
        }
    }

    func depart(_ id: DeliveryID, _ state: DeliveryState, carrier: PersonID, at now: Instant) throws {
        try change(id, "state = \(state), carrier_id = \(carrier), out_at = \(now), reason = ''")
    }

    func fail(_ id: DeliveryID, _ state: DeliveryState, why: String) throws {
        try change(id, "state = \(state), reason = \(why)")
    }

    func end(_ id: DeliveryID, _ state: DeliveryState, why: String, at now: Instant) throws {
        try change(id, "state = \(state), reason = \(why), ended_at = \(now)")
    }

    func deliver(
        _ id: DeliveryID, _ state: DeliveryState, to recipient: Recipient, name: String,
        proxy: (digest: Bytes, masked: String)?, at now: Instant
    ) throws {
        try change(
            id,
            """
            state = \(state), ended_at = \(now), recipient = \(recipient), recipient_name = \(name),
            recipient_digest = \(proxy?.digest), recipient_masked = \(proxy?.masked)
            """)
    }

    private func change(_ id: DeliveryID, _ assignments: SQL) throws {
        try transaction.execute(
            "UPDATE prescription_flow.delivery SET \(assignments) WHERE consortium_id = \(consortium) AND delivery_id = \(id)")
    }

    /// Locks a delivery for somebody who moves it, until the transaction ends, and reads it as it is then.
    ///
    /// - Throws: ``PrescriptionFlowRefusal`` when there is no such delivery; `IdentityRefusal` for anyone but a pharmacist,
    ///   dispenser or storekeeper of its facility.
    func locked(_ id: DeliveryID, for principal: Principal) throws -> Delivery {
        try principal.require(oneOf: [.pharmacist, .dispenser, .storekeeper])
        let delivery = try delivery(id, "FOR UPDATE")
        try principal.requireFacility(try PartiesStore(transaction).store(delivery.store, of: consortium).facility)
        return delivery
    }

    /// - Throws: ``PrescriptionFlowRefusal`` when there is no such delivery.
    func delivery(_ id: DeliveryID, _ lock: SQL = "") throws -> Delivery {
        let found = try transaction.first(
            """
            SELECT \(Self.columns) FROM prescription_flow.delivery
             WHERE consortium_id = \(consortium) AND delivery_id = \(id) \(lock)
            """, Delivery.init)
        guard let found else { throw PrescriptionFlowRefusal(.deliveryUnknown, "delivery \(id)") }
        return found
    }

    /// - Throws: ``PrescriptionFlowRefusal`` when there is no such delivery; `IdentityRefusal` for another facility's people.
    public func delivery(_ id: DeliveryID, for principal: Principal) throws -> Delivery {
        let found = try delivery(id)
        try principal.requireFacility(try PartiesStore(transaction).store(found.store, of: consortium).facility)
        return found
    }

    /// The deliveries from a store, the one planned last first.
    public func deliveries(
        of store: StoreID, state: DeliveryState? = nil, after: DeliveryID? = nil, limit: Int
    ) throws -> [Delivery] {
        var conditions: [SQL] = ["consortium_id = \(consortium)", "store_id = \(store)"]
        if let state { conditions.append("state = \(state)") }
        if let after {
            conditions.append(
                """
                (planned_at, delivery_id) < (
                    SELECT last.planned_at, last.delivery_id FROM prescription_flow.delivery AS last
                     WHERE last.consortium_id = \(consortium) AND last.delivery_id = \(after))
                """)
        }
        return try transaction.query(
            """
            SELECT \(Self.columns) FROM prescription_flow.delivery
             WHERE \(SQL.all(conditions))
             ORDER BY planned_at DESC, delivery_id DESC LIMIT \(limit)
            """, Delivery.init)
    }
}
