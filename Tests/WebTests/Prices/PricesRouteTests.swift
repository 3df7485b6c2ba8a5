import Foundation
import Postgres
import Primitives
import TestSupport
import Testing
import Web

@Suite("Prices over HTTP")
struct PricesRouteTests {
    private func withPrices(_ body: @escaping @Sendable (ServedWeb, SmallConsortium) async throws -> Void) async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let people = [small.officer, small.seller] + small.storekeepers
            let endpoints = PricesRoutes.endpoints + PooledProcurementRoutes.endpoints
            try await withServer(endpoints, on: database.application, people: people) { web in try await body(web, small) }
        }
    }

    private static func list(_ small: SmallConsortium, _ rows: String..., kind: String = "listed", more: String = "") throws -> JSONValue {
        let csv = (["article,pack_price,valid_from,valid_through"] + rows).joined(separator: #"\n"#)
        return try JSONValue(parsing: #"{"kind":"\#(kind)","source":"浙药采〔2026〕3号","csv":"\#(csv)"\#(more)}"#)
    }

    @Test("a list is imported for the chosen platform, read back, followed, and ended")
    func wholeLife() async throws {
        try await withPrices { web, small in
            let article = small.articles[0]
            let list = try Self.list(small, "\(article),12.50,2026-11-01,")
            #expect(try await web.post("/api/v1/price-imports", list, as: small.officer).code == "prices.platform-not-chosen")
            let chosen = try await web.post(
                "/api/v1/price-platforms/choice", JSONValue(parsing: #"{"platform":"330000"}"#), as: small.officer)
            #expect(chosen.status == 200 && chosen.json["name"] == .string("浙江省"), "\(chosen.text)")
            let imported = try await web.post("/api/v1/price-imports", list, as: small.officer)
            #expect(imported.status == 200 && imported.json["added"] == 1 && imported.json["isApplied"] == .bool(true), "\(imported.text)")
            let contract = try await web.post(
                "/api/v1/contract-prices",
                JSONValue(
                    parsing: """
                        {"company":\(small.supplier),"source":"HT-2026-01","lines":[
                         {"article":\(article),"packPrice":"11.80","validFrom":"2026-12-01","validThrough":"2027-11-30"}]}
                        """), as: small.officer)
            #expect(contract.status == 201 && contract.json["items"]?[0]?["kind"] == .string("contract"), "\(contract.text)")
            let path = "/api/v1/articles/\(article)"
            let today = try await web.get("\(path)/prices?supplier=\(small.supplier)", as: small.storekeepers[0])
            #expect(today.json["ruling"]?["packPrice"] == .string("12.50"), "\(today.text)")
            let later = try await web.get("\(path)/prices?day=2026-12-01&supplier=\(small.supplier)", as: small.officer)
            #expect(later.json["ruling"]?["packPrice"] == .string("11.80") && later.json["prices"]?[1] != nil, "\(later.text)")
            let changes = try await web.get("/api/v1/price-changes?from=2026-11-30&to=2026-12-01&limit=1", as: small.officer)
            #expect(changes.json["items"]?[0]?["changes"]?[0]?["after"]?["packPrice"] == .string("11.80"), "\(changes.text)")
            let listed = try #require(today.json["ruling"]?["id"]?.integer)
            let ended = try await web.post(
                "/api/v1/price-endings",
                JSONValue(parsing: #"{"kind":"listed","price":\#(listed),"lastDay":"2026-11-30","reason":"撤网"}"#), as: small.officer)
            #expect(ended.status == 200, "\(ended.text)")
            let first = try await web.get("\(path)/price-history?limit=2", as: small.officer)
            #expect(first.json["items"]?[1] != nil && first.json["items"]?[2] == nil, "\(first.text)")
            let next = try #require(first.json["next"]?.string)
            let rest = try await web.get("\(path)/price-history?limit=2&after=\(next)", as: small.officer)
            #expect(rest.json["items"]?[0] != nil && rest.json["items"]?[1] == nil && rest.json["next"] == nil, "\(rest.text)")
            let platforms = try await web.get("/api/v1/price-platforms", as: small.seller)
            #expect(platforms.json["items"]?[10]?["isChosen"] == .bool(true), "\(platforms.text)")
        }
    }

    @Test("bad input is refused with a reason")
    func badInput() async throws {
        try await withPrices { web, small in
            _ = try await web.post(
                "/api/v1/price-platforms/choice", JSONValue(parsing: #"{"platform":"330000"}"#), as: small.officer)
            let article = small.articles[0]
            func contract(_ line: String, source: String = "HT") -> String {
                #"{"company":\#(small.supplier),"source":"\#(source)","lines":[\#(line)]}"#
            }
            let good = #"{"article":\#(article),"packPrice":"1","validFrom":"2026-12-01"}"#
            let cases: [(path: String, body: String, status: Int, code: String)] = [
                ("price-platforms/choice", #"{"platform":"000000"}"#, 404, "prices.platform-unknown"),
                ("contract-prices", contract(good, source: ""), 422, "prices.source-missing"),
                ("contract-prices", contract(""), 422, "prices.lines-invalid"),
                ("contract-prices", contract("\(good),\(good.replacing("\"1\"", with: "\"2\""))"), 409, "prices.overlaps"),
                ("contract-prices", contract(good.replacing("\"1\"", with: "\"-1\"")), 422, "prices.price-invalid"),
                ("contract-prices", contract(good.replacing("\"1\"", with: "1.5")), 400, "http.wrong-type"),
                ("contract-prices", contract(good.replacing("12-01", with: "13-01")), 400, "http.wrong-type"),
                ("price-endings", #"{"kind":"listed","price":1,"lastDay":"2026-11-30","reason":"x"}"#, 404, "prices.price-unknown"),
                ("price-endings", #"{"kind":"market","price":1,"lastDay":"2026-11-30","reason":"x"}"#, 400, "http.wrong-type"),
                ("price-imports", #"{"kind":"listed","source":"x","csv":"a,b\n1,2"}"#, 422, "prices.columns-unusable"),
                ("price-imports", #"{"kind":"listed","source":"x","csv":""}"#, 422, "formulary.catalog-empty"),
                ("price-imports", #"{"kind":"awarded","source":"x","csv":""}"#, 400, "http.wrong-type"),
            ]
            for bad in cases {
                let answer = try await web.send("POST", "/api/v1/\(bad.path)", as: small.officer, text: bad.body)
                #expect(answer.status == bad.status && answer.code == bad.code, "\(bad): \(answer.text)")
            }
            for person in [small.seller, small.storekeepers[0]] {
                let answer = try await web.send("POST", "/api/v1/contract-prices", as: person, text: contract(good))
                #expect(answer.status == 403 && answer.code == "http.forbidden-role")
            }
            #expect(try await web.get("/api/v1/articles/999999/prices", as: small.officer).code == "formulary.article-unknown")
            #expect(try await web.get("/api/v1/price-changes", as: small.officer).code == "http.bad-query")
            let foreign = try await web.get("/api/v1/articles/\(article)/price-history?after=WyIxIl0", as: small.officer)
            #expect(foreign.status == 400 && foreign.code == "http.bad-query")
            let unusable = try await web.post(
                "/api/v1/price-imports", Self.list(small, "\(article),0,2026-11-01,"), as: small.officer)
            #expect(unusable.status == 200 && unusable.json["isApplied"] == .bool(false), "\(unusable.text)")
            #expect(unusable.json["problems"]?[0]?["reason"] == .string("not-a-price"), "\(unusable.text)")
        }
    }

    @Test("an order line at another price than the listed one is refused, and orders at risk are listed")
    func orders() async throws {
        try await withPrices { web, small in
            _ = try await web.post(
                "/api/v1/price-platforms/choice", JSONValue(parsing: #"{"platform":"330000"}"#), as: small.officer)
            _ = try await web.post(
                "/api/v1/price-imports", Self.list(small, "\(small.articles[0]),12.50,2026-11-01,2026-11-30"), as: small.officer)
            func order(_ price: String) async throws -> Answer {
                try await web.send(
                    "POST", "/api/v1/purchase-orders", as: small.officer,
                    text: """
                        {"company":\(small.supplier),"facility":\(small.townships[0]),"store":\(small.pharmacies[0]),"reason":"补货",
                         "lines":[{"article":\(small.articles[0]),"packs":10,"packPrice":"\(price)","route":"listed"}]}
                        """)
            }
            let refused = try await order("12.49")
            #expect(refused.status == 422 && refused.code == "pooled-procurement.price-differs", "\(refused.text)")
            #expect(refused.field == "lines[0].packPrice" && refused.text.contains("12.50"))
            #expect(try await order("12.50").status == 201)
            let atRisk = try await web.get("/api/v1/purchase-orders-at-risk", as: small.officer)
            #expect(atRisk.json["items"]?[0]?["from"] == .string("2026-12-01"), "\(atRisk.text)")
            #expect(atRisk.json["items"]?[0]?["cause"] == .string("ended"))
            let none = try await web.get("/api/v1/purchase-orders-at-risk?through=2026-11-30", as: small.officer)
            #expect(none.json["items"] == .array([]))
        }
    }
}
