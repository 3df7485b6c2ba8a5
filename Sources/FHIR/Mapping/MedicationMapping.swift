public import Formulary
public import Primitives
import StockLedger

/// What a Medication resource stands for, and the id it has: a product whoever makes it, or one manufacturer's pack of it.
public enum MedicationKey: Hashable, Sendable, CustomStringConvertible {
    case product(ProductID)
    case article(ArticleID)

    /// Reads `product-12` and `article-34`.
    public init?(_ id: String) {
        let parts = id.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Int64(parts[1]), number > 0, String(number) == parts[1] else { return nil }
        switch parts[0] {
        case "product": self = .product(ProductID(number))
        case "article": self = .article(ArticleID(number))
        default: return nil
        }
    }

    public var description: String {
        switch self {
        case .product(let id): "product-\(id)"
        case .article(let id): "article-\(id)"
        }
    }
}

extension R4.Medication {
    /// A product: what is prescribed (R-RX-09 asks for generic names).
    public init(_ product: Product, words: WordsOfCodes, systems: CodeSystems = .standard) {
        self.init()
        id = MedicationKey.product(product.id).description
        code = R4.CodeableConcept([R4.Coding(systems.product, product.code, product.label)], text: product.label)
        status = .active
        describe(product, words, systems)
    }

    /// One manufacturer's pack: what is handed out.
    ///
    /// - Parameters:
    ///   - maker: the manufacturer's name.
    ///   - isWithdrawn: whether no catalogue names it any more.
    public init(
        _ article: Article, of product: Product, maker: String?, isWithdrawn: Bool, words: WordsOfCodes,
        systems: CodeSystems = .standard
    ) {
        self.init()
        id = MedicationKey.article(article.id).description
        let codes: [(system: String, code: String?)] = [
            (systems.insuranceDrug, article.insuranceCode), (systems.nationalDrug, article.baseCode),
            (systems.approvalNumber, article.approvalNumber), (systems.gtin, article.gtin),
        ]
        let own = R4.Coding(systems.product, product.code, product.label)
        code = R4.CodeableConcept(
            [own] + codes.compactMap { system, code in code.map { R4.Coding(system, $0) } },
            text: article.tradeName.isEmpty ? product.label : "\(product.label)（\(article.tradeName)）")
        status = isWithdrawn ? .inactive : .active
        if let maker { manufacturer = R4.Reference(nil, type: "Organization", display: maker) }
        describe(product, words, systems)
        var pack = R4.Ratio()
        pack.numerator = R4.Quantity(article.packSize, of: product, words: words, systems: systems)
        pack.denominator = R4.Quantity(1, unit: article.packUnit, system: nil, code: nil)
        amount = pack
    }

    private mutating func describe(_ product: Product, _ words: WordsOfCodes, _ systems: CodeSystems) {
        if product.specialControl != .none {
            self.extension.append(
                R4.Extension(systems.extensionURL(.specialControl), code: product.specialControl.rawValue))
        }
        form = R4.CodeableConcept(
            [R4.Coding(systems.dosageForm, product.dosageForm, words.form(product.dosageForm))])
        var substance = Ingredient()
        substance.itemCodeableConcept = R4.CodeableConcept(text: product.genericName)
        substance.isActive = true
        if !product.strength.isEmpty {
            var strength = R4.Ratio()
            strength.extension = [R4.Extension(systems.extensionURL(.strengthText), string: product.strength)]
            substance.strength = strength
        }
        ingredient = [substance]
    }
}

extension R4.Quantity {
    /// Base units of a product: a whole number of tablets, ampoules, grams.
    public init(_ quantity: BaseUnits, of product: Product, words: WordsOfCodes, systems: CodeSystems = .standard) {
        self.init(
            R4.Number(whole: quantity.rawValue), unit: words.unit(product.baseUnit), system: systems.unit,
            code: product.baseUnit)
    }
}

extension R4.Reference {
    /// A product, by id, with its label.
    public init(_ product: Product) {
        self.init("Medication/\(MedicationKey.product(product.id))", type: "Medication", display: product.label)
    }
}
