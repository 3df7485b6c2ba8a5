import Formulary
import Identity
import Parties
import Postgres
import Primitives

/// The operations of products, dictionaries and the consortium's formulary.
public enum FormularyRoutes {
    public static let endpoints: [Endpoint] = products + versions + changes + imports + editions

    static let tag = Phrase("用药目录", "Formulary")
    static let keepers: Set<Role> = [.formularyKeeper]

    static func codes(_ codes: FormularyRefusalCode...) -> [any RefusalCode] { codes }

    // MARK: - Searching

    static let searching: [QueryParameter] = [
        .text("text", Phrase("名称、拼音、简拼或编码", "A name, a reading, its initials, or the beginning of a code")),
        .choice("kind", ProductKind.self, Phrase("种类", "Only of this kind")),
        .flag("essentialOnly", Phrase("只看基本药物", "Only essential medicines")),
    ]

    static func search(_ call: Call<NoBody>) throws(FormularyRefusal) -> ProductSearch {
        try ProductSearch(
            text: call.query("text") ?? "", kind: call.query(choice: "kind"),
            essentialOnly: call.query(flag: "essentialOnly"))
    }

    /// The level that is asked for, else that of the caller's facility.
    private static func level(_ call: Call<NoBody>, _ transaction: Transaction) throws -> FacilityLevel? {
        if let level = call.query(choice: "level", FacilityLevel.self) { return level }
        return try call.principal.facility.map {
            try PartiesStore(transaction).facility($0, of: call.principal.consortium).level
        }
    }

    private static let askingLevel = QueryParameter.choice(
        "level", FacilityLevel.self,
        Phrase("机构层级，默认本机构", "The level that asks, that of the caller's facility unless told"))

    // MARK: - Products

    private static let products: [Endpoint] = [
        .reading(
            "formulary.search", "/products", tag: tag,
            summary: Phrase("查找品种（含是否可用）", "Finds products, each with its standing in the formulary in force"),
            query: searching + [
                askingLevel, .flag("permittedOnly", Phrase("只看可用品种", "Only what the formulary permits at the level")),
            ] + .paging,
            refusals: codes(.textTooLong), answer: PageOf<ProductHit>.self
        ) { call, transaction in
            let page = try call.page()
            let hits = try ProductSearchStore(transaction).hits(
                try search(call), of: call.principal.consortium, level: try level(call, transaction), on: call.today,
                permittedOnly: call.query(flag: "permittedOnly"), after: try .after(page), limit: page.limit + 1)
            return PageOf(hits, of: page) { $0.position.keys }
        },
        .reading(
            "formulary.product", "/products/{productID:number}", tag: tag,
            summary: Phrase("品种及其包装规格", "A product with its articles"), query: [askingLevel],
            refusals: codes(.productUnknown), answer: ProductView.self
        ) { call, transaction in
            let product = try ProductsStore(transaction).product(try call.number("productID"))
            return ProductView(
                product: product, articles: try articles(of: product.id, transaction),
                standing: try standing(of: product.id, at: try level(call, transaction), call, transaction))
        },
        .reading(
            "formulary.article", "/articles/{articleID:number}", tag: tag,
            summary: Phrase("包装规格", "An article and who makes it"),
            refusals: codes(.articleUnknown), answer: ArticleView.self
        ) { call, transaction in
            try view(of: try ProductsStore(transaction).article(try call.number("articleID")), PartiesStore(transaction))
        },
        .reading(
            "formulary.dictionaries", "/dictionaries", tag: tag,
            summary: Phrase("字典：单位、剂型、频次、途径、机构类型", "Units, dosage forms, order frequencies, routes and types of facility"),
            answer: DictionariesView.self
        ) { _, transaction in
            let dictionaries = DictionariesStore(transaction)
            return DictionariesView(
                units: try dictionaries.units(), dosageForms: try dictionaries.dosageForms(),
                orderFrequencies: try dictionaries.orderFrequencies(), routes: try dictionaries.routes(),
                facilityTypes: try dictionaries.facilityTypes())
        },
    ]

    private static func articles(of product: ProductID, _ transaction: Transaction) throws -> [ArticleView] {
        let parties = PartiesStore(transaction)
        return try ProductsStore(transaction).articles(of: product).map { try view(of: $0, parties) }
    }

    private static func view(of article: Article, _ parties: PartiesStore) throws -> ArticleView {
        ArticleView(article: article, manufacturer: try article.manufacturer.map { try parties.company($0).name })
    }

    private static func standing(
        of product: ProductID, at level: FacilityLevel?, _ call: Call<NoBody>, _ transaction: Transaction
    ) throws -> FormularyStanding? {
        let formulary = FormularyInForce(transaction)
        guard try formulary.version(of: call.principal.consortium, on: call.today) != nil else { return nil }
        let entry = try formulary.entries(of: [product], consortium: call.principal.consortium, on: call.today)[product]
        return FormularyStanding(entry, asking: level)
    }

    // MARK: - Imports

    private static let imports: [Endpoint] = [
        .command(
            "formulary.import", "/catalogue-imports", tag: tag,
            summary: Phrase(
                "导入目录文件（先整体检查）", "Imports a catalogue file: checked whole, changing nothing unless sound or accepted"),
            roles: keepers,
            refusals: ofFiles,
            body: CatalogImportBody.self, answer: ImportReport.self
        ) { call, transaction in
            try ImportCatalog(
                .bytes(Array(call.body.csv.utf8)), encoding: .utf8, fillingDown: Set(call.body.fillDown ?? []),
                acceptingTheRest: call.body.acceptTheRest ?? false
            ).run(in: transaction, by: call.principal, at: call.now)
        }
    ]

    /// How a catalogue file is refused as a whole.
    static let ofFiles = codes(
        .catalogNotUTF8, .catalogTooLarge, .catalogRowTooLong, .catalogSpreadsheet, .catalogQuoteOpen, .catalogQuoteMisplaced,
        .catalogEmpty, .catalogKindUnknown, .catalogColumnsMissing, .catalogColumnsUnknown, .catalogColumnsRepeated)
}
