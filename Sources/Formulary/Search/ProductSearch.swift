public import Parties
public import Primitives

/// What somebody looks for among the products.
///
/// The text may be a Chinese name or a part of one, a trade name, a manufacturer, an English name, a reading with or
/// without blanks (`amoxilin`), its initials (`amxl`), the beginning of a product, insurance, national drug, trade item or
/// approval code, or several of these with blanks between them (`amxl 华北`). Full-width forms, capitals and traditional
/// characters do not matter. Only when nothing has the text as it stands, what sounds like it is found; and when there is
/// no such name either, what it may be a misspelling of (``SearchMatch``). Empty text finds everything.
public struct ProductSearch: Sendable, Hashable {
    public var text: String
    public var kind: ProductKind?
    public var essentialOnly: Bool

    /// The longest text that is looked for, in characters of Unicode.
    public static let textMax = 100

    /// - Throws: ``FormularyRefusal`` when the text is too long.
    public init(text: String = "", kind: ProductKind? = nil, essentialOnly: Bool = false) throws(FormularyRefusal) {
        let length = text.unicodeScalars.count
        guard length <= Self.textMax else {
            throw FormularyRefusal(.textTooLong, "\(length) characters, at most \(Self.textMax)", field: "text")
        }
        self.text = text
        self.kind = kind
        self.essentialOnly = essentialOnly
    }

    /// Where a list of found products continues: after this one. Lists are ordered by match and distance; of equal ones
    /// those of the formulary come first; then by length of the name and product number.
    public struct Position: Sendable, Hashable {
        public let match: SearchMatch
        /// Among products of the same match: 0 is nearest.
        public let distance: Int
        /// Whether the formulary has it at any level.
        public let isListed: Bool
        public let nameLength: Int
        public let product: ProductID

        public init(match: SearchMatch, distance: Int, isListed: Bool, nameLength: Int, product: ProductID) {
            self.match = match
            self.distance = distance
            self.isListed = isListed
            self.nameLength = nameLength
            self.product = product
        }
    }
}

/// How well a product matches, best first. A product that matches in several ways is listed once, as the best.
public enum SearchMatch: String, Sendable, Codable, CaseIterable, Comparable {
    /// A name, a reading, its initials or a code is the text.
    case whole
    /// One begins with the text.
    case beginning
    /// One contains it.
    case part
    /// A manufacturer's name contains it.
    case maker
    /// Each of its words stands in a name of the product or in its manufacturer's.
    case words
    /// A name or manufacturer is read like the text; only when nothing matches better.
    case sound
    /// A name or manufacturer differs from the text by a slip or two; only when nothing matches better.
    case similar
    /// Nothing was looked for.
    case any

    var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }

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
    /// Among products of the same match: 0 is nearest.
    public let distance: Int
    /// `nil` when no formulary is in force.
    public let standing: FormularyStanding?

    public var position: ProductSearch.Position {
        ProductSearch.Position(
            match: match, distance: distance, isListed: standing?.levels.isEmpty == false,
            nameLength: product.genericName.unicodeScalars.count, product: product.id)
    }
}
