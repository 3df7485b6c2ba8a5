import Foundation
import Postgres
import Primitives
import TestSupport
import Testing
import Web

@Suite("What the service tells about itself")
struct ServiceTests {
    @Test("the OpenAPI document has every operation, and every reference of it leads somewhere")
    func openAPI() async throws {
        try await withToys { world in
            let answer = try await world.web.get("/api/v1/openapi.json")
            let document = answer.json
            #expect(document == world.web.server.openAPI)
            #expect(document["openapi"] == "3.1.0")
            let paths = document["paths"]?.members ?? []
            let operations = paths.flatMap { $0.value.members.compactMap { $0.value["operationId"]?.string } }
            #expect(Set(operations) == Set(Toys.endpoints.map(\.operationID)))
            let components = Set(document["components"]?["schemas"]?.members.map(\.name) ?? [])
            let references = Self.references(document)
            #expect(references.count > 20)
            #expect(references.allSatisfy { components.contains(String($0.dropFirst("#/components/schemas/".count))) })
            let add = document["paths"]?["/toys"]?["post"]
            #expect(add?["requestBody"]?["content"]?["application/json"]?["schema"]?["$ref"] == "#/components/schemas/ToyBody")
            #expect(add?["responses"]?["409"]?["description"]?.string?.contains("toys.name-taken") == true)
            #expect(add?["responses"]?["409"]?["description"]?.string?.contains("commands.request-id-reused") == true)
            #expect(add?["parameters"]?.elements.contains { $0["name"] == "Request-Id" && $0["in"] == "header" } == true)
            #expect(document["paths"]?["/toy-sessions"]?["post"]?["security"] == [])
            #expect(document["paths"]?["/toys/{toyID}/closure"]?["post"]?["x-roles"] == ["supervisor"])
        }
    }

    private static func references(_ value: JSONValue) -> [String] {
        switch value {
        case .object(let members):
            members.flatMap { member -> [String] in
                if member.name == "$ref", let target = member.value.string { return [target] }
                return references(member.value)
            }
        case .array(let elements): elements.flatMap(references)
        default: []
        }
    }

    @Test("every operation of the document answers as it says when it is asked with its own example")
    func operationsAnswer() async throws {
        try await withToys(limits: ServiceLimits(requestTimeout: .seconds(2))) { world in
            for operation in world.web.server.table.endpoints {
                let id = "01936f2e-7c00-7000-8000-000000000001"
                let path = "/api/v1\(operation.path)"
                    .replacingOccurrences(of: "{toyID}", with: id).replacingOccurrences(of: "{number}", with: "1")
                let schema = world.web.server.openAPI["paths"]?["\(operation.path)"]?[operation.method.rawValue.lowercased()]
                #expect(schema?["operationId"]?.string == operation.operationID)
                let body = operation.operationID == "toys.add" ? Toys.body : operation.isOpen ? ["password": "x"] : nil
                let answer = try await world.web.send(
                    operation.method.rawValue, path, as: operation.isOpen ? nil : world.officer, text: body?.text())
                #expect(answer.status != 404 || answer.code == "toys.unknown")
            }
        }
    }

