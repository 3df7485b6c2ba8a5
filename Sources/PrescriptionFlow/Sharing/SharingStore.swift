import Identity
public import Parties
public import Postgres
public import Primitives
import StockLedger

/// Every SQL statement about sharing requests.
public struct SharingStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    private static let columns: SQL = """
        sharing_id, number, asking_store_id, holding_store_id, product_id, quantity, agreed_quantity, prescription_id, reason,
        state, asked_by_id, asked_at, answered_at, transfer_id, shipped_at, ended_at, ended_why
        """

    public init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    func nextNumber(year: Int) throws -> String {
        try transaction.documentNumber("GX", year: year, from: "SELECT nextval('prescription_flow.sharing_number') AS number")
    }

    /// - Throws: ``PrescriptionFlowRefusal`` when the id is taken.
    func add(_ request: SharingRequest) throws {
        try refusing(
            "sharing_id_is_unique",
            as: PrescriptionFlowRefusal(.documentIDTaken, "sharing \(request.id)", field: "sharing")
        ) {
            try transaction.execute(
                """
                INSERT INTO prescription_flow.sharing_request
                       (consortium_id, sharing_id, number, asking_store_id, holding_store_id, product_id, quantity,
                        prescription_id, reason, state, asked_by_id, asked_at)
                VALUES (\(consortium), \(request.id), \(request.number), \(request.asking), \(request.holding),
                        \(request.product), \(request.quantity), \(request.prescription), \(request.reason), \(request.state),
                        \(request.askedBy), \(request.askedAt))
                """)
        }
    }

    func agree(_ id: SharingID, _ state: SharingState, _ quantity: BaseUnits, by person: PersonID, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE prescription_flow.sharing_request
               SET state = \(state), agreed_quantity = \(quantity), answered_by_id = \(person), answered_at = \(now)
             WHERE consortium_id = \(consortium) AND sharing_id = \(id)
            """)
    }

    func decline(_ id: SharingID, _ state: SharingState, why: String, by person: PersonID, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE prescription_flow.sharing_request
               SET state = \(state), answered_by_id = \(person), answered_at = \(now), ended_at = \(now), ended_why = \(why)
             WHERE consortium_id = \(consortium) AND sharing_id = \(id)
            """)
    }

    func ship(_ id: SharingID, _ state: SharingState, by transfer: TransferID, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE prescription_flow.sharing_request SET state = \(state), transfer_id = \(transfer), shipped_at = \(now)
             WHERE consortium_id = \(consortium) AND sharing_id = \(id)
            """)
    }

    func end(_ id: SharingID, _ state: SharingState, why: String, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE prescription_flow.sharing_request SET state = \(state), ended_at = \(now), ended_why = \(why)
             WHERE consortium_id = \(consortium) AND sharing_id = \(id)
            """)
    }

    /// Locks a request until the transaction ends, and reads it as it is then.
    ///
    /// - Throws: ``PrescriptionFlowRefusal`` when there is no such request.
    func locked(_ id: SharingID) throws -> SharingRequest { try request(id, "FOR UPDATE") }

    /// - Throws: ``PrescriptionFlowRefusal`` when there is no such request.
    func request(_ id: SharingID, _ lock: SQL = "") throws -> SharingRequest {
        let found = try transaction.first(
            """
            SELECT \(Self.columns) FROM prescription_flow.sharing_request
             WHERE consortium_id = \(consortium) AND sharing_id = \(id) \(lock)
            """, SharingRequest.init)
        guard let found else { throw PrescriptionFlowRefusal(.sharingUnknown, "sharing \(id)") }
        return found
    }

    /// - Throws: ``PrescriptionFlowRefusal`` when there is no such request; `IdentityRefusal` for the people of a facility
    ///   that neither asks nor is asked.
    public func request(_ id: SharingID, for principal: Principal) throws -> SharingRequest {
        let request = try request(id)
        let parties = PartiesStore(transaction)
        let places = try [request.asking, request.holding].map { try parties.store($0, of: consortium).facility }
        if principal.facility != places[1] { try principal.requireFacility(places[0]) }
        return request
    }

    /// The requests that a store asks or is asked, the one asked last first.
    public func requests(
        of store: Store, state: SharingState? = nil, after: SharingID? = nil, limit: Int
    ) throws -> [SharingRequest] {
        var conditions: [SQL] = [
            "consortium_id = \(consortium)", "asking_store_id = \(store.id) OR holding_store_id = \(store.id)",
        ]
        if let state { conditions.append("state = \(state)") }
        if let after {
            conditions.append(
                """
                (asked_at, sharing_id) < (
                    SELECT last.asked_at, last.sharing_id FROM prescription_flow.sharing_request AS last
                     WHERE last.consortium_id = \(consortium) AND last.sharing_id = \(after))
                """)
        }
        return try transaction.query(
            """
            SELECT \(Self.columns) FROM prescription_flow.sharing_request
             WHERE \(SQL.all(conditions))
             ORDER BY asked_at DESC, sharing_id DESC LIMIT \(limit)
            """, SharingRequest.init)
    }
}
