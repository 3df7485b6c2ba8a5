import Foundation
import Primitives
import TestSupport

@testable import Prices

/// The day of the tests, 2026-11-21, and days around it.
func day(_ number: Int) -> CalendarDate { Instant.ofTests.businessDay.adding(days: number) }

func yuan(_ text: String) -> Money { Money(yuan: text) ?? .zero }

/// A price of article 1 for a pack of 10, on days counted from the day of the tests.
func price(
    _ kind: PriceKind, _ amount: String, from first: Int = 0, through last: Int? = nil, id: Int64 = 1, company: Int64? = nil,
    tender: UUID? = nil, package: Int? = nil, packSize: Int64 = 10, isSuperseded: Bool = false
) -> Price {
    Price(
        id: PriceID(id), kind: kind, article: ArticleID(1), packPrice: yuan(amount), packSize: BaseUnits(packSize),
        validFrom: day(first), validThrough: last.map(day), source: "文件", platform: kind.isPublished ? "330000" : nil,
        company: company.map { CompanyID($0) }, tender: tender, package: package, recordedAt: .ofTests,
        supersededAt: isSuperseded ? .ofTests : nil, supersededReason: isSuperseded ? "succession" : "")
}
