import Primitives
import Tendering

/// A new tender. The caller may choose its id.
struct TenderBody: Codable, Sendable {
    let tender: TenderID?
    let title: String
    let bidsCloseAt: Instant
    let opensAt: Instant
    let packages: [PackageTerms]
}

struct PackagesBody: Codable, Sendable {
    let packages: [PackageTerms]
}

struct InvitationsBody: Codable, Sendable {
    let companies: [CompanyID]
}

/// An offer of one article for one package. The caller may choose its id.
struct BidBody: Codable, Sendable {
    let bid: BidID?
    let package: Int
    let article: ArticleID
    /// Yuan per pack.
    let packPrice: Money
    /// Base units that can be delivered.
    let offeredQuantity: BaseUnits
}

/// The packages that are awarded otherwise than evaluated.
struct AwardsBody: Codable, Sendable {
    let deviations: [AwardDeviation]
    /// The last day on which the awarded prices hold; without it they hold until they are ended.
    let validThrough: CalendarDate?
}

