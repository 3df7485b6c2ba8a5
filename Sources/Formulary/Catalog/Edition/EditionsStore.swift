import Parties
public import Postgres
public import Primitives

/// Every SQL statement about editions of catalogues and their history.
public struct EditionsStore {
    private let transaction: Transaction

    public init(_ transaction: Transaction) { self.transaction = transaction }

    private static let columns: SQL = """
        edition_id, edition_no, catalogue, label, status, valid_from, file_sha256, encoding, row_count, skipped, unchanged,
        added, listed, changed, price_changed, returned, withdrawn, delisted, based_on, number, proposed_at, decided_at
        """

    /// The articles that a catalogue names: those whose last word in its accepted editions is that it does.
    static func articlesListed(by catalogue: String) -> SQL {
        """
        SELECT article_id
          FROM (SELECT DISTINCT ON (article_id) article_id, is_listed
                  FROM formulary.edition_change JOIN formulary.edition USING (edition_id)
                 WHERE edition.catalogue = \(catalogue) AND edition.status = 'accepted'
                 ORDER BY article_id, edition.number DESC) AS last_word
         WHERE is_listed
        """
    }

    // MARK: - Readings

    /// - Throws: ``FormularyRefusal`` when there is no such edition.
    public func edition(_ id: EditionID) throws -> CatalogueEdition {
        let found = try transaction.first(
            "SELECT \(Self.columns) FROM formulary.edition WHERE edition_id = \(id)", CatalogueEdition.init)
        guard let found else { throw FormularyRefusal(.editionUnknown, "edition \(id)") }
        return found
    }

    /// Editions that came before the one numbered `before` in the order of arrival, newest first; of one catalogue where
    /// it is named, also the empty name.
    public func editions(of catalogue: String? = nil, before: Int64? = nil, limit: Int) throws -> [CatalogueEdition] {
        try transaction.query(
            """
            SELECT \(Self.columns) FROM formulary.edition
             WHERE (edition_no < \(before) OR \(before) IS NULL) AND (catalogue = \(catalogue) OR \(catalogue) IS NULL)
             ORDER BY edition_no DESC LIMIT \(limit)
            """, CatalogueEdition.init)
    }

    /// What an edition changes, by article: only changes of one kind, and only of prices, where asked.
    public func changes(
        of edition: EditionID, kind: EditionChangeKind? = nil, ofPriceOnly: Bool = false, after: ArticleID? = nil, limit: Int
    ) throws -> [EditionChange] {
        try transaction.query(
            """
            SELECT \(EditionChange.columns) FROM \(EditionChange.tables)
             WHERE said.edition_id = \(edition) AND (said.article_id > \(after) OR \(after) IS NULL)
               AND (said.change = \(kind) OR \(kind) IS NULL)
               AND (NOT \(ofPriceOnly) OR 'reference_price' = ANY (said.fields))
             ORDER BY said.article_id LIMIT \(limit)
            """, EditionChange.init)
    }

    /// What accepted editions said about an article, the last first.
    public func history(of article: ArticleID) throws -> [ArticleStatement] {
        try transaction.query(
            """
            SELECT \(EditionChange.columns), edition.edition_id, edition.number, edition.catalogue, edition.label,
                   edition.valid_from
              FROM \(EditionChange.tables) JOIN formulary.edition ON edition.edition_id = said.edition_id
             WHERE said.article_id = \(article) AND edition.status = 'accepted'
             ORDER BY edition.number DESC
            """
        ) { row in
            try ArticleStatement(
                edition: row["edition_id"], number: row["number"], catalogue: row["catalogue"], label: row["label"],
                validFrom: row["valid_from"], change: EditionChange(row))
        }
    }

    /// The number of the edition accepted last; 0 before the first.
    func lastNumber() throws -> Int {
        try transaction.first("SELECT coalesce(max(number), 0) AS number FROM formulary.edition") { try $0["number"] } ?? 0
    }

    /// The accepted edition of a catalogue that came last.
    func lastAccepted(of catalogue: String) throws -> CatalogueEdition? {
        try transaction.first(
            """
            SELECT \(Self.columns) FROM formulary.edition
             WHERE catalogue = \(catalogue) AND status = 'accepted' ORDER BY number DESC LIMIT 1
            """, CatalogueEdition.init)
    }

    func isAccepted(_ label: String, of catalogue: String) throws -> Bool {
        try transaction.first(
            """
            SELECT 1 AS there FROM formulary.edition
             WHERE catalogue = \(catalogue) AND label = \(label) AND status = 'accepted'
            """
        ) { try $0["there"] as Int } != nil
    }

    // MARK: - Writing

