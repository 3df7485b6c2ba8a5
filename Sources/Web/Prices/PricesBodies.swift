import Prices
import Primitives

struct PlatformBody: Codable, Sendable {
    /// The division code of the province.
    let platform: String
}

/// A platform's price list as text, for the platform on which the consortium buys.
struct PriceListBody: Codable, Sendable {
    let kind: PublishedKind
    /// The notice it is taken from.
    let source: String
    let csv: String
    /// Whether sound rows are recorded although others are not; no unless told.
    let acceptTheRest: Bool?
    /// Why what is on record was wrong.
    let correctionReason: String?
}

/// What a supplier and the consortium have agreed.
struct ContractPricesBody: Codable, Sendable {
    let company: CompanyID
    /// What people call the contract.
    let source: String
    let lines: [ContractPriceLine]
    /// Why what is on record was wrong.
    let correctionReason: String?
}

struct PriceEndingBody: Codable, Sendable {
    let kind: PriceKind
    let price: PriceID
    /// The last day on which it holds.
    let lastDay: CalendarDate
    let reason: String
}

/// A price that was ended.
struct PriceEnding: Codable, Sendable {
    let kind: PriceKind
    let price: PriceID
    let lastDay: CalendarDate
}

extension Price.Position {
    /// Where the page begins; `nil` for the first.
    ///
    /// - Throws: `http.bad-query` when the cursor belongs to another list.
    static func after(_ page: Page) throws(HTTPRefusal) -> Self? {
        guard let keys = try page.afterKeys(3) else { return nil }
        guard let recordedAt = Instant(keys[0]), let kind = PriceKind(rawValue: keys[1]), let id = Int64(keys[2]) else {
            throw Cursor.foreign
        }
        return Self(recordedAt: recordedAt, kind: kind, id: PriceID(id))
    }
}
