public import Postgres
public import Primitives

/// Every SQL statement about national products and articles.
public struct ProductsStore {
    private let transaction: Transaction

    static let productColumns: SQL = """
        product.product_id, product.code, product.kind, product.generic_name, product.english_name, product.dosage_form,
        product.strength, product.base_unit, product.drug_class, product.reimbursement, product.essential,
        product.volume_based, product.long_prescription, product.special_control, product.storage,
        product.light_protected, product.disease_groups
        """
    static let articleColumns: SQL = """
        article_id, product_id, manufacturer_id, insurance_code, trade_name, approval_number, base_code, gtin, pack_size,
        pack_unit, pack_text, reference_price, withdrawn_on
        """

    public init(_ transaction: Transaction) { self.transaction = transaction }

    /// - Throws: ``FormularyRefusal`` when there is no such product.
    public func product(_ id: ProductID) throws -> Product {
        guard let found = try products([id])[id] else { throw FormularyRefusal(.productUnknown, "product \(id)") }
        return found
    }

    /// The products among `ids` that exist.
    public func products(_ ids: [ProductID]) throws -> [ProductID: Product] {
        let found = try transaction.query(
            "SELECT \(Self.productColumns) FROM formulary.product WHERE product_id = ANY(\(ids))", Product.init)
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public func product(code: String) throws -> Product? {
        try transaction.first("SELECT \(Self.productColumns) FROM formulary.product WHERE code = \(code)", Product.init)
    }

    /// - Throws: ``FormularyRefusal`` when there is no such article.
    public func article(_ id: ArticleID) throws -> Article {
        guard let found = try articles([id])[id] else { throw FormularyRefusal(.articleUnknown, "article \(id)") }
        return found
    }

    /// The articles among `ids` that exist.
    public func articles(_ ids: [ArticleID]) throws -> [ArticleID: Article] {
        let found = try transaction.query(
            "SELECT \(Self.articleColumns) FROM formulary.article WHERE article_id = ANY(\(ids))", Article.init)
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The articles of one product that are not withdrawn, cheapest reference price per pack first.
    public func articles(of product: ProductID) throws -> [Article] {
        try transaction.query(
            """
            SELECT \(Self.articleColumns) FROM formulary.article
             WHERE product_id = \(product) AND withdrawn_on IS NULL
             ORDER BY reference_price NULLS LAST, article_id
            """, Article.init)
    }
}

extension Product {
    init(_ row: Row) throws {
        self.init(
            id: try row["product_id"], code: try row["code"], kind: try row["kind"], genericName: try row["generic_name"],
            englishName: try row["english_name"], dosageForm: try row["dosage_form"], strength: try row["strength"],
            baseUnit: try row["base_unit"], drugClass: try row["drug_class"], reimbursement: try row["reimbursement"],
            essential: try row["essential"], volumeBased: try row["volume_based"],
            longPrescription: try row["long_prescription"], specialControl: try row["special_control"],
            storage: try row["storage"], lightProtected: try row["light_protected"],
            diseaseGroups: try row["disease_groups"])
    }
}

extension Article {
    init(_ row: Row) throws {
        self.init(
            id: try row["article_id"], product: try row["product_id"], manufacturer: try row["manufacturer_id"],
            insuranceCode: try row["insurance_code"], tradeName: try row["trade_name"],
            approvalNumber: try row["approval_number"], baseCode: try row["base_code"], gtin: try row["gtin"],
            packSize: try row["pack_size"], packUnit: try row["pack_unit"], packText: try row["pack_text"],
            referencePrice: try row["reference_price"], withdrawnOn: try row["withdrawn_on"])
    }
}
