import Foundation
import Identity
import Postgres
import Primitives
import StockLedger
import Stocktakes
import TestSupport
import Testing
import Web

@Suite("Stocktakes over HTTP")
struct StocktakeRouteTests {
    struct Scene: Sendable {
        let web: ServedWeb
        let small: SmallConsortium
        let other: SmallConsortium
        let second: Principal
        let supervisor: Principal

        var keeper: Principal { small.storekeepers[0] }
        var store: StoreID { small.pharmacies[0] }

        func post(_ path: String, _ body: String, as person: Principal? = nil, requestID: UUID = UUID()) async throws -> Answer {
            try await web.post("/api/v1\(path)", JSONValue(parsing: body), as: person ?? keeper, requestID: requestID)
        }

        func get(_ path: String, as person: Principal? = nil) async throws -> Answer {
            try await web.get("/api/v1\(path)", as: person ?? keeper)
        }

        func opening(_ manner: String = "moving", scope: String = #"{"kind":"whole-store"}"#, isBlind: Bool = false) -> String {
            #"{"store":\#(store),"name":"月末","scope":\#(scope),"manner":"\#(manner)","isBlind":\#(isBlind)}"#
        }

        /// The path of a stocktake that was just opened.
        func opened(_ manner: String = "moving") async throws -> String {
            let answer = try await post("/stocktakes", opening(manner))
            return "/stocktakes/\(try #require(answer.json["id"]?.string))"
        }
    }

