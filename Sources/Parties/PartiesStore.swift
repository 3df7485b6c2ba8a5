public import Postgres
public import Primitives

/// Every SQL statement of the schema `parties`.
public struct PartiesStore {
    private let transaction: Transaction

    public init(_ transaction: Transaction) { self.transaction = transaction }

    // MARK: - Consortia

    public func consortia() throws -> [Consortium] {
        try transaction.query("SELECT consortium_id, code, name, shape FROM parties.consortium ORDER BY code") { row in
            Consortium(
                id: try row["consortium_id"], code: try row["code"], name: try row["name"], shape: try row["shape"])
        }
    }

    public func consortium(code: String) throws -> Consortium? {
        try consortia().first { $0.code == code }
    }

    /// Adds a consortium; only the schema's owner may.
    public func addConsortium(code: String, name: String, shape: ConsortiumShape) throws -> ConsortiumID? {
        try transaction.first(
            """
            INSERT INTO parties.consortium (code, name, shape) VALUES (\(code), \(name), \(shape)) RETURNING consortium_id
            """
        ) { try $0["consortium_id"] }
    }

    // MARK: - Facilities and stores

    public func addFacility(
        to consortium: ConsortiumID, code: String, name: String, level: FacilityLevel, role: FacilityRole, servesAs: String
    ) throws -> FacilityID? {
        try transaction.first(
            """
            INSERT INTO parties.facility (consortium_id, code, name, level, role, serves_as)
            VALUES (\(consortium), \(code), \(name), \(level), \(role), \(servesAs)) RETURNING facility_id
            """
        ) { try $0["facility_id"] }
    }

    public func addStore(
        to consortium: ConsortiumID, facility: FacilityID, code: String, name: String, kind: StoreKind
    ) throws -> StoreID? {
        try transaction.first(
            """
            INSERT INTO parties.store (consortium_id, facility_id, code, name, kind)
            VALUES (\(consortium), \(facility), \(code), \(name), \(kind)) RETURNING store_id
            """
        ) { try $0["store_id"] }
    }

    public func facilities(of consortium: ConsortiumID) throws -> [Facility] {
        try transaction.query(
            """
            SELECT facility_id, code, name, level, role, serves_as, latitude, longitude
              FROM parties.facility WHERE consortium_id = \(consortium) AND is_active ORDER BY facility_id
            """, Facility.init)
    }

    /// - Throws: ``PartiesRefusal`` when there is no such facility.
    public func facility(_ id: FacilityID, of consortium: ConsortiumID) throws -> Facility {
        let found = try transaction.first(
            """
            SELECT facility_id, code, name, level, role, serves_as, latitude, longitude
              FROM parties.facility WHERE consortium_id = \(consortium) AND facility_id = \(id)
            """, Facility.init)
        guard let found else { throw PartiesRefusal(.facilityUnknown, "facility \(id)") }
        return found
    }

    func locate(_ facility: FacilityID, at location: Location?, of consortium: ConsortiumID) throws {
        try transaction.execute(
            """
            UPDATE parties.facility SET latitude = \(location?.latitude), longitude = \(location?.longitude)
             WHERE consortium_id = \(consortium) AND facility_id = \(facility)
            """)
    }

    func set(_ metres: Int64?, between pair: FacilityPair, of consortium: ConsortiumID) throws {
        guard let metres else {
            try transaction.execute(
                """
                DELETE FROM parties.facility_distance
                 WHERE consortium_id = \(consortium) AND facility_id = \(pair.lower) AND other_facility_id = \(pair.higher)
                """)
            return
        }
        try transaction.execute(
            """
            INSERT INTO parties.facility_distance (consortium_id, facility_id, other_facility_id, metres)
            VALUES (\(consortium), \(pair.lower), \(pair.higher), \(metres))
            ON CONFLICT (consortium_id, facility_id, other_facility_id) DO UPDATE SET metres = excluded.metres
            """)
    }

