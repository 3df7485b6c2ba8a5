import Postgres
public import Primitives
public import Tendering

/// What was agreed with a supplier of an article in a tender, and how far it is fulfilled. It moves by what platforms have taken in as
/// accepted, not by what was ordered or received here alone. Source: R-VB-03; fulfilment counted on receipts.
///
/// Units: base units.
public struct AgreedQuantity: Sendable, Hashable, Codable {
    public let tender: TenderID
    /// The packages of the tender in which it was awarded.
    public let packages: [Int64]
    public let company: CompanyID
    public let companyName: String
    public let article: ArticleID
    public let agreed: BaseUnits
    /// Ordered and not cancelled.
    public let ordered: BaseUnits
    /// Accepted by receipts that a platform has taken in, less what suppliers have taken back there.
    public let accepted: BaseUnits
    /// Agreed and not accepted; zero when it is fulfilled.
    public let outstanding: BaseUnits

    init(_ row: Row) throws {
        tender = try row["tender_id"]
        packages = try row["packages"]
        company = try row["company_id"]
        companyName = try row["company_name"]
        article = try row["article_id"]
        agreed = try row["agreed"]
        ordered = try row["ordered"]
        accepted = try row["accepted"]
        outstanding = max(.zero, agreed - accepted)
    }
}
