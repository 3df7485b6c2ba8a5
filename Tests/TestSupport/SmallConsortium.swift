import Formulary
import Identity
import Parties
public import Postgres
public import Primitives

/// A consortium of one county hospital and two township health centres, with a person for every role and a handful of
/// medicines, for tests that need somebody to act on something.
public struct SmallConsortium: Sendable {
    public let id: ConsortiumID
    public let hospital: FacilityID
    public let townships: [FacilityID]
    public let centralStore: StoreID
    /// The pharmacies of the two townships.
    public let pharmacies: [StoreID]
    public let supplier: CompanyID
    /// Works at the hospital and has every role of the consortium's own people.
    public let officer: Principal
    /// Storekeepers and dispensers of the two townships.
    public let storekeepers: [Principal]
    /// Acts for ``supplier``.
    public let seller: Principal
    /// Tablets in packs of 28, tablets in packs of 30, ampoules in packs of 5, a narcotic in packs of 10.
    public let products: [ProductID]
    /// One article of each of ``products``, in the same order.
    public let articles: [ArticleID]
    public let packSizes: [BaseUnits] = [28, 30, 5, 10]

    public static func make(in database: TestDatabase, code: String = "small") async throws -> SmallConsortium {
        try await make(in: database.owner, code: code)
    }

    public static func make(in owner: Database, code: String = "small") async throws -> SmallConsortium {
        try await owner.write { transaction in
            let consortium = try Builder(transaction, code: code).build()
            try RefreshSearch().run(in: transaction)
            return consortium
        }
    }
}

private struct Missing: Error {}

private struct Builder {
    let transaction: Transaction
    let code: String
    let parties: PartiesStore

    init(_ transaction: Transaction, code: String) {
        self.transaction = transaction
        self.code = code
        parties = PartiesStore(transaction)
    }

    func build() throws -> SmallConsortium {
        let id = try made(parties.addConsortium(code: code, name: "试验医共体 \(code)", shape: .countyCommunity))
        let hospital = try made(
            parties.addFacility(
                to: id, code: "F0", name: "县人民医院", level: .county, role: .lead, servesAs: "general hospital"))
        let townships = try ["一镇卫生院", "二镇卫生院"].enumerated().map { number, name in
            try made(
                parties.addFacility(
                    to: id, code: "F\(number + 1)", name: name, level: .township, role: .member,
                    servesAs: "township health centre"))
        }
        let central = try made(parties.addStore(to: id, facility: hospital, code: "S0", name: "中心药库", kind: .central))
        let pharmacies = try townships.enumerated().map { number, facility in
            try made(parties.addStore(to: id, facility: facility, code: "S\(number + 1)", name: "\(number + 1)号药房", kind: .pharmacy))
        }
        let supplier = try made(
            parties.addCompany(name: "试验医药公司 \(code)", creditCode: nil, isManufacturer: true, isSupplier: true))
        for kind in [LicenceKind.drugDistribution, .deviceDistribution] {
            try parties.addLicence(
                Licence(
                    company: supplier, kind: kind, number: "\(kind.rawValue)-\(code)",
                    validFrom: CalendarDate(day: 18_000), validThrough: CalendarDate(day: 30_000)))
        }
        // What a test does not say is not required: signatures and qualified reviewers have tests of their own.
        try transaction.execute(
            """
            INSERT INTO dispensing.consortium_practice
                   (consortium_id, qualified_reviewers, rounds_up_to_packs, hold_minutes, holds_max, declared_at)
            VALUES (\(id), false, false, 10, 1, \(Instant.ofTests))
            """)
        let officer = try person(id, "officer", hospital, nil, Role.allCases.filter { $0 != .supplier })
        let storekeepers = try townships.enumerated().map { number, facility in
            try person(id, "keeper\(number + 1)", facility, nil, [.storekeeper, .dispenser])
        }
        let seller = try person(id, "seller", nil, supplier, [.supplier])
        let products = try [
            ("阿莫西林胶囊", "capsule", "0.25g", "none"), ("苯磺酸氨氯地平片", "tablet", "5mg", "none"),
            ("盐酸肾上腺素注射液", "injection", "1ml:1mg", "none"), ("盐酸吗啡片", "tablet", "10mg", "narcotic"),
        ].enumerated().map { number, product in
            try self.product(number, name: product.0, form: product.1, strength: product.2, control: product.3)
        }
        let articles = try zip(products, [28, 30, 5, 10]).map { product, size in
            try article(of: product, packSize: Int64(size), maker: supplier)
        }
        return SmallConsortium(
            id: id, hospital: hospital, townships: townships, centralStore: central, pharmacies: pharmacies,
            supplier: supplier, officer: officer, storekeepers: storekeepers, seller: seller, products: products,
            articles: articles)
    }

    private func person(
        _ consortium: ConsortiumID, _ code: String, _ facility: FacilityID?, _ company: CompanyID?, _ roles: [Role]
    ) throws -> Principal {
        let people = People(transaction)
        _ = try people.add(to: consortium, code: code, name: code, facility: facility, company: company, roles: roles)
        guard let person = try people.person(code: code, of: consortium) else { throw Missing() }
        return person.principal(in: consortium)
    }

    private func product(_ number: Int, name: String, form: String, strength: String, control: String) throws -> ProductID {
        try made(
            transaction.first(
                """
                INSERT INTO formulary.product
                       (code, kind, generic_name, dosage_form, strength, base_unit, reimbursement, essential, volume_based,
                        long_prescription, special_control, storage, light_protected, pinyin, pinyin_initials)
                VALUES (\("T-\(code)-\(number)"), 'western', \(code == "small" ? name : "\(name) \(code)"), \(form), \(strength),
                        'tablet', 'A', true, false, \(control == "none"), \(control), 'room', false, '', '')
                RETURNING product_id
                """
            ) { try $0["product_id"] as ProductID })
    }

    private func article(of product: ProductID, packSize: Int64, maker: CompanyID) throws -> ArticleID {
        try made(
            transaction.first(
                """
                INSERT INTO formulary.article (product_id, manufacturer_id, pack_size, pack_unit, pack_text, reference_price)
                VALUES (\(product), \(maker), \(packSize), '盒', \("\(packSize)/盒"), 125000)
                RETURNING article_id
                """
            ) { try $0["article_id"] as ArticleID })
    }

    private func made<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw Missing() }
        return value
    }
}