    /// A server of one pharmacy with 100 of the first product, in one batch.
    private func withScene(_ body: @escaping @Sendable (Scene) async throws -> Void) async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let other = try await SmallConsortium.make(in: database, code: "other")
            let people = try await database.owner.write { transaction in
                let people = People(transaction)
                for (code, facility, role) in [
                    ("second", small.townships[0], Role.dispenser), ("supervisor", small.hospital, .supervisor),
                ] {
                    _ = try people.add(to: small.id, code: code, name: code, facility: facility, company: nil, roles: [role])
                }
                return try ["second", "supervisor"].compactMap {
                    try people.person(code: $0, of: small.id)?.principal(in: small.id)
                }
            }
            let (second, supervisor) = (try #require(people.first), try #require(people.last))
            try await database.application.write(as: small.id.tenant) { transaction in
                let batch = BatchKey(
                    article: small.articles[0], product: small.products[0], batchNumber: "A1",
                    expiresOn: Instant.ofTests.businessDay.adding(days: 400))
                try ReceiveStock(
                    store: small.pharmacies[0], lines: [BatchQuantity(batch: batch, quantity: 100)], document: "test",
                    requestID: UUID()
                ).run(in: transaction, by: small.officer, at: .ofTests)
            }
            try await withServer(
                StocktakesRoutes.endpoints + StockLedgerRoutes.endpoints, on: database.application,
                people: [small.officer, small.seller, other.officer, second, supervisor] + small.storekeepers
            ) { web in
                try await body(Scene(web: web, small: small, other: other, second: second, supervisor: supervisor))
            }
        }
    }

    @Test("a stocktake is opened, counted, counted again, explained, submitted, rejected and posted once")
    func mainPath() async throws {
        try await withScene { scene in
            let path = try await scene.opened()
            let sheet = try await scene.get("\(path)/lines?part=to-count")
            #expect(sheet.json["items"]?[0]?["book"] == 100 && sheet.json["items"]?[0]?["batchNumber"] == .string("A1"))
            let found = try await scene.post(
                "\(path)/found-batches",
                #"{"article":\#(scene.small.articles[1]),"batchNumber":"N1","expiresOn":"2028-01-31","state":"available","counted":30}"#,
                as: scene.second)
            #expect(found.status == 201 && found.json["line"] == 2 && found.json["stocktake"]?["lines"] == 2)
            let counted = try await scene.post("\(path)/counts", #"{"counts":[{"line":1,"counted":80}]}"#)
            #expect(counted.status == 200 && counted.json["linesCounted"] == 2)
            let asked = try await scene.post("\(path)/count-completion", #"{"version":1}"#)
            #expect(asked.json["state"] == .string("recounting") && asked.json["round"] == 2 && asked.json["linesCounted"] == 0)
            _ = try await scene.post("\(path)/counts", #"{"counts":[{"line":1,"counted":80}]}"#, as: scene.second)
            _ = try await scene.post("\(path)/counts", #"{"counts":[{"line":2,"counted":30}]}"#)
            #expect(try await scene.post("\(path)/count-completion", #"{"version":2}"#).json["state"] == .string("counted"))
            let again = try await scene.post("\(path)/recounts", #"{"version":3,"lines":[2],"reason":"看错批号"}"#)
            #expect(again.json["round"] == 3)
            _ = try await scene.post("\(path)/counts", #"{"counts":[{"line":2,"counted":29}]}"#, as: scene.second)
            _ = try await scene.post("\(path)/count-completion", #"{"version":4}"#)
            let reasons = #"[{"line":1,"reason":"lost"},{"line":2,"reason":"other","note":"捐赠未入账"}]"#
            let explained = try await scene.post("\(path)/difference-reasons", #"{"version":5,"reasons":\#(reasons)}"#)
            #expect(explained.json["version"] == 6)
            #expect(try await scene.post("\(path)/submission", #"{"version":6}"#).json["state"] == .string("awaiting-approval"))
            let differences = try await scene.get("\(path)/differences", as: scene.supervisor)
            #expect(differences.json["totals"]?["loss"] == .string("8.9286") && differences.json["reasons"]?[1]?["totals"]?["linesGained"] == 1)
            let rejected = try await scene.post(
                "\(path)/rejection", #"{"version":7,"lines":[1],"reason":"差得太多"}"#, as: scene.supervisor)
            #expect(rejected.json["state"] == .string("recounting") && rejected.json["reason"] == .string("差得太多"))
            _ = try await scene.post("\(path)/counts", #"{"counts":[{"line":1,"counted":98}]}"#)
            _ = try await scene.post("\(path)/count-completion", #"{"version":8}"#)
            _ = try await scene.post("\(path)/difference-reasons", #"{"version":9,"reasons":[{"line":1,"reason":"lost"}]}"#)
            _ = try await scene.post("\(path)/submission", #"{"version":10}"#)
            let request = UUID()
            let posted = try await scene.post("\(path)/approval", #"{"version":11}"#, as: scene.supervisor, requestID: request)
            let repeated = try await scene.post("\(path)/approval", #"{"version":11}"#, as: scene.supervisor, requestID: request)
            #expect(posted.json["state"] == .string("posted") && posted.text == repeated.text && repeated.isReplay)
            let other = try await scene.post("\(path)/approval", #"{"version":12}"#, as: scene.supervisor)
            #expect(other.status == 409 && other.code == "stocktakes.wrong-state")
            let stock = try await scene.get("/stores/\(scene.store)/stock").decoded(as: PageOf<StockLine>.self).items
            #expect(Set(stock.map(\.quantity)) == [98, 29])
            let accuracy = try await scene.get("/stocktake-accuracy", as: scene.supervisor)
            #expect(accuracy.json["items"]?[0]?["totals"]?["linesCounted"] == 2)
            let batch = try #require(stock.first?.batch)
            #expect(try await scene.get("/batches/\(batch)/counts").json["items"]?[0]?["isPosted"] == true)
            #expect(try await scene.get("/stocktakes?state=posted&store=\(scene.store)").json["items"]?[0]?["version"] == 12)
            #expect(try await scene.get("/stocktakes?limit=1").json["next"] == nil)
            #expect(try await scene.get(path).json["linesCounted"] == 2)
        }
    }

    @Test("a frozen store says so to whoever wants to move its goods, until the stocktake is cancelled")
    func frozen() async throws {
        try await withScene { scene in
            let path = try await scene.opened("frozen")
            let issue = #"{"ward":"内科","lines":[{"product":\#(scene.small.products[0]),"quantity":3}]}"#
            let refused = try await scene.post("/stores/\(scene.store)/issues", issue)
            #expect(refused.status == 409 && refused.code == "stock-ledger.frozen")
            let cancelled = try await scene.post("\(path)/cancellation", #"{"version":1,"reason":"停电"}"#)
            #expect(cancelled.json["state"] == .string("cancelled"))
            #expect(try await scene.post("/stores/\(scene.store)/issues", issue).status == 201)
        }
    }

    @Test("bad input, unknown things and wrong people are refused with a reason")
    func refusals() async throws {
        try await withScene { scene in
            let path = try await scene.opened()
            let (unknown, none) = ("/stocktakes/\(UUID().uuidString)", #"{"version":1}"#)
            let count = #"{"counts":[{"line":1,"counted":100}]}"#
            let cases: [(String, String, Principal, Int, String)] = [
                ("/stocktakes", scene.opening(), scene.keeper, 409, "stocktakes.store-is-being-counted"),
                ("/stocktakes", scene.opening(scope: #"{"kind":"whole-store","withinDays":3}"#), scene.keeper, 422, "stocktakes.setting-invalid"),
                ("/stocktakes", scene.opening(scope: #"{"kind":"half-store"}"#), scene.keeper, 400, "http.wrong-type"),
                ("/stocktakes", scene.opening(), scene.small.storekeepers[1], 403, "identity.other-facility"),
                ("/stocktakes", scene.opening(), scene.other.officer, 404, "parties.store-unknown"),
                ("/stocktakes", scene.opening(), scene.second, 403, "http.forbidden-role"),
                ("\(path)/counts", count, scene.small.seller, 403, "http.forbidden-role"),
                ("\(path)/counts", count, scene.small.storekeepers[1], 403, "identity.other-facility"),
                ("\(path)/counts", count, scene.other.officer, 404, "stocktakes.stocktake-unknown"),
                ("\(unknown)/counts", count, scene.keeper, 404, "stocktakes.stocktake-unknown"),
                ("\(path)/counts", #"{"counts":[{"line":1,"counted":0}]}"#, scene.keeper, 422, "stocktakes.not-found-unmarked"),
                ("\(path)/counts", #"{"counts":[{"line":1,"counted":1.5}]}"#, scene.keeper, 400, "http.wrong-type"),
                ("\(path)/counts", #"{"counts":[{"line":9,"counted":1}]}"#, scene.keeper, 422, "stocktakes.line-unknown"),
                ("\(path)/count-completion", none, scene.keeper, 409, "stocktakes.not-all-counted"),
                ("\(path)/count-completion", #"{"version":7}"#, scene.keeper, 409, "stocktakes.changed-meanwhile"),
                ("\(path)/submission", none, scene.keeper, 409, "stocktakes.wrong-state"),
                ("\(path)/approval", none, scene.supervisor, 409, "stocktakes.wrong-state"),
                ("\(path)/approval", none, scene.keeper, 403, "http.forbidden-role"),
                ("\(path)/rejection", #"{"version":1,"lines":[],"reason":"x"}"#, scene.supervisor, 409, "stocktakes.wrong-state"),
                ("\(path)/cancellation", #"{"version":1,"reason":" "}"#, scene.keeper, 422, "stocktakes.reason-missing"),
                (
                    "\(path)/found-batches",
                    #"{"article":999999,"batchNumber":"N1","expiresOn":"2028-01-31","state":"available","counted":30}"#,
                    scene.keeper, 404, "formulary.article-unknown"
                ),
            ]
            for (place, body, person, status, code) in cases {
                let answer = try await scene.post(place, body, as: person)
                #expect(answer.status == status && answer.code == code, "\(place) \(body): \(answer.text)")
            }
            #expect(try await scene.get(unknown).code == "stocktakes.stocktake-unknown")
            #expect(try await scene.get(path, as: scene.small.storekeepers[1]).code == "identity.other-facility")
            #expect(try await scene.get(path, as: scene.other.officer).code == "stocktakes.stocktake-unknown")
            #expect(try await scene.get("/stocktakes", as: scene.small.seller).code == "http.forbidden-role")
            #expect(try await scene.get("/stocktakes", as: scene.small.storekeepers[1]).json["items"]?[0] == nil)
            #expect(try await scene.get("/stocktakes", as: scene.other.officer).json["items"]?[0] == nil)
            #expect(try await scene.get("/stocktakes?after=bm9uc2Vuc2U").code == "http.bad-query")
        }
    }

    @Test("a repeated count is entered once")
    func repeats() async throws {
        try await withScene { scene in
            let path = try await scene.opened()
            let request = UUID()
            let body = #"{"counts":[{"line":1,"counted":100}]}"#
            let first = try await scene.post("\(path)/counts", body, requestID: request)
            let second = try await scene.post("\(path)/counts", body, requestID: request)
            #expect(first.text == second.text && second.isReplay)
            let batch = try #require(try await scene.get("\(path)/lines").json["items"]?[0]?["batch"]?.integer)
            let counts = try await scene.get("/batches/\(batch)/counts").decoded(as: PageOf<BatchCount>.self).items
            #expect(counts.map(\.attempt) == [1])
            let reused = try await scene.post("\(path)/counts", #"{"counts":[{"line":1,"counted":99}]}"#, requestID: request)
            #expect(reused.code == "commands.request-id-reused")
        }
    }

    @Test("a blind stocktake answers its sheet without the book and refuses its differences")
    func blind() async throws {
        try await withScene { scene in
            let opened = try await scene.post("/stocktakes", scene.opening(isBlind: true))
            let path = "/stocktakes/\(try #require(opened.json["id"]?.string))"
            #expect(try await scene.get("\(path)/lines").json["items"]?[0]?["book"] == nil)
            #expect(try await scene.get("\(path)/differences").code == "stocktakes.still-blind")
            #expect(try await scene.get("\(path)/lines?part=differing").code == "stocktakes.still-blind")
        }
    }
}
