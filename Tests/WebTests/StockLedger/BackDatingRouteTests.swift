import Primitives
import StockLedger
import TestSupport
import Testing
import Web

/// Today is 2026-11-21.
@Suite("Stock of earlier days over HTTP")
struct BackDatingRouteTests {
    private func withShop(_ body: @escaping @Sendable (Shop) async throws -> Void) async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let people = [small.officer] + small.storekeepers
            try await withServer(StockLedgerRoutes.endpoints, on: database.application, people: people) { web in
                try await body(Shop(web: web, small: small))
            }
        }
    }

    /// The first township's pharmacy and its keeper.
    private struct Shop: Sendable {
        let web: ServedWeb
        let small: SmallConsortium

        private var path: String { "/api/v1/stores/\(small.pharmacies[0])" }

        func open(_ quantity: Int, on day: String) async throws -> Answer {
            try await post(
                "opening-stock",
                """
                {"lines":[{"article":\(small.articles[0]),"batchNumber":"A1","expiresOn":"2028-01-31","quantity":\(quantity)}],
                 "occurredOn":"\(day)","reason":"补录"}
                """)
        }

        func issue(_ quantity: Int, on day: String, reason: String = #","reason":"夜班补录""#) async throws -> Answer {
            try await post(
                "issues",
                """
                {"ward":"内科","lines":[{"product":\(small.products[0]),"quantity":\(quantity)}],"occurredOn":"\(day)"\(reason)}
                """)
        }

        func post(_ operation: String, _ body: String) async throws -> Answer {
            try await web.post("\(path)/\(operation)", JSONValue(parsing: body), as: small.storekeepers[0])
        }

        func get(_ operation: String) async throws -> Answer { try await web.get("\(path)/\(operation)", as: small.officer) }

        /// What the pharmacy held at the end of a day.
        func held(_ day: String) async throws -> BaseUnits {
            try await get("stock?asOf=\(day)&product=\(small.products[0])").decoded(as: PageOf<StockLine>.self).items
                .map(\.quantity).sum()
        }
    }

    @Test("what is recorded for an earlier day is stock from that day on")
    func asOf() async throws {
        try await withShop { shop in
            #expect(try await shop.open(50, on: "2026-11-10").status == 201)
            #expect(try await shop.issue(20, on: "2026-11-14").status == 201)
            let held: KeyValuePairs<String, BaseUnits> = [
                "2026-11-09": 0, "2026-11-10": 50, "2026-11-13": 50, "2026-11-14": 30, "2026-11-21": 30,
            ]
            for (day, quantity) in held { #expect(try await shop.held(day) == quantity, "\(day)") }
            let other = try await shop.get("stock?product=\(shop.small.products[1])")
            #expect(try other.decoded(as: PageOf<StockLine>.self).items.isEmpty)
        }
    }

    @Test("days that are not open, and days that later ones need, are refused")
    func refusals() async throws {
        try await withShop { shop in
            _ = try await shop.open(50, on: "2026-11-10")
            let first = try await shop.issue(40, on: "2026-11-18")
            let movement = try #require(first.json["movement"]?.integer)
            let later = try await shop.issue(20, on: "2026-11-12")
            #expect(later.status == 409 && later.code == "stock-ledger.would-turn-negative")
            #expect(later.json["detail"]?.string?.contains("at the end of 2026-11-18 it is not") == true, "\(later.text)")
            let future = try await shop.issue(1, on: "2026-11-22")
            #expect(future.status == 422 && future.code == "stock-ledger.day-in-future" && future.field == "occurredOn")
            #expect(try await shop.issue(1, on: "2026-09-30").code == "stock-ledger.day-too-early")
            #expect(try await shop.issue(1, on: "2026-11-20", reason: "").code == "stock-ledger.reason-missing")
            #expect(try await shop.post("closings", #"{"through":"2026-11-21"}"#).code == "stock-ledger.day-not-over")
            #expect(try await shop.post("closings", #"{"through":"2026-11-18"}"#).status == 201)
            #expect(try await shop.post("closings", #"{"through":"2026-11-17"}"#).code == "stock-ledger.day-closed")
            #expect(try await shop.get("closings").json["items"]?[0]?["closedThrough"]?.string == "2026-11-18")
            let reversal = try await shop.web.post(
                "/api/v1/stock-ledger/movements/\(movement)/reversal",
                JSONValue(parsing: #"{"reason":"录错","occurredOn":"2026-11-18"}"#), as: shop.small.officer)
            #expect(reversal.status == 409 && reversal.code == "stock-ledger.day-closed")
            let open = try await shop.web.post(
                "/api/v1/stock-ledger/movements/\(movement)/reversal",
                JSONValue(parsing: #"{"reason":"录错","occurredOn":"2026-11-19"}"#), as: shop.small.officer)
            #expect(open.status == 201)
            #expect(try await shop.held("2026-11-18") == 10)
            #expect(try await shop.held("2026-11-19") == 50)
        }
    }
}
