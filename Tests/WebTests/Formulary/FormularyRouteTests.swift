import Formulary
import Foundation
import Parties
import Postgres
import Primitives
import TestSupport
import Testing
import Web

@Suite("The formulary over HTTP")
struct FormularyRouteTests {
    private static let versions = "/api/v1/formulary/versions"

    private func withWeb(_ body: @escaping @Sendable (ServedWeb, SmallConsortium, SmallConsortium) async throws -> Void)
        async throws
    {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let other = try await SmallConsortium.make(in: database, code: "other")
            let people = [small.officer, small.seller, other.officer] + small.storekeepers
            try await withServer(FormularyRoutes.endpoints, on: database.application, people: people) { web in
                try await body(web, small, other)
            }
        }
    }

    /// A draft with the first product at every level and the fourth at the county's.
    private func drafted(_ web: ServedWeb, _ small: SmallConsortium, by other: Principal? = nil) async throws -> String {
        let keeper = other ?? small.officer
        let draft = try await web.post(Self.versions, ["note": "初版"], as: keeper)
        #expect(draft.status == 201, "\(draft.text)")
        let version = try #require(draft.json["id"]?.string)
        let put = try await web.send(
            "PUT", "\(Self.versions)/\(version)/entries", as: keeper,
            text: """
                {"entries":[{"product":\(small.products[0]),"levels":["village","county","township"]},
                            {"product":\(small.products[3]),"levels":["county"],"restriction":"限癌痛","daysMax":3,"reason":"止痛"}]}
                """)
        #expect(put.status == 200, "\(put.text)")
        return version
    }

    private func published(_ web: ServedWeb, _ small: SmallConsortium) async throws -> String {
        let version = try await drafted(web, small)
        let answer = try await web.post(
            "\(Self.versions)/\(version)/publication", ["validFrom": .string("\(Instant.ofTests.businessDay)")],
            as: small.officer)
        #expect(answer.status == 200, "\(answer.text)")
        return version
    }

    @Test("a version is drafted, filled, published, read, compared and followed by the next")
    func mainPath() async throws {
        try await withWeb { web, small, _ in
            let none = try await web.get("/api/v1/formulary/version-in-force", as: small.officer)
            #expect(none.status == 409 && none.code == "formulary.no-version-in-force")
            let first = try await published(web, small)
            let inForce = try await web.get(
                "/api/v1/formulary/version-in-force?day=2027-01-01", as: small.storekeepers[0])
            #expect(inForce.json["id"] == .string(first) && inForce.json["entries"] == 2)
            let entries = try await web.get("\(Self.versions)/\(first)/entries?level=village", as: small.storekeepers[0])
            #expect(
                try entries.decoded(as: PageOf<FormularyEntryReading>.self).items.map(\.product.id) == [small.products[0]]
            )
            let firstPage = try await web.get("\(Self.versions)/\(first)/entries?limit=1", as: small.officer)
            let cursor = try #require(firstPage.json["next"]?.string)
            let secondPage = try await web.get(
                "\(Self.versions)/\(first)/entries?limit=1&after=\(cursor)", as: small.officer)
            #expect(firstPage.json["items"]?[0]?["entry"]?["restriction"] == "限癌痛", "the shorter name comes first")
            #expect(secondPage.json["items"]?[0]?["product"]?["id"]?.integer == small.products[0].rawValue)
            #expect(secondPage.json["next"]?.string == nil)
            let shares = try await web.get("\(Self.versions)/\(first)/essential-medicines", as: small.officer)
            let county = try shares.decoded(as: EssentialShares.self).shares.first
            #expect(county.map { [$0.medicines, $0.essential] } == [2, 2])

            let draft = try await web.post(
                Self.versions, ["note": "", "version": .string(UUID().uuidString)], as: small.officer)
            let second = try #require(draft.json["id"]?.string)
            let removed = try await web.send(
                "DELETE", "\(Self.versions)/\(second)/entries/\(small.products[0])", as: small.officer)
            #expect(removed.status == 200 && removed.json["entries"] == 1)
            let difference = try await web.get("\(Self.versions)/\(second)/difference?from=\(first)", as: small.officer)
            #expect(try difference.decoded(as: FormularyDifference.self).removed.map(\.product.id) == [small.products[0]])
            let withdrawn = try await web.post("\(Self.versions)/\(second)/withdrawal", as: small.officer)
            #expect(withdrawn.json["status"] == "withdrawn")
            let list = try await web.get("\(Self.versions)?limit=1", as: small.officer)
            #expect(list.json["items"]?[0]?["number"] == 2)
            let next = try await web.get(
                "\(Self.versions)?limit=1&after=\(try #require(list.json["next"]?.string))", as: small.officer)
            #expect(next.json["items"]?[0]?["id"] == .string(first))
            #expect(try await web.get("\(Self.versions)/\(first)", as: small.officer).json["status"] == "published")
        }
    }

    @Test("products are found, each with its standing at the caller's facility")
    func searching() async throws {
        try await withWeb { web, small, other in
            _ = try await published(web, small)
            let path = "/api/v1/products?text=\(try escaped("阿莫西林"))"
            let hits = try await web.get(path, as: small.storekeepers[0]).decoded(as: PageOf<ProductHit>.self).items
            #expect(hits.map(\.product.id) == [small.products[0], other.products[0]])
            #expect(hits.map(\.standing?.isPermitted) == [true, false])
            let misspelt = "/api/v1/products?limit=1&text=\(try escaped("阿莫西灵膠囊"))"
            let nearest = try await web.get(misspelt, as: small.storekeepers[0])
            #expect(nearest.json["items"]?[0]?["match"] == "similar")
            #expect(nearest.json["items"]?[0]?["product"]?["id"]?.integer == small.products[0].rawValue)
            let following = try await web.get(
                "\(misspelt)&after=\(try #require(nearest.json["next"]?.string))", as: small.storekeepers[0])
            #expect(following.json["items"]?[0]?["product"]?["id"]?.integer == other.products[0].rawValue)
            let permitted = try await web.get("/api/v1/products?permittedOnly=true", as: small.storekeepers[0])
            #expect(try permitted.decoded(as: PageOf<ProductHit>.self).items.map(\.product.id) == [small.products[0]])
            let county = try await web.get(
                "/api/v1/products?permittedOnly=true&level=county&limit=1", as: small.storekeepers[0])
            let cursor = try #require(county.json["next"]?.string)
            let rest = try await web.get(
                "/api/v1/products?permittedOnly=true&level=county&after=\(cursor)", as: small.storekeepers[0])
            #expect(rest.json["items"]?.elements.count == 1)
            let product = try await web.get("/api/v1/products/\(small.products[3])", as: small.storekeepers[0])
            #expect(product.json["articles"]?[0]?["article"]?["packSize"] == 10)
            #expect(product.json["articles"]?[0]?["manufacturer"]?.string?.hasPrefix("试验医药公司") == true)
            #expect(product.json["standing"]?["isPermitted"] == false)
            let article = try await web.get("/api/v1/articles/\(small.articles[0])", as: small.seller)
            #expect(article.json["article"]?["product"]?.integer == small.products[0].rawValue)
            #expect(try await web.get("/api/v1/dictionaries", as: small.officer).json["units"]?.elements == [])
        }
    }

    private func escaped(_ text: String) throws -> String {
        try #require(text.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
    }

    private struct EssentialShares: Decodable {
        let shares: [EssentialMedicineShare]
    }

    struct Bad: Sendable {
        let method: String
        let path: String
        let body: String?
        let status: Int
        let code: String
    }

    @Test("bad input is refused with a reason and changes nothing")
    func badInput() async throws {
        try await withWeb { web, small, other in
            let draft = try await drafted(web, small)
            let foreign = try await drafted(web, small, by: other.officer)
            let entries = "\(Self.versions)/\(draft)/entries"
            func entry(_ product: String = "\(small.products[1])", _ levels: String = #"["county"]"#, _ more: String = "")
                -> String
            {
                #"{"entries":[{"product":\#(product),"levels":\#(levels)\#(more)}]}"#
            }
            let cases = [
                Bad(method: "PUT", path: entries, body: "{", status: 400, code: "http.malformed-json"),
                Bad(
                    method: "PUT", path: entries, body: #"{"entries":[],"extra":1}"#, status: 400,
                    code: "http.unknown-field"),
                Bad(method: "PUT", path: entries, body: "{}", status: 400, code: "http.missing-field"),
                Bad(method: "PUT", path: entries, body: entry("1.5"), status: 400, code: "http.wrong-type"),
                Bad(
                    method: "PUT", path: entries, body: entry("99999999999999999999"), status: 400,
                    code: "http.wrong-type"),
                Bad(method: "PUT", path: entries, body: entry("-1"), status: 404, code: "formulary.product-unknown"),
                Bad(method: "PUT", path: entries, body: entry("1", #"["moon"]"#), status: 400, code: "http.wrong-type"),
                Bad(
                    method: "PUT", path: entries, body: entry("1", "[]"), status: 422,
                    code: "formulary.entry-levels-missing"),
                Bad(
                    method: "PUT", path: entries, body: #"{"entries":[]}"#, status: 422, code: "formulary.entries-missing"
                ),
                Bad(
                    method: "PUT", path: entries, body: entry("1", #"["county"]"#, #","daysMax":-3"#), status: 422,
                    code: "formulary.entry-days-out-of-range"),
                Bad(
                    method: "PUT", path: entries, body: entry("1", #"["county"]"#, #","daysMax":9223372036854775807"#),
                    status: 422,
                    code: "formulary.entry-days-out-of-range"),
                Bad(
                    method: "PUT", path: "\(Self.versions)/\(foreign)/entries", body: entry(), status: 404,
                    code: "formulary.version-unknown"),
                Bad(
                    method: "GET", path: "\(Self.versions)/\(foreign)", body: nil, status: 404,
                    code: "formulary.version-unknown"),
                Bad(method: "GET", path: "\(Self.versions)/17", body: nil, status: 400, code: "http.bad-path-id"),
                Bad(
                    method: "DELETE", path: "\(entries)/\(small.products[2])", body: nil, status: 404,
                    code: "formulary.entry-unknown"),
                Bad(
                    method: "POST", path: "\(Self.versions)/\(draft)/publication", body: #"{"validFrom":"2026-02-30"}"#,
                    status: 400,
                    code: "http.wrong-type"),
                Bad(
                    method: "POST", path: "\(Self.versions)/\(draft)/publication", body: #"{"validFrom":"2020-01-01"}"#,
                    status: 422,
                    code: "formulary.valid-from-in-past"),
                Bad(
                    method: "POST", path: Self.versions, body: #"{"note":""}"#, status: 409,
                    code: "formulary.draft-exists"),
                Bad(
                    method: "GET", path: "/api/v1/products/999999", body: nil, status: 404,
                    code: "formulary.product-unknown"),
                Bad(
                    method: "GET", path: "/api/v1/articles/999999", body: nil, status: 404,
                    code: "formulary.article-unknown"),
                Bad(method: "GET", path: "/api/v1/products?kind=stone", body: nil, status: 400, code: "http.bad-query"),
                Bad(method: "GET", path: "/api/v1/products?after=abc", body: nil, status: 400, code: "http.bad-query"),
                Bad(
                    method: "GET", path: "/api/v1/products?after=\(Cursor.encode(["whole", "0", "listed", "x", "1"]))", body: nil,
                    status: 400,
                    code: "http.bad-query"),
                Bad(
                    method: "GET", path: "/api/v1/products?text=\(String(repeating: "a", count: 101))", body: nil,
                    status: 422,
                    code: "formulary.text-too-long"),
                Bad(
                    method: "GET", path: "\(Self.versions)/\(draft)/difference", body: nil, status: 400,
                    code: "http.bad-query"),
            ]
            for bad in cases {
                let answer = try await web.send(bad.method, bad.path, as: small.officer, text: bad.body)
                #expect(answer.status == bad.status && answer.code == bad.code, "\(bad): \(answer.text)")
            }
            #expect(try await web.get("\(Self.versions)/\(draft)", as: small.officer).json["entries"] == 2)
            #expect(try await web.get("\(Self.versions)/\(draft)", as: small.officer).json["status"] == "draft")
        }
    }

    @Test("a published version takes no entries; a repeated request is answered and not done again")
    func statesAndRepeats() async throws {
        try await withWeb { web, small, _ in
            let version = try await published(web, small)
            let path = "\(Self.versions)/\(version)/entries"
            let body = #"{"entries":[{"product":\#(small.products[1]),"levels":["county"]}]}"#
            let late = try await web.send("PUT", path, as: small.officer, text: body)
            #expect(late.status == 409 && late.code == "formulary.version-not-draft")
            let request = UUID()
            let first = try await web.post(Self.versions, ["note": "二"], as: small.officer, requestID: request)
            let again = try await web.post(Self.versions, ["note": "二"], as: small.officer, requestID: request)
            #expect(first.status == 201 && first.text == again.text && again.isReplay)
            let other = try await web.post(Self.versions, ["note": "三"], as: small.officer, requestID: request)
            #expect(other.status == 409 && other.code == "commands.request-id-reused")
        }
    }

    @Test("only the keeper of the formulary changes it")
    func roles() async throws {
        try await withWeb { web, small, _ in
            let storekeeper = try await web.post(Self.versions, ["note": ""], as: small.storekeepers[0])
            #expect(storekeeper.code == "http.forbidden-role")
            let nobody = try await web.post(Self.versions, ["note": ""], as: nil)
            #expect(nobody.code == "http.unauthenticated")
            let body: JSONValue = ["csv": "code,chinese,english,kind\na,b,c,count\n"]
            let seller = try await web.post("/api/v1/catalogue-imports", body, as: small.seller)
            #expect(seller.code == "http.forbidden-role")
        }
    }

    @Test("a catalogue is checked, and imported when it is sound or the caller accepts that rows are left out")
    func imports() async throws {
        try await withWeb { web, small, _ in
            let path = "/api/v1/catalogue-imports"
            let csv: JSONValue = "code,chinese,english,kind\ntablet,片,tablet,count\ncloud,云,cloud,weather\n"
            let checked = try await web.post(path, ["csv": csv], as: small.officer).decoded(as: ImportReport.self)
            #expect(!checked.isApplied && checked.skipped == 1)
            #expect(checked.problems.map(\.line) == [3])
            #expect(checked.problems.map(\.reason) == [.notAChoice])
            #expect(try await web.get("/api/v1/dictionaries", as: small.officer).json["units"]?.elements == [])
            let accepted = try await web.post(path, ["csv": csv, "acceptTheRest": true], as: small.officer)
            #expect(accepted.json["isApplied"] == true && accepted.json["added"] == 1)
            #expect(try await web.get("/api/v1/dictionaries", as: small.officer).json["units"]?[0]?["code"] == "tablet")
            for (text, status, code) in [
                ("a,b\n1,2\n", 422, "formulary.catalog-kind-unknown"), ("", 422, "formulary.catalog-empty"),
                ("code,chinese,english\n1,2,3\n", 422, "formulary.catalog-columns-missing"),
                ("code,chinese,english,kind\n\"1,2\n", 400, "formulary.catalog-quote-open"),
            ] {
                let answer = try await web.post(path, ["csv": .string(text)], as: small.officer)
                #expect(answer.status == status && answer.code == code, "\(answer.text)")
            }
            let large = String(repeating: "x", count: 2 << 20)
            #expect(try await web.post(path, ["csv": .string(large)], as: small.officer).status == 413)
        }
    }
}
