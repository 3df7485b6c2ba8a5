import Postgres
public import Primitives

/// Who wins a package and how much: the lowest offers, either until the quantity is met or by shares of it.
public struct AwardRule: Sendable, Hashable, Codable {
    /// At most so many offers win; `nil` when as many may win as it takes.
    public let winnersMax: Int?
    /// Shares of the quantity per mille, best offer first; empty when the lowest offers serve as much as they offered.
    public let sharesPerMille: [Int]

    public init(winnersMax: Int? = nil, sharesPerMille: [Int] = []) {
        self.winnersMax = winnersMax
        self.sharesPerMille = sharesPerMille
    }

    /// Lowest offer first, each with what it offered, until the quantity is met.
    public static let lowest = AwardRule()

    /// The `count` lowest offers, each with an equal share; what does not divide goes to the best.
    public static func equalShares(_ count: Int) -> AwardRule {
        precondition((1...1_000).contains(count), "there are 1 to 1000 equal shares")
        let share = 1_000 / count
        return AwardRule(winnersMax: count, sharesPerMille: (0..<count).map { $0 < 1_000 % count ? share + 1 : share })
    }

    /// Whether somebody may win, and shares are positive, one for each winner, and the whole together.
    public var isSound: Bool {
        guard winnersMax.map({ (1...1_000).contains($0) }) ?? true else { return false }
        return sharesPerMille.isEmpty
            || (sharesPerMille.allSatisfy { (1...1_000).contains($0) } && sharesPerMille.count <= 1_000
                && sharesPerMille.reduce(0, +) == 1_000 && (winnersMax ?? sharesPerMille.count) == sharesPerMille.count)
    }
}

/// Another strength of a package's medicine that may be offered for it, under a ceiling of its own.
public struct PackageAlternative: Sendable, Hashable, Codable {
    public let product: ProductID
    public let ceiling: UnitPrice

    public init(product: ProductID, ceiling: UnitPrice) {
        self.product = product
        self.ceiling = ceiling
    }
}

/// What a package asks for.
public struct PackageTerms: Sendable, Hashable, Codable {
    public let product: ProductID
    /// Base units of the product; of an alternative, base units of that.
    public let quantity: BaseUnits
    /// The highest acceptable price.
    public let ceiling: UnitPrice
    public let rule: AwardRule
    public let alternatives: [PackageAlternative]

    public init(
        product: ProductID, quantity: BaseUnits, ceiling: UnitPrice, rule: AwardRule = .lowest,
        alternatives: [PackageAlternative] = []
    ) {
        self.product = product
        self.quantity = quantity
        self.ceiling = ceiling
        self.rule = rule
        self.alternatives = alternatives
    }

    /// The ceiling for a product; `nil` when it may not be offered for the package.
    public func ceiling(for product: ProductID) -> UnitPrice? {
        product == self.product ? ceiling : alternatives.first { $0.product == product }?.ceiling
    }
}

/// One package (包) of a tender.
public struct TenderPackage: Sendable, Hashable, Codable {
    /// 1, 2, … within the tender.
    public let number: Int
    public let terms: PackageTerms

    public init(number: Int, terms: PackageTerms) {
        self.number = number
        self.terms = terms
    }
}

extension TenderPackage {
    init(_ row: Row, alternatives: [Int: [PackageAlternative]]) throws {
        let number: Int = try row["package_number"]
        self.init(
            number: number,
            terms: PackageTerms(
                product: try row["product_id"], quantity: try row["quantity"],
                ceiling: UnitPrice(try row["ceiling_price"], per: try row["ceiling_units"]),
                rule: AwardRule(winnersMax: try row["winners_max"], sharesPerMille: try row["shares"]),
                alternatives: alternatives[number] ?? []))
    }
}
