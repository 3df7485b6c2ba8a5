import Formulary
import Foundation
import Postgres
import Primitives
import TestSupport
import Testing
import Web

@Suite("editions of catalogues over HTTP")
struct EditionRouteTests {
    private static let path = "/api/v1/catalogue-editions"

    private func withWeb(_ body: @escaping @Sendable (ServedWeb, SmallConsortium) async throws -> Void) async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            try await withServer(
                FormularyRoutes.endpoints, on: database.application, people: [small.officer, small.seller]
            ) { web in try await body(web, small) }
        }
    }

    /// A file of the consortium's articles: number, pack, price.
    private static func csv(_ rows: (Int, Int, String)...) -> JSONValue {
        let lines = rows.map { ",T-small-\($0.0),,试验医药公司 small,,,,\($0.1),盒,\($0.1)/盒,\($0.2)" }
        return .string(([CatalogKind.articles.columns.joined(separator: ",")] + lines).joined(separator: "\n"))
    }

    private func proposed(_ web: ServedWeb, _ label: String, _ csv: JSONValue, by person: Principal) async throws -> String {
        let answer = try await web.post(
            Self.path, ["catalogue": "省目录", "label": .string(label), "csv": csv], as: person)
        #expect(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["edition"]?["id"]?.string)
    }

    @Test("an edition is compared, looked at by pages, accepted, and told in the history of its articles")
    func mainPath() async throws {
        try await withWeb { web, small in
            let first = try await proposed(web, "1", Self.csv((0, 28, "12.50"), (1, 30, "12.50")), by: small.officer)
            let accepted = try await web.post("\(Self.path)/\(first)/acceptance", [:], as: small.officer)
            #expect(accepted.json["status"] == "accepted" && accepted.json["counts"]?["listed"] == 2)

            let second = try await proposed(web, "2", Self.csv((0, 28, "10.00"), (2, 50, "3.00")), by: small.officer)
            let page = try await web.get("\(Self.path)/\(second)/changes?limit=2", as: small.seller)
            let items = try page.decoded(as: PageOf<EditionChange>.self).items
            #expect(items.map(\.change) == [.changed, .withdrawn])
            #expect(items.first?.pricePercent == -20)
            let cursor = try #require(page.json["next"]?.string)
            let rest = try await web.get("\(Self.path)/\(second)/changes?limit=2&after=\(cursor)", as: small.seller)
            #expect(try rest.decoded(as: PageOf<EditionChange>.self).items.map(\.change) == [.added])
            let priced = try await web.get("\(Self.path)/\(second)/changes?priceOnly=true", as: small.officer)
            #expect(priced.json["items"]?.elements.count == 1)
            let gone = try await web.get("\(Self.path)/\(second)/changes?change=withdrawn", as: small.officer)
            #expect(gone.json["items"]?[0]?["article"]?.integer == small.articles[1].rawValue)

            let article = "/api/v1/articles/\(small.articles[1])"
            #expect(try await web.get(article, as: small.officer).json["article"]?["withdrawnOn"]?.string == nil)
            #expect(try await web.post("\(Self.path)/\(second)/acceptance", [:], as: small.officer).status == 200)
            #expect(
                try await web.get(article, as: small.officer).json["article"]?["withdrawnOn"]
                    == .string("\(Instant.ofTests.businessDay)"))
            let history = try await web.get("\(article)/history", as: small.seller)
            #expect(history.json["statements"]?.elements.compactMap { $0["change"]?["change"]?.string } == ["withdrawn", "listed"])
            let editions = try await web.get("\(Self.path)?limit=1&catalogue=%E7%9C%81%E7%9B%AE%E5%BD%95", as: small.seller)
            #expect(editions.json["items"]?[0]?["label"] == "2" && editions.json["next"]?.string != nil)
            #expect(try await web.get("\(Self.path)/\(first)", as: small.seller).json["number"] == 1)
        }
    }

    @Test("an edition is refused with a reason, and one that is put aside changes nothing")
    func refusals() async throws {
        try await withWeb { web, small in
            let csv = Self.csv((0, 28, "10.00"))
            let edition = try await proposed(web, "1", csv, by: small.officer)
            let seller = try await web.post("\(Self.path)/\(edition)/acceptance", [:], as: small.seller)
            #expect(seller.code == "http.forbidden-role")
            let discarded = try await web.post("\(Self.path)/\(edition)/discarding", as: small.officer)
            #expect(discarded.json["status"] == "discarded")
            let late = try await web.post("\(Self.path)/\(edition)/acceptance", [:], as: small.officer)
            #expect(late.status == 409 && late.code == "formulary.edition-not-proposed")
            let bad: [(JSONValue, Int, String)] = [
                (["catalogue": " ", "label": "1", "csv": csv], 422, "formulary.edition-name-missing"),
                (
                    ["catalogue": "省", "label": "1", "csv": "code,chinese,english,kind\na,b,c,count\n"], 422,
                    "formulary.edition-not-of-articles"
                ),
                (["catalogue": "省", "label": "1", "csv": "PK\u{3}\u{4}"], 400, "formulary.catalog-spreadsheet"),
                (["catalogue": "省", "label": "1", "csv": csv, "fillDown": ["x"]], 422, "formulary.catalog-columns-unknown"),
            ]
            for (body, status, code) in bad {
                let answer = try await web.post(Self.path, body, as: small.officer)
                #expect(answer.status == status && answer.code == code, "\(answer.text)")
            }
            let unknown = try await web.get("\(Self.path)/\(UUID().uuidString.lowercased())", as: small.officer)
            #expect(unknown.status == 404 && unknown.code == "formulary.edition-unknown")
            let article = try await web.get("/api/v1/articles/\(small.articles[0])", as: small.officer)
            #expect(article.json["article"]?["referencePrice"] == "12.50")
        }
    }
}
