import Formulary
import Parties
import Primitives

/// What the demonstration is made of, as the files of seeds say it.
struct Seeds: Sendable {
    let consortia: [ConsortiumSeed]
    let people: [PersonSeed]
    let suppliers: [SupplierSeed]

    /// - Throws: ``DemonstrationError``: a file that cannot be read, a row that says something unusable.
    init(directory: String) throws(DemonstrationError) {
        let facilities = try SeedTable("facilities.csv", in: directory)
        var consortia: [ConsortiumSeed] = []
        for row in try SeedTable("consortia.csv", in: directory).rows {
            consortia.append(try ConsortiumSeed(row, facilities: facilities))
        }
        var people: [PersonSeed] = []
        for row in try SeedTable("people.csv", in: directory).rows { people.append(try PersonSeed(row)) }
        var suppliers: [SupplierSeed] = []
        for row in try SeedTable("suppliers.csv", in: directory).rows {
            suppliers.append(SupplierSeed(code: try row.text("code"), company: try row.text("company")))
        }
        (self.consortia, self.people, self.suppliers) = (consortia, people, suppliers)
    }
}

struct ConsortiumSeed: Sendable {
    let code: String
    let name: String
    let shape: ConsortiumShape
    /// The platform on which it buys.
    let platform: String
    /// The kinds of products in its formulary.
    let productKinds: [ProductKind]
    /// The lead first.
    let facilities: [FacilitySeed]

    fileprivate init(_ row: SeedTable.Row, facilities: SeedTable) throws(DemonstrationError) {
        code = try row.text("code")
        name = try row.text("name")
        shape = try row.word("shape")
        platform = try row.text("platform")
        productKinds = try row.words("product_kinds")
        var members: [FacilitySeed] = []
        for facility in facilities.rows where facility.values["consortium"] == code {
            members.append(try FacilitySeed(facility))
        }
        guard members.count(where: { $0.role == .lead }) == 1 else { throw row.bad("a consortium has one lead facility") }
        self.facilities = members.filter { $0.role == .lead } + members.filter { $0.role == .member }
    }
}

struct FacilitySeed: Sendable {
    let code: String
    let name: String
    let level: FacilityLevel
    let role: FacilityRole
    let servesAs: String

    fileprivate init(_ row: SeedTable.Row) throws(DemonstrationError) {
        code = try row.text("code")
        name = try row.text("name")
        level = try row.word("level")
        role = try row.word("role")
        servesAs = try row.text("serves_as")
    }
}

/// A role account, at the lead facility or at each.
struct PersonSeed: Sendable {
    enum Place: String, Sendable {
        case lead, each
    }

    let code: String
    let name: String
    let worksAt: Place
    let roles: [Role]

    fileprivate init(_ row: SeedTable.Row) throws(DemonstrationError) {
        code = try row.text("code")
        name = try row.text("name")
        worksAt = try row.word("works_at")
        roles = try row.words("roles")
    }
}

/// The account of a demonstration supplier.
struct SupplierSeed: Sendable {
    let code: String
    let company: String
}
