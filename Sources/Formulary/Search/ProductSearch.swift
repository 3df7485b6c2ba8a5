public import Parties
public import Primitives

/// What somebody looks for among the products.
///
/// The text may be a Chinese name or a part of one, a trade name, a manufacturer, an English name, a reading with or
/// without blanks (`amoxilin`), its initials (`amxl`), or the beginning of a product, insurance, national drug, trade
/// item or approval code. Empty text finds everything.
public struct ProductSearch: Sendable, Hashable {
    public var text: String
    public var kind: ProductKind?
    public var essentialOnly: Bool

    /// The longest text that is looked for, in characters.
    public static let textMax = 100

    /// - Throws: ``FormularyRefusal`` when the text is too long.
    public init(text: String = "", kind: ProductKind? = nil, essentialOnly: Bool = false) throws(FormularyRefusal) {
        guard text.count <= Self.textMax else {
            throw FormularyRefusal(.textTooLong, "\(text.count) characters, at most \(Self.textMax)", field: "text")
        }
        self.text = text
        self.kind = kind
        self.essentialOnly = essentialOnly
    }

    /// Where a list of found products continues: after this one. Lists are ordered by match, then length of the name,
    /// then product number.
    public struct Position: Sendable, Hashable {
        public let match: SearchMatch
        public let nameLength: Int
        public let product: ProductID

        public init(match: SearchMatch, nameLength: Int, product: ProductID) {
            self.match = match
            self.nameLength = nameLength
            self.product = product
        }
    }
}

/// How well a product matches, best first.
public enum SearchMatch: String, Sendable, Codable, CaseIterable, Comparable {
    /// A name, a reading or a code is the text.
    case whole
    /// One begins with the text.
    case beginning
    /// One contains it.
    case part
    /// Nothing was looked for.
    case any

    var rank: Int {
        switch self {
        case .whole: 0
        case .beginning: 1
        case .part: 2
        case .any: 3
        }
    }

    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

/// How a found product stands in the consortium's formulary.
public struct FormularyStanding: Sendable, Hashable, Codable {
    /// Where it is permitted; empty when it is not in the formulary.
    public let levels: [FacilityLevel]
    /// Whether the asking facility may order and prescribe it; `nil` when nobody asked for a level.
    public let isPermitted: Bool?
    public let restriction: String
    public let daysMax: Int?

    /// How a product stands that the formulary says `entry` about, `nil` when it says nothing.
    public init(_ entry: FormularyEntry?, asking level: FacilityLevel?) {
        levels = entry?.levels ?? []
        isPermitted = level.map { entry?.permits(at: $0) ?? false }
        restriction = entry?.restriction ?? ""
        daysMax = entry?.daysMax
    }
}

/// One product that was found.
public struct ProductHit: Sendable, Hashable, Codable {
    public let product: Product
    public let match: SearchMatch
    /// `nil` when no formulary is in force.
    public let standing: FormularyStanding?

    public var position: ProductSearch.Position {
        ProductSearch.Position(match: match, nameLength: product.genericName.unicodeScalars.count, product: product.id)
    }
}
