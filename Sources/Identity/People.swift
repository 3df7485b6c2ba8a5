import Parties
public import Postgres
public import Primitives

/// A person of a consortium or of a supplier.
public struct Person: Sendable, Hashable, Codable {
    public let id: PersonID
    public let code: String
    public let name: String
    public let facility: FacilityID?
    public let company: CompanyID?
    public let roles: [Role]
}

/// Every SQL statement of the schema `identity`.
public struct People {
    private let transaction: Transaction

    public init(_ transaction: Transaction) { self.transaction = transaction }

    public func add(
        to consortium: ConsortiumID, code: String, name: String, facility: FacilityID?, company: CompanyID?, roles: [Role]
    ) throws -> PersonID? {
        try transaction.first(
            """
            INSERT INTO identity.person (consortium_id, code, name, facility_id, company_id, roles)
            VALUES (\(consortium), \(code), \(name), \(facility), \(company), \(roles.map(\.rawValue)))
            RETURNING person_id
            """
        ) { try $0["person_id"] }
    }

    public func person(code: String, of consortium: ConsortiumID) throws -> Person? {
        try transaction.first(
            """
            SELECT person_id, code, name, facility_id, company_id, roles
              FROM identity.person WHERE consortium_id = \(consortium) AND code = \(code) AND is_active
            """, Person.init)
    }

    public func all(of consortium: ConsortiumID) throws -> [Person] {
        try transaction.query(
            """
            SELECT person_id, code, name, facility_id, company_id, roles
              FROM identity.person WHERE consortium_id = \(consortium) AND is_active ORDER BY person_id
            """, Person.init)
    }
}

extension Person {
    init(_ row: Row) throws {
        let roles: [String] = try row["roles"]
        self.init(
            id: try row["person_id"], code: try row["code"], name: try row["name"], facility: try row["facility_id"],
            company: try row["company_id"], roles: roles.compactMap(Role.init(rawValue:)))
    }

    /// The person as the one who acts.
    public func principal(in consortium: ConsortiumID) -> Principal {
        Principal(
            consortium: consortium, person: id, name: name, facility: facility, company: company, roles: Set(roles))
    }
}
