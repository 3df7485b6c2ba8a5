import Identity
import Parties
import Postgres
import Primitives

/// Makes a demonstration consortium: its facilities, their stores, its role accounts. Leaves one alone that is there.
struct LoadConsortium: Sendable {
    let seed: ConsortiumSeed
    let people: [PersonSeed]
    let suppliers: [SupplierSeed]

    /// - Parameter transaction: as the owner, who alone may add a consortium.
    /// - Throws: ``DemonstrationError`` `catalogueMissing` when a demonstration supplier is unknown.
    func run(in transaction: Transaction) throws -> LoadedConsortium {
        let parties = PartiesStore(transaction)
        if let known = try parties.consortium(code: seed.code) { return try LoadedConsortium(known, in: transaction) }
        let companies = try Dictionary(
            parties.companies(suppliersOnly: true, after: nil, limit: 100_000).map { ($0.name, $0.id) },
            uniquingKeysWith: { first, _ in first })
        let id = try made(parties.addConsortium(code: seed.code, name: seed.name, shape: seed.shape))
        for facility in seed.facilities { try add(facility, to: id, transaction) }
        for supplier in suppliers {
            guard let company = companies[supplier.company] else {
                throw DemonstrationError.catalogueMissing("supplier \(supplier.company)")
            }
            _ = try People(transaction).add(
                to: id, code: supplier.code, name: supplier.company, facility: nil, company: company, roles: [.supplier])
        }
        return try LoadedConsortium(made(parties.consortium(code: seed.code)), in: transaction)
    }

    private func add(_ facility: FacilitySeed, to consortium: ConsortiumID, _ transaction: Transaction) throws {
        let parties = PartiesStore(transaction)
        let id = try made(
            parties.addFacility(
                to: consortium, code: facility.code, name: facility.name, level: facility.level, role: facility.role,
                servesAs: facility.servesAs))
        if facility.role == .lead {
            _ = try parties.addStore(
                to: consortium, facility: id, code: "central", name: "\(facility.name)中心药库", kind: .central)
        }
        _ = try parties.addStore(
            to: consortium, facility: id, code: "pharmacy-\(facility.code)", name: "\(facility.name)药房", kind: .pharmacy)
        for person in people {
            switch person.worksAt {
            case .lead where facility.role == .lead:
                try add(person, code: person.code, name: person.name, at: id, of: consortium, transaction)
            case .each:
                try add(
                    person, code: "\(person.code)-\(facility.code)", name: "\(facility.name)\(person.name)", at: id,
                    of: consortium, transaction)
            case .lead: continue
            }
        }
    }

    private func add(
        _ person: PersonSeed, code: String, name: String, at facility: FacilityID, of consortium: ConsortiumID,
        _ transaction: Transaction
    ) throws {
        _ = try People(transaction).add(
            to: consortium, code: code, name: name, facility: facility, company: nil, roles: person.roles)
    }

    private func made<Value>(_ value: Value?) -> Value {
        guard let value else { preconditionFailure("INSERT … RETURNING brought no row") }
        return value
    }
}

/// A demonstration consortium as the database has it.
struct LoadedConsortium: Sendable {
    let consortium: Consortium
    let facilities: [FacilityID: Facility]
    let stores: [Store]
    /// The people by their code.
    let people: [String: Person]

    init(_ consortium: Consortium, in transaction: Transaction) throws {
        self.consortium = consortium
        let parties = PartiesStore(transaction)
        facilities = Dictionary(
            try parties.facilities(of: consortium.id).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        stores = try parties.stores(of: consortium.id)
        people = Dictionary(
            try People(transaction).all(of: consortium.id).map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// - Throws: ``DemonstrationError`` when the account is not there, as in a consortium that was changed by hand.
    func principal(_ code: String) throws(DemonstrationError) -> Principal {
        guard let person = people[code] else { throw .changed(consortium: consortium.code, lacks: "person \(code)") }
        return person.principal(in: consortium.id)
    }
}
