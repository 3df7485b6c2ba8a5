import Foundation
import Postgres
import Primitives
import Tendering
import TestSupport
import Testing
import Web

@Suite("Tendering over HTTP")
struct TenderingRouteTests {
    private func withTenders(_ body: @escaping @Sendable (ServedWeb, SmallConsortium, SmallConsortium) async throws -> Void)
        async throws
    {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let other = try await SmallConsortium.make(in: database, code: "other")
            let people = [small.officer, small.seller, other.officer, other.seller] + small.storekeepers
            try await withServer(TenderingRoutes.endpoints, on: database.application, people: people) { web in
                try await body(web, small, other)
            }
        }
    }

    /// 1000 tablets of the first product at 13 yuan for 28 at most, opened at `opening`.
    private static func tender(_ small: SmallConsortium, quantity: String = "1000") throws -> JSONValue {
        try JSONValue(
            parsing: """
                {"title":"2026 年第四季度","bidsCloseAt":"2100-01-01T00:00:00Z","opensAt":"2100-01-01T00:00:00Z","packages":[
                 {"product":\(small.products[0]),"quantity":\(quantity),"ceiling":{"price":"13","units":28},
                  "rule":{"sharesPerMille":[]},"alternatives":[]}]}
                """)
    }

    private static func bid(_ article: ArticleID, price: String = "\"9.80\"", quantity: String = "1000") -> String {
        #"{"package":1,"article":\#(article),"packPrice":\#(price),"offeredQuantity":\#(quantity)}"#
    }

    /// A published tender that invites the consortium's supplier.
    private static func published(_ web: ServedWeb, _ small: SmallConsortium) async throws -> String {
        let drafted = try await web.post("/api/v1/tenders", tender(small), as: small.officer)
        #expect(drafted.status == 201, "\(drafted.text)")
        let path = "/api/v1/tenders/\(try #require(drafted.json["id"]?.string))"
        let invited = try await web.post(
            "\(path)/invitations", JSONValue(parsing: #"{"companies":[\#(small.supplier)]}"#), as: small.officer)
        #expect(invited.json["items"]?[0]?["companyName"] != nil, "\(invited.text)")
        #expect(try await web.post("\(path)/publication", as: small.officer).json["state"] == .string("published"))
        return path
    }

    @Test("a tender is drafted, published, bid for, withdrawn from and cancelled")
    func mainPath() async throws {
        try await withTenders { web, small, _ in
            let path = try await Self.published(web, small)
            let bid = try await web.send("POST", "\(path)/bids", as: small.seller, text: Self.bid(small.articles[0]))
            #expect(bid.status == 201 && bid.json["state"] == .string("sealed"), "\(bid.text)")
            let officers = try await web.get(path, as: small.officer)
            #expect(officers.json["sealedBids"] == 1 && officers.json["bids"] == .array([]))
            #expect(!officers.text.contains("9.80"), "no price before the opening")
            let sellers = try await web.get(path, as: small.seller)
            #expect(sellers.json["bids"]?[0]?["packPrice"] == .string("9.80"))
            let id = try #require(bid.json["id"]?.string)
            let withdrawn = try await web.post(
                "/api/v1/bids/\(id)/withdrawal", JSONValue(parsing: #"{"reason":"报错"}"#), as: small.seller)
            #expect(withdrawn.json["state"] == .string("withdrawn"))
            let early = try await web.post("\(path)/opening", as: small.officer)
            #expect(early.status == 409 && early.code == "tendering.opening-too-early")
            #expect(try await web.get("\(path)/evaluations", as: small.officer).code == "tendering.wrong-state")
            let awards = try await web.post("\(path)/awards", JSONValue(parsing: #"{"deviations":[]}"#), as: small.officer)
            #expect(awards.code == "tendering.wrong-state")
            let cancelled = try await web.post(
                "\(path)/cancellation", JSONValue(parsing: #"{"reason":"预算取消"}"#), as: small.officer)
            #expect(cancelled.json["state"] == .string("cancelled"))
            let list = try await web.get("/api/v1/tenders?state=cancelled&limit=1", as: small.seller)
            #expect(list.json["items"]?[0]?["number"]?.string?.hasPrefix("ZB-") == true)
        }
    }

    @Test("an opened tender is evaluated and awarded")
    func awards() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let people = [small.officer, small.seller]
            try await withServer(TenderingRoutes.endpoints, on: database.application, people: people) { web in
                let path = try await Self.published(web, small)
                _ = try await web.send("POST", "\(path)/bids", as: small.seller, text: Self.bid(small.articles[0]))
                // The server's clock stands still: the times of the tender are moved instead.
                let (submitted, closed) = (Instant.ofTests.adding(.seconds(-7_200)), Instant.ofTests.adding(.seconds(-3_600)))
                _ = try await database.owner.write { transaction in
                    try transaction.execute("UPDATE tendering.bid SET submitted_at = \(submitted)")
                    return try transaction.execute("UPDATE tendering.tender SET bids_close_at = \(closed), opens_at = \(closed)")
                }
                let opened = try await web.post("\(path)/opening", as: small.officer)
                #expect(opened.json["items"]?[0]?["state"] == .string("valid"), "\(opened.text)")
                let evaluated = try await web.get("\(path)/evaluations", as: small.officer)
                #expect(evaluated.json["items"]?[0]?["placings"]?[0]?["quantity"] == 1000, "\(evaluated.text)")
                let wrong = try await web.post(
                    "\(path)/awards", JSONValue(parsing: #"{"deviations":[{"package":1,"parts":[],"reason":" "}]}"#),
                    as: small.officer)
                #expect(wrong.status == 422 && wrong.code == "tendering.reason-missing" && wrong.field == "deviations[0].reason")
                let awards = try await web.post("\(path)/awards", JSONValue(parsing: #"{"deviations":[]}"#), as: small.officer)
                #expect(awards.status == 201 && awards.json["items"]?[0]?["isDeviation"] == .bool(false), "\(awards.text)")
            }
        }
    }

    @Test("bad input is refused with a reason and changes nothing")
    func badInput() async throws {
        try await withTenders { web, small, other in
            let path = try await Self.published(web, small)
            let article = small.articles[0]
            let bids = "\(path)/bids"
            let cases: [(path: String, by: Principal, body: String, status: Int, code: String)] = [
                (bids, small.seller, "{", 400, "http.malformed-json"),
                (bids, small.seller, #"{"package":1,"extra":2}"#, 400, "http.unknown-field"),
                (bids, small.seller, #"{"package":1}"#, 400, "http.missing-field"),
                (bids, small.seller, Self.bid(article, price: "9.8"), 400, "http.wrong-type"),
                (bids, small.seller, Self.bid(article, price: "\"9.80001\""), 400, "http.wrong-type"),
                (bids, small.seller, Self.bid(article, quantity: "99999999999999999999"), 400, "http.wrong-type"),
                (bids, small.seller, Self.bid(article, price: "\"-1\""), 422, "tendering.price-invalid"),
                (bids, small.seller, Self.bid(article, quantity: "-1"), 422, "tendering.quantity-invalid"),
                (bids, small.seller, Self.bid(article, quantity: "9223372036854775807"), 422, "tendering.quantity-invalid"),
                (bids, small.seller, Self.bid(article, price: "\"13.01\""), 422, "tendering.price-above-ceiling"),
                (bids, small.seller, Self.bid(small.articles[1]), 422, "tendering.article-not-of-package"),
                (bids, small.seller, Self.bid(ArticleID(999_999)), 404, "formulary.article-unknown"),
                (bids, small.officer, Self.bid(article), 403, "http.forbidden-role"),
                (bids, other.seller, Self.bid(article), 404, "tendering.tender-unknown"),
                ("/api/v1/tenders/not-a-uuid/bids", small.seller, Self.bid(article), 400, "http.bad-path-id"),
                ("\(path)/packages", small.officer, #"{"packages":[]}"#, 409, "tendering.wrong-state"),
                ("\(path)/publication", other.officer, "{}", 404, "tendering.tender-unknown"),
                (
                    "/api/v1/tenders", small.officer, try Self.tender(small, quantity: "-1").text(), 422,
                    "tendering.package-invalid"
                ),
                (
                    "/api/v1/tenders", small.officer, try Self.tender(small, quantity: "9223372036854775807").text(), 422,
                    "tendering.package-invalid"
                ),
            ]
            for bad in cases {
                let answer = try await web.send("POST", bad.path, as: bad.by, text: bad.body)
                #expect(answer.status == bad.status && answer.code == bad.code, "\(bad): \(answer.text)")
            }
            #expect(try await web.get(path, as: small.seller).json["bids"] == .array([]))
            #expect(try await web.get("/api/v1/tenders", as: small.officer).json["items"]?[1] == nil, "one tender, as before")
        }
    }

    @Test("a repeated bid is one bid; with another body it is refused")
    func repeats() async throws {
        try await withTenders { web, small, _ in
            let path = try await Self.published(web, small)
            let request = UUID()
            let body = try JSONValue(parsing: Self.bid(small.articles[0]))
            let other = try JSONValue(parsing: Self.bid(small.articles[0], price: "\"9.81\""))
            let first = try await web.post("\(path)/bids", body, as: small.seller, requestID: request)
            let second = try await web.post("\(path)/bids", body, as: small.seller, requestID: request)
            #expect(first.text == second.text && second.isReplay && !first.isReplay)
            let reused = try await web.post("\(path)/bids", other, as: small.seller, requestID: request)
            #expect(reused.status == 409 && reused.code == "commands.request-id-reused")
            let bids = try await web.get(path, as: small.seller).json["bids"]
            #expect(bids?[0]?["packPrice"] == .string("9.80") && bids?[1] == nil)
        }
    }
}