    /// How far the consortium's facilities are from one of them.
    public func distances(from facility: FacilityID, of consortium: ConsortiumID) throws -> Distances {
        let located = try facilities(of: consortium).compactMap { place in place.location.map { (place.id, $0) } }
        let told = try transaction.query(
            """
            SELECT facility_id, other_facility_id, metres FROM parties.facility_distance
             WHERE consortium_id = \(consortium) AND \(facility) IN (facility_id, other_facility_id)
            """
        ) { row in (FacilityPair(try row["facility_id"], try row["other_facility_id"]), try row["metres"] as Int64) }
        return Distances(
            locations: Dictionary(located, uniquingKeysWith: { first, _ in first }),
            told: Dictionary(told, uniquingKeysWith: { first, _ in first }))
    }

    public func stores(of consortium: ConsortiumID) throws -> [Store] {
        try transaction.query(
            """
            SELECT store_id, facility_id, code, name, kind FROM parties.store WHERE consortium_id = \(consortium) ORDER BY store_id
            """, Store.init)
    }

    /// - Throws: ``PartiesRefusal`` when there is no such store.
    public func store(_ id: StoreID, of consortium: ConsortiumID) throws -> Store {
        let found = try transaction.first(
            """
            SELECT store_id, facility_id, code, name, kind
              FROM parties.store WHERE consortium_id = \(consortium) AND store_id = \(id)
            """, Store.init)
        guard let found else { throw PartiesRefusal(.storeUnknown, "store \(id)") }
        return found
    }

    // MARK: - Companies

    /// Adds a company or, when its name is known, adds what is new about it.
    public func addCompany(name: String, creditCode: String?, isManufacturer: Bool, isSupplier: Bool) throws -> CompanyID? {
        try transaction.first(
            """
            INSERT INTO parties.company (name, credit_code, is_manufacturer, is_supplier)
            VALUES (\(name), \(creditCode), \(isManufacturer), \(isSupplier))
            ON CONFLICT (name) DO UPDATE
               SET credit_code = coalesce(excluded.credit_code, company.credit_code),
                   is_manufacturer = company.is_manufacturer OR excluded.is_manufacturer,
                   is_supplier = company.is_supplier OR excluded.is_supplier
            RETURNING company_id
            """
        ) { try $0["company_id"] }
    }

    /// - Throws: ``PartiesRefusal`` when there is no such company.
    public func company(_ id: CompanyID) throws -> Company {
        let found = try transaction.first(
            """
            SELECT company_id, name, credit_code, is_manufacturer, is_supplier
              FROM parties.company WHERE company_id = \(id)
            """, Company.init)
        guard let found else { throw PartiesRefusal(.companyUnknown, "company \(id)") }
        return found
    }

    /// - Throws: ``PartiesRefusal`` when there is no such company, or it supplies nothing.
    public func supplier(_ id: CompanyID) throws -> Company {
        let company = try company(id)
        guard company.isSupplier else { throw PartiesRefusal(.notASupplier, company.name) }
        return company
    }

    /// Companies in the order of their numbers, after one of them.
    public func companies(suppliersOnly: Bool, after: CompanyID?, limit: Int) throws -> [Company] {
        try transaction.query(
            """
            SELECT company_id, name, credit_code, is_manufacturer, is_supplier
              FROM parties.company
             WHERE company_id > \(after ?? CompanyID(0)) AND (is_supplier OR NOT \(suppliersOnly))
             ORDER BY company_id LIMIT \(limit)
            """, Company.init)
    }

    public func addLicence(_ licence: Licence) throws {
        try transaction.execute(
            """
            INSERT INTO parties.licence (company_id, kind, number, valid_from, valid_through)
            VALUES (\(licence.company), \(licence.kind), \(licence.number), \(licence.validFrom), \(licence.validThrough))
            ON CONFLICT (company_id, kind, number) DO UPDATE
               SET valid_from = excluded.valid_from, valid_through = excluded.valid_through
            """)
    }

    public func licences(of company: CompanyID) throws -> [Licence] {
        try transaction.query(
            """
            SELECT company_id, kind, number, valid_from, valid_through
              FROM parties.licence WHERE company_id = \(company) ORDER BY kind, valid_through, number
            """, Licence.init)
    }
}
