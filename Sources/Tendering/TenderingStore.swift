import Postgres
import Primitives

/// The SQL of tenders, packages, invitations and awards.
struct TenderingStore {
    private let transaction: Transaction

    init(_ transaction: Transaction) { self.transaction = transaction }

    // MARK: - Tenders

    enum Lock { case none, shared, exclusive }

    /// - Throws: ``TenderingRefusal`` when there is no such tender.
    func tender(_ id: TenderID, of consortium: ConsortiumID, lock: Lock = .none) throws -> Tender {
        let locking: SQL =
            switch lock {
            case .none: ""
            case .shared: "FOR SHARE"
            case .exclusive: "FOR UPDATE"
            }
        let found = try transaction.first(
            """
            SELECT \(Tender.columns) FROM tendering.tender
             WHERE consortium_id = \(consortium) AND tender_id = \(id) \(locking)
            """, Tender.init)
        guard let found else { throw TenderingRefusal(.tenderUnknown, "tender \(id)") }
        return found
    }

    func insert(_ id: TenderID, title: String, bidsCloseAt: Instant, opensAt: Instant, by principal: Principal, at now: Instant)
        throws
    {
        let serial = try transaction.first("SELECT nextval('tendering.tender_serial')") { try $0["nextval"] as Int64 } ?? 0
        let number = ShortNumber.text("ZB", year: now.businessDay.year, serial)
        do throws(PostgresError) {
            try transaction.execute(
                """
                INSERT INTO tendering.tender (
                    consortium_id, tender_id, serial, number, title, bids_close_at, opens_at, state, drafted_by_id, drafted_at)
                VALUES (\(principal.consortium), \(id), \(serial), \(number), \(title), \(bidsCloseAt), \(opensAt),
                        \(TenderState.draft), \(principal.person), \(now))
                """)
        } catch {
            guard error.constraint == "tender_pkey" else { throw error }
            throw TenderingRefusal(.idTaken, "tender \(id)", field: "id")
        }
    }

    /// Whether the bids have been opened, even if the tender was cancelled afterwards.
    func isOpened(_ id: TenderID, in consortium: ConsortiumID) throws -> Bool {
        try transaction.first(
            """
            SELECT opened_at IS NOT NULL AS is_opened FROM tendering.tender
             WHERE consortium_id = \(consortium) AND tender_id = \(id)
            """
        ) { try $0["is_opened"] } ?? false
    }

    /// Writes the state after `step` with its time.
    ///
    /// - Precondition: the tender is locked.
    /// - Throws: ``TenderingRefusal`` when the tender does not take the step.
    func move(_ tender: Tender, by step: TenderStep, of consortium: ConsortiumID, reason: String = "", at now: Instant) throws {
        guard let state = tender.state.after(step) else {
            throw TenderingRefusal(.wrongState, "\(tender.number) is \(tender.state.rawValue)")
        }
        let time: SQL =
            switch step {
            case .publish: "published_at"
            case .open: "opened_at"
            case .award: "awarded_at"
            case .cancel: "cancelled_at"
            }
        try transaction.execute(
            """
            UPDATE tendering.tender SET state = \(state), \(time) = \(now), reason = \(reason)
             WHERE consortium_id = \(consortium) AND tender_id = \(tender.id)
            """)
    }

    func tenders(
        of consortium: ConsortiumID, in state: TenderState?, invited company: CompanyID?, after serial: Int64?, limit: Int
    ) throws -> [Tender] {
        var conditions: [SQL] = ["consortium_id = \(consortium)"]
        if let state { conditions.append("state = \(state)") }
        if let serial { conditions.append("serial < \(serial)") }
        if let company {
            conditions.append(
                """
                state <> 'draft' AND EXISTS (
                    SELECT FROM tendering.invitation
                     WHERE invitation.consortium_id = tender.consortium_id AND invitation.tender_id = tender.tender_id
                       AND company_id = \(company))
                """)
        }
        return try transaction.query(
            """
            SELECT \(Tender.columns) FROM tendering.tender
             WHERE \(SQL.all(conditions)) ORDER BY serial DESC LIMIT \(limit)
            """, Tender.init)
    }

    // MARK: - Packages

