import Primitives
import StockLedger
import TestSupport
import Testing
import Web

@Suite("Held batches over HTTP")
struct BatchHoldRouteTests {
    @Test("a batch is held, seen, refused a second time, and let go again")
    func lifecycle() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let people = [small.officer, small.seller] + small.storekeepers
            try await withServer(StockLedgerRoutes.endpoints, on: database.application, people: people) { web in
                let opening = """
                    {"lines":[{"article":\(small.articles[0]),"batchNumber":"A1","expiresOn":"2028-01-31","quantity":50}]}
                    """
                let stock = "/api/v1/stores/\(small.centralStore)"
                #expect(try await web.post("\(stock)/opening-stock", JSONValue(parsing: opening), as: small.officer).status == 201)
                let line = try await web.get("\(stock)/stock", as: small.officer).decoded(as: PageOf<StockLine>.self).items[0]
                func post(_ path: String, _ reason: String, as person: Principal) async throws -> Answer {
                    try await web.send("POST", "/api/v1\(path)", as: person, text: #"{"reason":"\#(reason)"}"#)
                }
                let holds = "/batches/\(line.batch)/holds"
                #expect(try await post(holds, "x", as: small.storekeepers[0]).code == "http.forbidden-role")
                #expect(try await post("/batches/999999/holds", "x", as: small.officer).code == "stock-ledger.batch-unknown")
                #expect(try await post(holds, " ", as: small.officer).code == "stock-ledger.reason-missing")
                let held = try await post(holds, "召回通知", as: small.officer)
                #expect(held.status == 201 && held.json["batchNumber"]?.string == "A1")
                let again = try await post(holds, "召回通知", as: small.officer)
                #expect(again.status == 409 && again.code == "stock-ledger.batch-held-already")
                let issue = #"{"ward":"内科","lines":[{"product":\#(small.products[0]),"quantity":1}]}"#
                let issued = try await web.post("\(stock)/issues", JSONValue(parsing: issue), as: small.officer)
                #expect(issued.code == "stock-ledger.insufficient-stock")
                let id = try #require(held.json["id"]?.string)
                let listed = try await web.get("/api/v1/batch-holds", as: small.storekeepers[0])
                #expect(listed.json["items"]?[0]?["id"]?.string == id)
                let lifted = try await post("/batch-holds/\(id)/lifting", "复检合格", as: small.officer)
                #expect(lifted.status == 200 && lifted.json["lifting"]?["reason"]?.string == "复检合格")
                #expect(try await post("/batch-holds/\(id)/lifting", "x", as: small.officer).code == "stock-ledger.hold-lifted")
                #expect(try await web.get("/api/v1/batch-holds", as: small.officer).json["items"]?[0] == nil)
                #expect(try await web.get("/api/v1/batch-holds?lifted=true", as: small.officer).json["items"]?[0] != nil)
                #expect(try await web.get("/api/v1/batch-holds", as: small.seller).code == "http.forbidden-role")
            }
        }
    }
}
