import Postgres
public import Primitives

public typealias BidID = DocumentID<Bid>

/// A supplier's offer of one article for one package.
public struct Bid: Sendable, Hashable, Codable {
    public let id: BidID
    public let tender: TenderID
    public let package: Int
    public let company: CompanyID
    public let article: ArticleID
    public let product: ProductID
    public let packPrice: Money
    /// Base units in one pack, as the article had it when the bid was made.
    public let packSize: BaseUnits
    /// Base units the supplier can deliver.
    public let offeredQuantity: BaseUnits
    public let submittedAt: Instant
    public let state: BidState
    /// Why it is out, or why it did not win; `nil` while neither is known.
    public let reason: Reason?

    public var unitPrice: UnitPrice { UnitPrice(packPrice, per: packSize) }
}

/// A part of a package given to one bid.
public struct Award: Sendable, Hashable, Codable {
    public let package: Int
    /// 1, 2, … within the package, best offer first.
    public let number: Int
    public let bid: BidID
    public let company: CompanyID
    public let article: ArticleID
    /// Base units.
    public let quantity: BaseUnits
    public let packPrice: Money
    public let packSize: BaseUnits
    /// Whether it was decided otherwise than evaluated.
    public let isDeviation: Bool
    public let reason: Reason
}

extension Bid {
    static let columns: SQL = """
        bid_id, tender_id, package_number, company_id, article_id, product_id, pack_price, pack_size, offered_quantity,
        submitted_at, state, reason_chinese, reason_english
        """

    init(_ row: Row) throws {
        let reason = Reason(try row["reason_chinese"], try row["reason_english"])
        self.init(
            id: try row["bid_id"], tender: try row["tender_id"], package: try row["package_number"],
            company: try row["company_id"], article: try row["article_id"], product: try row["product_id"],
            packPrice: try row["pack_price"], packSize: try row["pack_size"],
            offeredQuantity: try row["offered_quantity"], submittedAt: try row["submitted_at"],
            state: try row["state"], reason: reason.english.isEmpty ? nil : reason)
    }
}

extension Award {
    init(_ row: Row) throws {
        self.init(
            package: try row["package_number"], number: try row["award_number"], bid: try row["bid_id"],
            company: try row["company_id"], article: try row["article_id"], quantity: try row["quantity"],
            packPrice: try row["pack_price"], packSize: try row["pack_size"], isDeviation: try row["is_deviation"],
            reason: Reason(try row["reason_chinese"], try row["reason_english"]))
    }
}