    func insert(_ packages: [TenderPackage], of tender: TenderID, in consortium: ConsortiumID) throws {
        try transaction.insert(
            into: """
                tendering.tender_package (
                    consortium_id, tender_id, package_number, product_id, quantity, ceiling_price, ceiling_units,
                    winners_max, shares)
                """,
            rows: packages.map { package in
                let (terms, rule) = (package.terms, package.terms.rule)
                return [
                    consortium, tender, package.number, terms.product, terms.quantity, terms.ceiling.price,
                    terms.ceiling.units, rule.sharesPerMille.isEmpty ? rule.winnersMax : rule.sharesPerMille.count,
                    rule.sharesPerMille.map { Int32($0) },
                ]
            })
        try transaction.insert(
            into: """
                tendering.package_alternative (
                    consortium_id, tender_id, package_number, product_id, ceiling_price, ceiling_units)
                """,
            rows: packages.flatMap { package in
                package.terms.alternatives.map {
                    [consortium, tender, package.number, $0.product, $0.ceiling.price, $0.ceiling.units] as [any SQLParameter]
                }
            })
    }

    /// The packages in the order of their numbers.
    func packages(of tender: TenderID, in consortium: ConsortiumID) throws -> [TenderPackage] {
        let alternatives = try transaction.query(
            """
            SELECT package_number, product_id, ceiling_price, ceiling_units FROM tendering.package_alternative
             WHERE consortium_id = \(consortium) AND tender_id = \(tender) ORDER BY package_number, product_id
            """
        ) { row in
            (
                number: try row["package_number"] as Int,
                alternative: PackageAlternative(
                    product: try row["product_id"],
                    ceiling: UnitPrice(try row["ceiling_price"], per: try row["ceiling_units"]))
            )
        }
        let byNumber = Dictionary(grouping: alternatives, by: \.number).mapValues { $0.map(\.alternative) }
        return try transaction.query(
            """
            SELECT package_number, product_id, quantity, ceiling_price, ceiling_units, winners_max, shares
              FROM tendering.tender_package
             WHERE consortium_id = \(consortium) AND tender_id = \(tender) ORDER BY package_number
            """
        ) { try TenderPackage($0, alternatives: byNumber) }
    }

    // MARK: - Invitations

    func invite(_ companies: [CompanyID], to tender: TenderID, in consortium: ConsortiumID, at now: Instant) throws {
        guard !companies.isEmpty else { return }
        try transaction.execute(
            """
            INSERT INTO tendering.invitation (consortium_id, tender_id, company_id, invited_at)
            VALUES \(rows: companies.map { [consortium, tender, $0, now] })
            ON CONFLICT (consortium_id, tender_id, company_id) DO NOTHING
            """)
    }

    func invitations(to tender: TenderID, in consortium: ConsortiumID) throws -> [Invitation] {
        try transaction.query(
            """
            SELECT company_id, company.name, invited_at
              FROM tendering.invitation JOIN parties.company USING (company_id)
             WHERE consortium_id = \(consortium) AND tender_id = \(tender) ORDER BY company_id
            """
        ) { Invitation(company: try $0["company_id"], companyName: try $0["name"], invitedAt: try $0["invited_at"]) }
    }

    /// Locks a company's invitation, so that one company's bids for a tender come one after the other.
    func lockInvitation(of company: CompanyID, to tender: TenderID, in consortium: ConsortiumID) throws -> Bool {
        try transaction.first(
            """
            SELECT company_id FROM tendering.invitation
             WHERE consortium_id = \(consortium) AND tender_id = \(tender) AND company_id = \(company) FOR UPDATE
            """
        ) { try $0["company_id"] as CompanyID } != nil
    }

    // MARK: - Awards

    func insert(_ awards: [Award], of tender: TenderID, in consortium: ConsortiumID) throws {
        try transaction.insert(
            into: """
                tendering.award (
                    consortium_id, tender_id, package_number, award_number, bid_id, company_id, article_id, quantity,
                    pack_price, pack_size, is_deviation, reason_chinese, reason_english)
                """,
            rows: awards.map { award in
                [
                    consortium, tender, award.package, award.number, award.bid, award.company, award.article,
                    award.quantity, award.packPrice, award.packSize, award.isDeviation, award.reason.chinese,
                    award.reason.english,
                ]
            })
    }

    /// The awards in the order of packages and ranks; of one company when it is named.
    func awards(of tender: TenderID, to company: CompanyID? = nil, in consortium: ConsortiumID) throws -> [Award] {
        try transaction.query(
            """
            SELECT package_number, award_number, bid_id, company_id, article_id, quantity, pack_price, pack_size,
                   is_deviation, reason_chinese, reason_english
              FROM tendering.award
             WHERE consortium_id = \(consortium) AND tender_id = \(tender)
               AND (\(company) IS NULL OR company_id = \(company))
             ORDER BY package_number, award_number
            """, Award.init)
    }
}
