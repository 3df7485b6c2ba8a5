import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing
import Web

@Suite("Stock ledger over HTTP")
struct StockLedgerRouteTests {
    /// A server with one batch of 100 tablets in the first township's pharmacy.
    private func withStock(_ body: @escaping @Sendable (ServedWeb, SmallConsortium, SmallConsortium) async throws -> Void) async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let other = try await SmallConsortium.make(in: database, code: "other")
            let people = [small.officer, small.seller, other.officer] + small.storekeepers
            try await withServer(StockLedgerRoutes.endpoints, on: database.application, people: people) { web in
                let answer = try await web.post(
                    "/api/v1/stores/\(small.pharmacies[0])/opening-stock", Self.opening(small.articles[0], "100"),
                    as: small.storekeepers[0])
                #expect(answer.status == 201)
                try await body(web, small, other)
            }
        }
    }

    private static func opening(_ article: ArticleID, _ quantity: String, batch: String = "A1") throws -> JSONValue {
        try JSONValue(
            parsing: """
                {"lines":[{"article":\(article),"batchNumber":"\(batch)","expiresOn":"2028-01-31","quantity":\(quantity)}]}
                """)
    }

    @Test("stock is opened, issued, decided about, transferred and reversed")
    func mainPath() async throws {
        try await withStock { web, small, _ in
            let (store, other) = (small.pharmacies[0], small.pharmacies[1])
            let (keeper, otherKeeper) = (small.storekeepers[0], small.storekeepers[1])
            let issue = try await web.post(
                "/api/v1/stores/\(store)/issues",
                JSONValue(parsing: #"{"ward":"内科","lines":[{"product":\#(small.products[0]),"quantity":30}]}"#), as: keeper)
            #expect(issue.status == 201 && issue.json["picks"]?[0]?["quantity"] == 30)
            let batch = try #require(issue.json["picks"]?[0]?["batch"]?.integer)
            let decision = try await web.post(
                "/api/v1/stores/\(store)/batch-decisions",
                JSONValue(parsing: #"{"decision":"quarantine","reason":"包装破损","lines":[{"batch":\#(batch),"quantity":5}]}"#),
                as: keeper)
            #expect(decision.status == 201)
            let shipped = try await web.post(
                "/api/v1/transfers",
                JSONValue(
                    parsing: """
                        {"from":\(store),"to":\(other),"reason":"那里缺药","lines":[{"product":\(small.products[0]),"quantity":20}]}
                        """), as: keeper)
            let transfer = try #require(shipped.json["transfer"]?.string)
            let wrongPerson = try await web.post(
                "/api/v1/transfers/\(transfer)/receipt", JSONValue(parsing: #"{"missing":[],"reason":""}"#), as: keeper)
            #expect(wrongPerson.code == "identity.other-facility")
            let received = try await web.post(
                "/api/v1/transfers/\(transfer)/receipt", JSONValue(parsing: #"{"missing":[],"reason":""}"#), as: otherKeeper)
            #expect(received.status == 201)
            let movement = try #require(issue.json["movement"]?.integer)
            let reversal = try await web.post(
                "/api/v1/stock-ledger/movements/\(movement)/reversal", JSONValue(parsing: #"{"reason":"录错"}"#), as: small.officer)
            #expect(reversal.status == 201)
            let stock = try await web.get("/api/v1/stores/\(store)/stock", as: keeper)
            let lines = try stock.decoded(as: PageOf<StockLine>.self).items
            #expect(Dictionary(uniqueKeysWithValues: lines.map { ($0.state, $0.quantity) }) == [.available: 75, .quarantined: 5])
            let movements = try await web.get("/api/v1/stock-ledger/movements?store=\(store)&limit=2", as: keeper)
            #expect(movements.json["next"]?.string != nil)
            #expect(try await web.get("/api/v1/stock-ledger/stock-at-risk?days=3000", as: small.officer).status == 200)
            #expect(try await web.get("/api/v1/transfers", as: small.officer).json["items"]?[0]?["state"] == .string("received"))
        }
    }

    struct Bad: Sendable {
        let path: String
        let body: String
        let status: Int
        let code: String
    }

    @Test("bad input is refused with a reason and changes nothing")
    func badInput() async throws {
        try await withStock { web, small, other in
            let (store, product) = (small.pharmacies[0], small.products[0])
            func issue(_ quantity: String, product: ProductID = product) -> String {
                #"{"ward":"内科","lines":[{"product":\#(product),"quantity":\#(quantity)}]}"#
            }
            let path = "/api/v1/stores/\(store)/issues"
            let cases = [
                Bad(path: path, body: "{", status: 400, code: "http.malformed-json"),
                Bad(path: path, body: #"{"ward":"x","lines":[],"extra":1}"#, status: 400, code: "http.unknown-field"),
                Bad(path: path, body: #"{"lines":[]}"#, status: 400, code: "http.missing-field"),
                Bad(path: path, body: issue("\"3\""), status: 400, code: "http.wrong-type"),
                Bad(path: path, body: issue("1.5"), status: 400, code: "http.wrong-type"),
                Bad(path: path, body: issue("99999999999999999999"), status: 400, code: "http.wrong-type"),
                Bad(path: path, body: issue("-1"), status: 422, code: "stock-ledger.quantity-not-positive"),
                Bad(path: path, body: issue("0"), status: 422, code: "stock-ledger.quantity-not-positive"),
                Bad(path: path, body: issue("9223372036854775807"), status: 422, code: "stock-ledger.quantity-not-positive"),
                Bad(path: path, body: issue("101"), status: 409, code: "stock-ledger.insufficient-stock"),
                Bad(path: path, body: issue("1", product: ProductID(999_999)), status: 409, code: "stock-ledger.insufficient-stock"),
                Bad(path: path, body: #"{"ward":"x","lines":[]}"#, status: 422, code: "stock-ledger.nothing-to-move"),
                Bad(path: "/api/v1/stores/\(other.pharmacies[0])/issues", body: issue("1"), status: 404, code: "parties.store-unknown"),
                Bad(path: "/api/v1/stores/\(small.pharmacies[1])/issues", body: issue("1"), status: 403, code: "identity.other-facility"),
                Bad(path: "/api/v1/stores/abc/issues", body: issue("1"), status: 400, code: "http.bad-path-id"),
                Bad(
                    path: "/api/v1/stores/\(store)/opening-stock", body: try Self.opening(ArticleID(999_999), "1").text(), status: 404,
                    code: "formulary.article-unknown"),
            ]
            for bad in cases {
                let answer = try await web.send("POST", bad.path, as: small.storekeepers[0], text: bad.body)
                #expect(answer.status == bad.status && answer.code == bad.code, "\(bad): \(answer.text)")
            }
            let stock = try await web.get("/api/v1/stores/\(store)/stock", as: small.storekeepers[0])
            #expect(try stock.decoded(as: PageOf<StockLine>.self).items.map(\.quantity) == [100])
        }
    }

    @Test("a repeated request is answered once more and not done again; with another body it is refused")
    func repeats() async throws {
        try await withStock { web, small, _ in
            let path = "/api/v1/stores/\(small.pharmacies[0])/issues"
            let body = try JSONValue(parsing: #"{"ward":"内科","lines":[{"product":\#(small.products[0]),"quantity":30}]}"#)
            let other = try JSONValue(parsing: #"{"ward":"内科","lines":[{"product":\#(small.products[0]),"quantity":31}]}"#)
            let request = UUID()
            let first = try await web.post(path, body, as: small.storekeepers[0], requestID: request)
            let second = try await web.post(path, body, as: small.storekeepers[0], requestID: request)
            #expect(first.text == second.text && second.isReplay && !first.isReplay)
            let reused = try await web.post(path, other, as: small.storekeepers[0], requestID: request)
            #expect(reused.status == 409 && reused.code == "commands.request-id-reused")
            let stock = try await web.get("/api/v1/stores/\(small.pharmacies[0])/stock", as: small.storekeepers[0])
            #expect(try stock.decoded(as: PageOf<StockLine>.self).items.map(\.quantity) == [70])
        }
    }

    @Test("suppliers and strangers are turned away")
    func roles() async throws {
        try await withStock { web, small, _ in
            let path = "/api/v1/stores/\(small.pharmacies[0])/issues"
            let body = try JSONValue(parsing: #"{"ward":"内科","lines":[]}"#)
            #expect(try await web.post(path, body, as: small.seller).code == "http.forbidden-role")
            #expect(try await web.post(path, body, as: nil).code == "http.unauthenticated")
        }
    }
}