    @Test("the documentation page shows every operation, refusal and object, and loads nothing")
    func documentation() async throws {
        try await withToys { world in
            let page = try await world.web.get("/api/docs")
            #expect(page.status == 200)
            #expect(page.headers["content-type"] == "text/html; charset=utf-8")
            for endpoint in Toys.endpoints { #expect(page.text.contains("id=\"\(endpoint.operationID)\"")) }
            for code in HTTPRefusalCode.allCases {
                #expect(page.text.contains("<tr id=\"\(code.rawValue)\">"))
                #expect(page.text.contains(code.meaning.chinese))
            }
            #expect(page.text.contains("<tr id=\"toys.name-taken\">"))
            #expect(page.text.contains("id=\"object-ToyPart\""))
            #expect(page.text.contains("curl -X POST"))
            #expect(!page.text.contains("src="))
            #expect(!page.text.contains("{{"))
        }
    }

    @Test("metrics count every answer and say how long it took")
    func metrics() async throws {
        try await withToys { world in
            for _ in 0..<3 { _ = try await world.web.get("/api/v1/toys", as: world.officer) }
            _ = try await world.web.get("/api/v1/toys")
            _ = try await world.web.get("/nothing/\(UUID())")
            let lines = try await world.web.get("/metrics").text.split(separator: "\n").map(String.init)
            #expect(lines.contains("http_requests_total{operation=\"toys.list\",status=\"200\"} 3"))
            #expect(lines.contains("http_requests_total{operation=\"toys.list\",status=\"401\"} 1"))
            #expect(lines.contains("http_requests_total{operation=\"unmatched\",status=\"404\"} 1"))
            #expect(lines.contains("http_request_duration_seconds_bucket{operation=\"toys.list\",le=\"+Inf\"} 4"))
            #expect(lines.contains("http_request_duration_seconds_count{operation=\"toys.list\"} 4"))
            #expect(lines.contains { $0.hasPrefix("http_request_duration_seconds_bucket{operation=\"toys.list\",le=\"0.005\"}") })
            #expect(lines.contains("database_waiting 0"))
            #expect(lines.contains("database_retries_total{cause=\"deadlock\"} 0"))
            #expect(lines.contains { $0.hasPrefix("database_transaction_seconds_bucket{le=\"+Inf\"} ") })
            #expect(lines.contains { $0.hasPrefix("database_transactions_total{end=\"committed\"} ") && !$0.hasSuffix(" 0") })
            #expect(lines.contains { $0.hasPrefix("process_uptime_seconds ") })
        }
    }

    @Test("alive and ready are two things")
    func health() async throws {
        try await withToys(isReady: { _ in false }) { world in
            let alive = try await world.web.get("/healthz")
            #expect(alive.status == 200)
            let ready = try await world.web.get("/readyz")
            #expect(ready.status == 503)
        }
        try await withToys { world in
            let ready = try await world.web.get("/readyz")
            #expect(ready.json == ["ready": true])
        }
    }

    @Test("every answer forbids what a page of this service never does")
    func safety() async throws {
        try await withToys { world in
            for path in ["/healthz", "/api/docs", "/nothing", "/api/v1/toys"] {
                let answer = try await world.web.get(path)
                #expect(answer.headers["x-content-type-options"] == "nosniff")
                #expect(answer.headers["content-security-policy"]?.hasPrefix("default-src 'self'") == true)
                #expect(answer.headers["cache-control"] == "no-store")
            }
        }
    }

    @Test("a page shows one consortium's rows to anybody; its problems are pages")
    func pages() async throws {
        let pages = [
            PageEndpoint("pages.glance", "/", tenant: { database, _ in try await Self.smallest(in: database) }) { call, transaction in
                let toys = try transaction.first("SELECT count(*) AS n FROM toys.toy") { try $0["n"] as Int }
                return "<p>\(call.today) \(toys ?? -1) \(call.query["q"] ?? "")</p>"
            },
            PageEndpoint("pages.store", "/stores/{storeID:number}", tenant: { _, _ in nil }) { call, _ in
                "<p>\(try call.number("storeID") as StoreID)</p>"
            },
        ]
        try await withToys(pages: pages) { world in
            _ = try await world.web.post("/api/v1/toys", Toys.body, as: world.officer)
            let glance = try await world.web.get("/?q=1")
            #expect(glance.status == 200)
            #expect(glance.text == "<p>2026-11-21 1 1</p>")
            #expect(try await world.web.get("/stores/7").text == "<p>7</p>")
            let wrong = try await world.web.get("/stores/seven")
            #expect(wrong.status == 400)
            #expect(wrong.headers["content-type"] == "text/html; charset=utf-8")
            #expect(wrong.text.contains("http.bad-path-id"))
        }
    }

    private static func smallest(in database: Database) async throws -> Tenant? {
        let id = try await database.read { transaction in
            try transaction.first("SELECT min(consortium_id) AS id FROM parties.consortium") { try $0["id"] as ConsortiumID }
        }
        return id?.tenant
    }

    @Test("two endpoints never share a name or a place")
    func conflicts() async throws {
        let again = Endpoint.reading("toys.again", "/toys/{other}", tag: Toys.tag, summary: Toys.tag) { _, _ in ToyKey(code: "") }
        let named = Endpoint.reading("toys.list", "/elsewhere", tag: Toys.tag, summary: Toys.tag) { _, _ in ToyKey(code: "") }
        let database = Database(DatabaseConfiguration(conninfo: "host=127.0.0.1 port=1", connections: 1))
        for extra in [again, named] {
            await #expect(throws: ConflictingEndpoints.self) {
                try await withServer(Toys.endpoints + [extra], on: database, people: []) { _ in }
            }
        }
        await database.close()
    }
}
