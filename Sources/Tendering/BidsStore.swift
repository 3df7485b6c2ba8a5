import Postgres
import Primitives

/// The SQL of bids.
struct BidsStore {
    private let transaction: Transaction

    init(_ transaction: Transaction) { self.transaction = transaction }

    func insert(_ bid: Bid, in consortium: ConsortiumID) throws {
        do throws(PostgresError) {
            try transaction.execute(
                """
                INSERT INTO tendering.bid (
                    consortium_id, bid_id, tender_id, package_number, company_id, article_id, product_id, pack_price,
                    pack_size, offered_quantity, submitted_at, state)
                VALUES (\(consortium), \(bid.id), \(bid.tender), \(bid.package), \(bid.company), \(bid.article),
                        \(bid.product), \(bid.packPrice), \(bid.packSize), \(bid.offeredQuantity), \(bid.submittedAt),
                        \(bid.state))
                """)
        } catch {
            guard error.constraint == "bid_pkey" else { throw error }
            throw TenderingRefusal(.idTaken, "bid \(bid.id)", field: "id")
        }
    }

    /// - Throws: ``TenderingRefusal`` when there is no such bid.
    func bid(_ id: BidID, of consortium: ConsortiumID) throws -> Bid {
        let found = try transaction.first(
            "SELECT \(Bid.columns) FROM tendering.bid WHERE consortium_id = \(consortium) AND bid_id = \(id)", Bid.init)
        guard let found else { throw TenderingRefusal(.bidUnknown, "bid \(id)") }
        return found
    }

    /// Bids for a tender in the order of their submission; of one company when it is named.
    func bids(for tender: TenderID, by company: CompanyID? = nil, in consortium: ConsortiumID) throws -> [Bid] {
        try transaction.query(
            """
            SELECT \(Bid.columns) FROM tendering.bid
             WHERE consortium_id = \(consortium) AND tender_id = \(tender)
               AND (\(company) IS NULL OR company_id = \(company))
             ORDER BY package_number, submitted_at, bid_id
            """, Bid.init)
    }

    /// The bid that a new one for the same package and article replaces.
    func liveBid(
        for package: Int, of tender: TenderID, by company: CompanyID, article: ArticleID, in consortium: ConsortiumID
    ) throws -> Bid? {
        try transaction.first(
            """
            SELECT \(Bid.columns) FROM tendering.bid
             WHERE consortium_id = \(consortium) AND tender_id = \(tender) AND package_number = \(package)
               AND company_id = \(company) AND article_id = \(article) AND state IN ('sealed', 'valid')
            """, Bid.init)
    }

    /// Writes the state after `step`.
    ///
    /// - Precondition: nothing else changes the bid: its tender or its company's invitation is locked.
    func move(_ bid: Bid, by step: BidStep, reason: Reason, in consortium: ConsortiumID) throws {
        guard let state = bid.state.after(step) else {
            throw TenderingRefusal(.wrongState, "the bid is \(bid.state.rawValue)")
        }
        try transaction.execute(
            """
            UPDATE tendering.bid
               SET state = \(state), reason_chinese = \(reason.chinese), reason_english = \(reason.english)
             WHERE consortium_id = \(consortium) AND bid_id = \(bid.id)
            """)
    }

    /// Accepts bids at their opening, all at once.
    func accept(_ bids: [BidID], in consortium: ConsortiumID) throws {
        try transaction.execute(
            """
            UPDATE tendering.bid SET state = 'valid'
             WHERE consortium_id = \(consortium) AND bid_id = ANY(\(bids)) AND state = 'sealed'
            """)
    }

    /// Keeps with each bid that did not win the reason why.
    func keepReasons(_ reasons: [(bid: BidID, reason: Reason)], in consortium: ConsortiumID) throws {
        guard !reasons.isEmpty else { return }
        try transaction.execute(
            """
            UPDATE tendering.bid SET reason_chinese = decided.chinese, reason_english = decided.english
              FROM unnest(\(reasons.map(\.bid)), \(reasons.map(\.reason.chinese)), \(reasons.map(\.reason.english)))
                AS decided (bid_id, chinese, english)
             WHERE bid.consortium_id = \(consortium) AND bid.bid_id = decided.bid_id
            """)
    }
}
