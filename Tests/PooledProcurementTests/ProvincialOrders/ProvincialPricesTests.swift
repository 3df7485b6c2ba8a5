import Foundation
import PooledProcurement
import Primitives
import TestSupport
import Testing

@Suite("A province's order lines against its prices, day by day")
struct ProvincialPricesTests {
    @Test(
        "each line agrees with the price its medicine was bought at on that day, and the lines of a day whose price was another are refused",
        .timeLimit(.minutes(40)))
    func agrees() async throws {
        guard let extract = try ProvincialOrderExtract.read() else { return }
        struct DayOfMedicine: Hashable {
            let code: String
            let day: CalendarDate
        }
        let lines = Array(extract.lines.prefix(2_000))
        let byDay = Dictionary(grouping: lines) { DayOfMedicine(code: $0.insuranceCode, day: $0.orderedAt.businessDay) }
        let busiest = try #require(byDay.max { $0.value.count < $1.value.count })
        #expect(byDay.count > 200 && busiest.value.count > 20)
        let prices = extract.dailyPriceList { code, day, price in
            code == busiest.key.code && day == busiest.key.day ? price + Money(tenThousandths: 1) : price
        }
        try await withTestDatabase { database in
            var replay = try await ProvincialOrderReplay.register(extract, priceList: prices, in: database.owner)
            try await replay.place(lines, of: extract, in: database.application)
            let refused = Dictionary(grouping: replay.refused, by: \.code)
            #expect(Set(refused.keys) == ["pooled-procurement.price-differs", "pooled-procurement.external-code-repeated"])
            let differing = refused["pooled-procurement.price-differs"]?.map(\.line) ?? []
            #expect(differing == busiest.value, "exactly the lines of that medicine and day")
            #expect(replay.placed.count + replay.refused.count == lines.count)
        }
    }
}
