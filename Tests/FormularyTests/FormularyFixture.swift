import Formulary
import Foundation
import Identity
import Parties
import Postgres
import Primitives
import TestSupport
import Testing

/// A consortium with a formulary keeper, the shipped dictionaries and four products.
struct FormularyFixture: Sendable {
    let database: TestDatabase
    let keeper: Principal
    /// Amoxicillin, metformin, ginseng, morphine: `T0001` … `T0004`.
    let products: [ProductID]

    var consortium: ConsortiumID { keeper.consortium }
    var today: CalendarDate { Instant.ofTests.businessDay }

    static let productsHeader = CatalogKind.products.columns.joined(separator: ",")
    static let articlesHeader = CatalogKind.articles.columns.joined(separator: ",")

    /// A file of products that differ from amoxicillin capsules in what is named.
    static func productRow(
        _ code: String, kind: String = "western", name: String, english: String = "", form: String = "capsule",
        strength: String = "0.25g", unit: String = "capsule", drugClass: String = "", reimbursement: String = "A",
        essential: String = "yes", long: String = "no", control: String = "none", pinyin: String = ""
    ) -> String {
        [
            code, kind, name, english, form, strength, unit, drugClass, reimbursement, essential, "no", long, control, "room",
            "no", "", pinyin,
        ].joined(separator: ",")
    }

    static let products = [
        productRow("T0001", name: "阿莫西林胶囊", english: "amoxicillin", drugClass: "XJ01CA"),
        productRow(
            "T0002", name: "盐酸二甲双胍片", english: "metformin", form: "tablet", unit: "tablet", essential: "yes", long: "yes"),
        productRow(
            "T0003", kind: "herbal", name: "人参片", form: "herbal_piece", strength: "饮片", unit: "g", reimbursement: "B"),
        productRow(
            "T0004", name: "盐酸吗啡注射液", english: "morphine", form: "injection", unit: "ampoule", essential: "no",
            control: "narcotic"),
    ]

    func within<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.application.write(as: keeper.tenant, body)
    }

    @discardableResult
    func imported(_ csv: String, acceptingTheRest: Bool = false) async throws -> ImportReport {
        try await within { [keeper] transaction in
            try ImportCatalog(csv: Array(csv.utf8), acceptingTheRest: acceptingTheRest)
                .run(in: transaction, by: keeper, at: .ofTests)
        }
    }

    func count(_ sql: SQL) async throws -> Int {
        try await database.owner.read { try $0.first(sql) { try $0["count"] as Int } ?? 0 }
    }

    /// A draft with entries for `products`.
    func drafted(_ entries: [FormularyEntry], at now: Instant = .ofTests) async throws -> FormularyVersion {
        try await within { [keeper] transaction in
            let draft = try DraftFormulary(id: FormularyVersionID(UUID()), note: "").run(
                in: transaction, by: keeper, at: now)
            guard !entries.isEmpty else { return draft }
            return try PutFormularyEntries(version: draft.id, entries: entries).run(in: transaction, by: keeper, at: now)
        }
    }

    @discardableResult
    func published(_ version: FormularyVersionID, from day: CalendarDate, at now: Instant = .ofTests) async throws
        -> FormularyVersion
    {
        try await within { [keeper] transaction in
            try PublishFormulary(version: version, validFrom: day).run(in: transaction, by: keeper, at: now)
        }
    }
}

/// Lends `body` a consortium with the shipped dictionaries and the fixture's products, or without them.
func withFormulary(
    isEmpty: Bool = false, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (FormularyFixture) async throws -> Void
) async throws {
    try await withTestDatabase(sourceLocation: sourceLocation) { database in
        let keeper = try await aKeeper(of: "hangjin", in: database)
        let fixture = FormularyFixture(database: database, keeper: keeper, products: [])
        for name in ["units", "dosage-forms"] { try await fixture.imported(try shippedCatalog("\(name)/\(name).csv")) }
        if isEmpty { return try await body(fixture) }
        try await fixture.imported(
            ([FormularyFixture.productsHeader] + FormularyFixture.products).joined(separator: "\n"))
        let products = try await database.owner.read { transaction in
            try transaction.query("SELECT product_id FROM formulary.product ORDER BY code") {
                try $0["product_id"] as ProductID
            }
        }
        try await body(FormularyFixture(database: database, keeper: keeper, products: products))
    }
}

/// A consortium with one hospital and its formulary keeper.
func aKeeper(of code: String, in database: TestDatabase) async throws -> Principal {
    try await database.owner.write { transaction in
        let parties = PartiesStore(transaction)
        let consortium = try #require(try parties.addConsortium(code: code, name: "县域医共体", shape: .countyCommunity))
        let facility = try parties.addFacility(
            to: consortium, code: "H1", name: "县医院", level: .county, role: .lead, servesAs: "county_hospital")
        let person = try People(transaction).add(
            to: consortium, code: "yao", name: "药师", facility: facility, company: nil, roles: [.formularyKeeper])
        return Principal(
            consortium: consortium, person: try #require(person), name: "药师", facility: facility, company: nil,
            roles: [.formularyKeeper])
    }
}

/// The text of a file of `Catalogs`.
func shippedCatalog(_ path: String) throws -> String {
    try String(contentsOfFile: "\(repositoryRoot)/Catalogs/\(path)", encoding: .utf8)
}

/// Runs `body` and answers the formulary's refusal; records an issue when there is none.
func formularyRefusal(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> some Any
) async -> FormularyRefusal? {
    do {
        _ = try await body()
        Issue.record("nothing was refused", sourceLocation: sourceLocation)
        return nil
    } catch let refusal as FormularyRefusal {
        return refusal
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
        return nil
    }
}