    /// Writes down an edition with what ``ArticlesStaging`` found in its file.
    func add(_ edition: NewEdition) throws {
        let counts = edition.counts
        try transaction.execute(
            """
            INSERT INTO formulary.edition (edition_id, catalogue, label, status, valid_from, file_sha256, file_bytes, encoding,
                   row_count, skipped, unchanged, added, listed, changed, price_changed, returned, withdrawn, delisted,
                   based_on, proposed_at)
            VALUES (\(edition.id), \(edition.catalogue), \(edition.label), 'proposed', \(edition.validFrom),
                    \(edition.format.sha256), \(edition.format.bytes), \(edition.format.encoding), \(counts.rows),
                    \(counts.skipped), \(counts.unchanged), \(counts.added), \(counts.listed), \(counts.changed),
                    \(counts.priceChanged), \(counts.returned), \(counts.withdrawn), \(counts.delisted), \(edition.basedOn),
                    \(edition.proposedAt))
            """)
        try transaction.execute(
            """
            INSERT INTO formulary.edition_change (edition_id, article_id, change, line, is_listed, fields, before, product_id,
                   manufacturer, insurance_code, trade_name, approval_number, base_code, gtin, pack_size, pack_unit, pack_text,
                   reference_price)
            SELECT \(edition.id), coalesce(article_id, nextval('formulary.article_article_id_seq')), change, line, is_listed,
                   fields, before, product_id, manufacturer, insurance_code, trade_name, approval_number, base_code, gtin,
                   pack_size, pack_unit, pack_text, reference_price
              FROM pg_temp.catalog_change ORDER BY line
            """)
    }

    /// Does what an edition says: registers manufacturers that are new, writes its articles, withdraws what it no longer
    /// names, and marks it as accepted.
    func apply(_ edition: CatalogueEdition, at now: Instant) throws {
        try addManufacturers(of: edition.id)
        try transaction.execute(
            """
            INSERT INTO formulary.article (article_id, product_id, manufacturer_id, insurance_code, trade_name,
                   approval_number, base_code, gtin, pack_size, pack_unit, pack_text, reference_price)
            OVERRIDING SYSTEM VALUE
            SELECT article_id, product_id, company_id, insurance_code, trade_name, approval_number, base_code, gtin, pack_size,
                   pack_unit, pack_text, reference_price
              FROM formulary.edition_change LEFT JOIN parties.company ON company.name = edition_change.manufacturer
             WHERE edition_id = \(edition.id) AND change = 'added'
             ORDER BY article_id
            """)
        try transaction.execute(
            """
            UPDATE formulary.article
               SET manufacturer_id = company.company_id, insurance_code = new.insurance_code, trade_name = new.trade_name,
                   approval_number = new.approval_number, base_code = new.base_code, gtin = new.gtin,
                   pack_size = new.pack_size, pack_unit = new.pack_unit, pack_text = new.pack_text,
                   reference_price = new.reference_price, withdrawn_on = NULL
              FROM formulary.edition_change AS new LEFT JOIN parties.company ON company.name = new.manufacturer
             WHERE article.article_id = new.article_id AND new.edition_id = \(edition.id)
               AND new.change IN ('changed', 'returned')
            """)
        try transaction.execute(
            """
            UPDATE formulary.article SET withdrawn_on = \(edition.validFrom)
              FROM formulary.edition_change AS gone
             WHERE article.article_id = gone.article_id AND gone.edition_id = \(edition.id) AND gone.change = 'withdrawn'
            """)
        try decide(edition.id, .accepted, number: edition.basedOn + 1, at: now)
    }

    private func addManufacturers(of edition: EditionID) throws {
        let names = try transaction.query(
            """
            SELECT DISTINCT edition_change.manufacturer AS name
              FROM formulary.edition_change LEFT JOIN parties.company ON company.name = edition_change.manufacturer
             WHERE edition_id = \(edition) AND manufacturer IS NOT NULL AND company.is_manufacturer IS NOT TRUE
             ORDER BY name
            """
        ) { try $0["name"] as String }
        let parties = PartiesStore(transaction)
        for name in names { _ = try parties.addCompany(name: name, creditCode: nil, isManufacturer: true, isSupplier: false) }
    }

    func decide(_ edition: EditionID, _ status: EditionStatus, number: Int? = nil, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE formulary.edition SET status = \(status), number = \(number), decided_at = \(now)
             WHERE edition_id = \(edition)
            """)
    }
}

extension CatalogueEdition {
    init(_ row: Row) throws {
        try self.init(
            id: row["edition_id"], sequence: row["edition_no"], catalogue: row["catalogue"], label: row["label"],
            status: row["status"], validFrom: row["valid_from"], fileSHA256: row["file_sha256"], encoding: row["encoding"],
            counts: EditionCounts(
                rows: row["row_count"], skipped: row["skipped"], unchanged: row["unchanged"], added: row["added"],
                listed: row["listed"], changed: row["changed"], priceChanged: row["price_changed"], returned: row["returned"],
                withdrawn: row["withdrawn"], delisted: row["delisted"]),
            basedOn: row["based_on"], number: row["number"], proposedAt: row["proposed_at"], decidedAt: row["decided_at"])
    }
}
