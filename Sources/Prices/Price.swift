public import Foundation
import Postgres
public import Primitives

public typealias PriceID = Identifier<Price>

/// A price per pack on record. Its amount and its days never change: what follows or corrects it is another record, and
/// this one says since when it no longer counts.
public struct Price: Sendable, Hashable, Codable {
    /// Unique among the published prices, and among the agreed ones of a consortium.
    public let id: PriceID
    public let kind: PriceKind
    public let article: ArticleID
    public let packPrice: Money
    /// Base units in the pack that the price is for, as the article had it when the price was recorded.
    public let packSize: BaseUnits
    public let validFrom: CalendarDate
    /// The last valid day; `nil` until another price follows.
    public let validThrough: CalendarDate?
    /// The document it is taken from: a notice of the platform, a contract, a tender.
    public let source: String
    /// The platform that publishes it, by its division code; `nil` for agreed prices.
    public let platform: String?
    /// The supplier who is bound; `nil` for published prices.
    public let company: CompanyID?
    /// The tender that awarded it, and the package of the tender.
    public let tender: UUID?
    public let package: Int?
    public let recordedAt: Instant
    /// Since when it no longer counts; `nil` while it does.
    public let supersededAt: Instant?
    /// `succession` when another price followed, otherwise why it was corrected or ended; empty while it counts.
    public let supersededReason: String

    public var validity: Validity { Validity(from: validFrom, through: validThrough) }

    /// Whether it counts and holds on `day`.
    public func holds(on day: CalendarDate) -> Bool { supersededAt == nil && validity.contains(day) }

    /// Whether a pack of `size` base units at `price` costs more per base unit than this price, by multiplying out.
    public func isExceeded(by price: Money, per size: BaseUnits) -> Bool {
        Int128(price.tenThousandths) * Int128(packSize.rawValue) > Int128(packPrice.tenThousandths) * Int128(size.rawValue)
    }
}

/// What a price says, whoever says it.
struct PriceTerms: Hashable, Sendable {
    let packPrice: Money
    /// Base units in the pack that the price is for.
    let packSize: BaseUnits
    let validity: Validity
    let source: String

    /// The same price on other days.
    func during(_ validity: Validity) -> PriceTerms {
        PriceTerms(packPrice: packPrice, packSize: packSize, validity: validity, source: source)
    }
}

extension Price {
    init(_ row: Row) throws {
        self.init(
            id: try row["price_id"], kind: try row["kind"], article: try row["article_id"], packPrice: try row["pack_price"],
            packSize: try row["pack_size"], validFrom: try row["valid_from"], validThrough: try row["valid_through"],
            source: try row["source"], platform: try row["platform"], company: try row["company_id"],
            tender: try row["tender_id"], package: try row["package_number"], recordedAt: try row["recorded_at"],
            supersededAt: try row["superseded_at"], supersededReason: try row["superseded_reason"])
    }

    var terms: PriceTerms { PriceTerms(packPrice: packPrice, packSize: packSize, validity: validity, source: source) }

    /// For people: `listed price 12.50 for 28, 2026-01-01…2026-12-31 (浙药采〔2026〕3号)`.
    public var sentence: String { "\(kind.rawValue) price \(packPrice) for \(packSize), \(validity) (\(source))" }
}
