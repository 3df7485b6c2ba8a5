import Parties
public import Postgres
public import Primitives

/// Every SQL statement about the versions of one consortium's formulary and their entries.
public struct FormularyVersionsStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    public init(_ transaction: Transaction, of consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    // MARK: - Versions

    /// - Throws: ``FormularyRefusal`` when there is no such version.
    public func version(_ id: FormularyVersionID) throws -> FormularyVersion {
        let found = try transaction.first(
            """
            SELECT \(FormularyVersion.columns) FROM formulary.version
             WHERE version.consortium_id = \(consortium) AND version.version_id = \(id)
            """, FormularyVersion.init)
        guard let found else { throw FormularyRefusal(.versionUnknown, "version \(id)") }
        return found
    }

    /// Versions with a number below `before`, newest first.
    public func versions(before: Int?, limit: Int) throws -> [FormularyVersion] {
        try transaction.query(
            """
            SELECT \(FormularyVersion.columns) FROM formulary.version
             WHERE version.consortium_id = \(consortium) AND (version.number < \(before) OR \(before) IS NULL)
             ORDER BY version.number DESC LIMIT \(limit)
            """, FormularyVersion.init)
    }

    /// The published version that began last on or before `day`.
    public func inForce(on day: CalendarDate) throws -> FormularyVersion? {
        try transaction.first(
            """
            SELECT \(FormularyVersion.columns) FROM formulary.version
             WHERE version.consortium_id = \(consortium) AND version.status = 'published' AND version.valid_from <= \(day)
             ORDER BY version.valid_from DESC LIMIT 1
            """, FormularyVersion.init)
    }

    /// The version, locked until the transaction ends.
    func lock(_ id: FormularyVersionID) throws -> FormularyVersion {
        try transaction.execute(
            """
            SELECT 1 FROM formulary.version WHERE consortium_id = \(consortium) AND version_id = \(id) FOR UPDATE
            """)
        return try version(id)
    }

    /// - Throws: ``FormularyRefusal`` when there is a draft already.
    func add(draft id: FormularyVersionID, note: String, by person: PersonID, at now: Instant) throws {
        do throws(PostgresError) {
            try transaction.execute(
                """
                INSERT INTO formulary.version (consortium_id, version_id, number, status, note, drafted_by, drafted_at)
                SELECT \(consortium), \(id), coalesce(max(number), 0) + 1, 'draft', \(note), \(person), \(now)
                  FROM formulary.version WHERE consortium_id = \(consortium)
                """)
        } catch {
            switch error.constraint {
            case "one_draft_at_a_time", "version_number_is_unique", "version_pkey":
                throw FormularyRefusal(.draftExists, "publish or withdraw it first")
            default: throw error
            }
        }
    }

    /// Publishes a draft with a digest of its entries, so that a later change of them would show.
    ///
    /// - Throws: ``FormularyRefusal`` when another version begins on `validFrom`.
    func publish(_ id: FormularyVersionID, validFrom: CalendarDate, by person: PersonID, at now: Instant) throws {
        do throws(PostgresError) {
            try transaction.execute(
                """
                UPDATE formulary.version
                   SET status = 'published', valid_from = \(validFrom), published_by = \(person), published_at = \(now),
                       entries = content.entries, content_sha256 = content.digest
                  FROM (SELECT count(*)::integer AS entries, formulary.digest_of_entries(\(consortium), \(id)) AS digest
                          FROM formulary.entry WHERE consortium_id = \(consortium) AND version_id = \(id)) AS content
                 WHERE consortium_id = \(consortium) AND version_id = \(id)
                """)
        } catch {
            guard error.constraint == "one_version_begins_on_a_day" else { throw error }
            throw FormularyRefusal(.validFromTaken, "\(validFrom)", field: "validFrom")
        }
    }

    func withdraw(_ id: FormularyVersionID) throws {
        try transaction.execute(
            """
            UPDATE formulary.version SET status = 'withdrawn' WHERE consortium_id = \(consortium) AND version_id = \(id)
            """)
    }

    // MARK: - Entries

    func copyEntries(from source: FormularyVersionID, to copy: FormularyVersionID) throws {
        try transaction.execute(
            """
            INSERT INTO formulary.entry (consortium_id, version_id, product_id, levels, restriction, days_max, reason)
            SELECT entry.consortium_id, \(copy), entry.product_id, entry.levels, entry.restriction, entry.days_max, entry.reason
              FROM formulary.entry JOIN formulary.product ON product.product_id = entry.product_id
             WHERE entry.consortium_id = \(consortium) AND entry.version_id = \(source) AND product.withdrawn_on IS NULL
            """)
    }

    func put(_ entries: [FormularyEntry], into version: FormularyVersionID) throws {
        for start in stride(from: 0, to: entries.count, by: 1_000) {
            let rows: [[any SQLParameter]] = entries[start..<min(start + 1_000, entries.count)].map { entry in
                [
                    consortium, version, entry.product, entry.levels.map(\.rawValue), entry.restriction,
                    entry.daysMax.map { Int16($0) }, entry.reason,
                ]
            }
            try transaction.execute(
                """
                INSERT INTO formulary.entry (consortium_id, version_id, product_id, levels, restriction, days_max, reason)
                VALUES \(rows: rows)
                ON CONFLICT (consortium_id, version_id, product_id) DO UPDATE
                   SET levels = excluded.levels, restriction = excluded.restriction, days_max = excluded.days_max,
                       reason = excluded.reason
                """)
        }
    }

    /// - Returns: whether the product was there.
    func remove(_ product: ProductID, from version: FormularyVersionID) throws -> Bool {
        try transaction.execute(
            """
            DELETE FROM formulary.entry
             WHERE consortium_id = \(consortium) AND version_id = \(version) AND product_id = \(product)
            """) == 1
    }

    /// What `version` says about those of `products` that are in it.
    public func entries(of products: [ProductID], in version: FormularyVersionID) throws -> [ProductID: FormularyEntry] {
        let found = try transaction.query(
            """
            SELECT \(FormularyEntry.columns) FROM formulary.entry
             WHERE consortium_id = \(consortium) AND version_id = \(version) AND product_id = ANY(\(products))
            """, FormularyEntry.init)
        return Dictionary(found.map { ($0.product, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Every entry of `version` with its product, by product number.
    public func entries(in version: FormularyVersionID) throws -> [FormularyEntryReading] {
        try transaction.query(
            """
            SELECT \(ProductsStore.productColumns), \(FormularyEntry.columns)
              FROM formulary.entry JOIN formulary.product ON product.product_id = entry.product_id
             WHERE entry.consortium_id = \(consortium) AND entry.version_id = \(version)
             ORDER BY entry.product_id
            """
        ) { try FormularyEntryReading(product: Product($0), entry: FormularyEntry($0)) }
    }
}
