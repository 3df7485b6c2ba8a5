import Postgres
import Primitives

/// The SQL statements about trace codes and prefixes.
struct TraceStore {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    // MARK: - Prefixes

    func prefixes(_ prefixes: Set<String>) throws -> [String: TracePrefix] {
        let found = try transaction.query(
            """
            SELECT prefix, article_id, level FROM dispensing.trace_prefix
             WHERE consortium_id = \(consortium) AND prefix = ANY(\(prefixes.sorted()))
            """
        ) { row in TracePrefix(prefix: try row["prefix"], article: try row["article_id"], level: try row["level"]) }
        return Dictionary(found.map { ($0.prefix, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Those of some articles of which boxes are known to have codes.
    func coded(_ articles: [ArticleID]) throws -> Set<ArticleID> {
        Set(
            try transaction.query(
                """
                SELECT DISTINCT article_id FROM dispensing.trace_prefix
                 WHERE consortium_id = \(consortium) AND article_id = ANY(\(articles)) AND level = 1
                """
            ) { try $0["article_id"] as ArticleID })
    }

    /// Makes a prefix known. It is no refusal when it is known as the same.
    ///
    /// - Throws: ``DispensingRefusal`` when it names another pack.
    func add(_ prefix: TracePrefix, learntFrom source: String, by person: PersonID, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO dispensing.trace_prefix
                   (consortium_id, prefix, article_id, level, learnt_from, registered_by_id, registered_at)
            VALUES (\(consortium), \(prefix.prefix), \(prefix.article), \(prefix.level), \(source), \(person), \(now))
            ON CONFLICT ON CONSTRAINT prefix_names_one_pack DO NOTHING
            """)
        guard let known = try prefixes([prefix.prefix])[prefix.prefix], known == prefix else {
            throw DispensingRefusal(.tracePrefixTaken, prefix.prefix, field: "prefix")
        }
    }

    // MARK: - Boxes

    /// Locks the boxes that are known, in the order of their codes, until the transaction ends.
    func locked(_ codes: some Sequence<String>) throws -> [String: TracedBox] {
        let found = try transaction.query(
            """
            SELECT code, article_id, batch_id, store_id, state FROM dispensing.trace_code
             WHERE consortium_id = \(consortium) AND code = ANY(\(codes.sorted())) ORDER BY code FOR UPDATE
            """, TracedBox.init)
        return Dictionary(found.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func box(_ code: String) throws -> TracedBox? {
        try transaction.first(
            """
            SELECT code, article_id, batch_id, store_id, state FROM dispensing.trace_code
             WHERE consortium_id = \(consortium) AND code = \(code)
            """, TracedBox.init)
    }

    /// Those of some batches whose boxes were recorded when they came.
    func recordedAtReceipt(_ batches: [BatchID]) throws -> Set<BatchID> {
        Set(
            try transaction.query(
                """
                SELECT DISTINCT batch_id FROM dispensing.trace_code
                 WHERE consortium_id = \(consortium) AND batch_id = ANY(\(batches)) AND learnt_from = 'receipt'
                """
            ) { try $0["batch_id"] as BatchID })
    }

    /// Makes boxes known.
    ///
    /// - Returns: those that were not; another transaction may have been first with one.
    func add(_ boxes: [TracedBox], learntFrom source: String, by person: PersonID, at now: Instant) throws -> Set<String> {
        var added: Set<String> = []
        for box in boxes.sorted(by: { $0.code < $1.code }) {
            let new = try transaction.first(
                """
                INSERT INTO dispensing.trace_code
                       (consortium_id, code, article_id, batch_id, store_id, state, learnt_from, first_seen_at, first_seen_by_id)
                VALUES (\(consortium), \(box.code), \(box.article), \(box.batch), \(box.store), \(box.state), \(source), \(now),
                        \(person))
                ON CONFLICT ON CONSTRAINT trace_code_is_known_once DO NOTHING
                RETURNING code
                """
            ) { try $0["code"] as String }
            if let new { added.insert(new) }
        }
        return added
    }

    /// Changes boxes that the transaction has locked.
    func set(_ state: TraceState, of codes: [String], in store: StoreID) throws {
        guard !codes.isEmpty else { return }
        try transaction.execute(
            """
            UPDATE dispensing.trace_code SET state = \(state), store_id = \(store)
             WHERE consortium_id = \(consortium) AND code = ANY(\(codes))
            """)
    }

    // MARK: - Dispensings

    /// - Throws: ``DispensingRefusal`` when a box is out already; the index has the last word.
    func add(_ codes: [(line: Int, code: DispensedCode)], to dispensing: DispensingID) throws {
        try refusing(
            "trace_code_is_dispensed_once", as: DispensingRefusal(.traceCodeDispensed, "dispensing \(dispensing)", field: "scans")
        ) {
            try transaction.insert(
                into: "dispensing.dispensed_code (consortium_id, dispensing_id, line_number, code, is_split, quantity)",
                rows: codes.map { [consortium, dispensing, $0.line, $0.code.code, $0.code.isSplit, $0.code.quantity] })
        }
    }

    func add(_ exemption: TraceExemption, of packs: Int, to line: Int, of dispensing: DispensingID) throws {
        try transaction.execute(
            """
            INSERT INTO dispensing.trace_exemption
                   (consortium_id, dispensing_id, line_number, packs, reason, explanation)
            VALUES (\(consortium), \(dispensing), \(line), \(packs), \(exemption.reason),
                    \((exemption.explanation ?? "").trimmed))
            """)
    }

    /// The boxes of a dispensing, by line.
    func codes(of dispensing: DispensingID) throws -> [Int: [DispensedCode]] {
        let found = try transaction.query(
            """
            SELECT line_number, code, is_split, quantity, return_id IS NOT NULL AS is_returned FROM dispensing.dispensed_code
             WHERE consortium_id = \(consortium) AND dispensing_id = \(dispensing) ORDER BY line_number, is_split, code
            """
        ) { row in
            (
                try row["line_number"] as Int,
                DispensedCode(
                    code: try row["code"], isSplit: try row["is_split"], quantity: try row["quantity"],
                    isReturned: try row["is_returned"])
            )
        }
        return Dictionary(grouping: found, by: \.0).mapValues { $0.map(\.1) }
    }

    /// Marks boxes of a dispensed line as come back.
    func giveBack(_ codes: [String], of line: Int, of dispensing: DispensingID, with document: PatientReturnID) throws {
        try transaction.execute(
            """
            UPDATE dispensing.dispensed_code SET return_id = \(document)
             WHERE consortium_id = \(consortium) AND dispensing_id = \(dispensing) AND line_number = \(line)
               AND code = ANY(\(codes)) AND NOT is_split AND return_id IS NULL
            """)
    }

    // MARK: - Policy

    func declare(_ policy: DeclareTracePolicy, by person: PersonID, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO dispensing.trace_policy
                   (consortium_id, facility_id, valid_from, scanning, declared_by_id, declared_at)
            VALUES (\(consortium), \(policy.facility), \(policy.validFrom), \(policy.scanning), \(person), \(now))
            ON CONFLICT ON CONSTRAINT policy_is_declared_once_for_a_day DO UPDATE
               SET scanning = excluded.scanning, declared_by_id = excluded.declared_by_id, declared_at = excluded.declared_at
            """)
    }

    /// What holds at a facility on a day: its own last declaration, else the consortium's, else where a prefix is known.
    func scanning(at facility: FacilityID, on day: CalendarDate) throws -> TraceScanning {
        try transaction.first(
            """
            SELECT scanning FROM dispensing.trace_policy
             WHERE consortium_id = \(consortium) AND (facility_id = \(facility) OR facility_id IS NULL) AND valid_from <= \(day)
             ORDER BY facility_id NULLS LAST, valid_from DESC LIMIT 1
            """
        ) { try $0["scanning"] as TraceScanning } ?? .whereKnown
    }
}

extension TracedBox {
    fileprivate init(_ row: Row) throws {
        self.init(
            code: try row["code"], article: try row["article_id"], batch: try row["batch_id"], store: try row["store_id"],
            state: try row["state"])
    }
}
