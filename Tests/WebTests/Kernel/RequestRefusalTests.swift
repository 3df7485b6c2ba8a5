import Foundation
import Primitives
import Testing
import Web

@Suite("Requests that are refused before an operation runs")
struct RequestRefusalTests {
    static let someToy = "/api/v1/toys/01936f2e-7c00-7000-8000-000000000001"

    @Test("nobody signed in, an unknown token, and a role too few")
    func callers() async throws {
        try await withToys { world in
            let nobody = try await world.web.get("/api/v1/toys")
            #expect(nobody.status == 401)
            #expect(nobody.code == "http.unauthenticated")
            #expect(nobody.headers["www-authenticate"] == "Bearer")
            let stranger = try await world.web.send("GET", "/api/v1/toys", headers: ["Authorization": "Bearer 0-0"])
            #expect(stranger.code == "http.unauthenticated")
            let basic = try await world.web.send("GET", "/api/v1/toys", headers: ["Authorization": "Basic eDp5"])
            #expect(basic.code == "http.unauthenticated")
            let keeper = try await world.web.post("\(Self.someToy)/closure", as: world.keeper)
            #expect(keeper.status == 403)
            #expect(keeper.code == "http.forbidden-role")
            #expect(try await world.web.post("\(Self.someToy)/closure", as: world.officer).status == 200)
        }
    }

    @Test(
        "queries that are unknown, repeated, of another kind or undecodable",
        arguments: [
            ("colour=red", "colour"), ("open=yes", "open"), ("on=2026-02-30", "on"), ("kind=iron", "kind"), ("limit=0", "limit"),
            ("limit=201", "limit"), ("limit=x", "limit"), ("least=10", "least"), ("open=true&open=true", "open"),
            ("after=nonsense!", "after"), ("after=WyJvbmUiXQ", "after"), ("kind=%00", nil), ("kind=%ff", nil),
        ] as [(String, String?)])
    func queries(query: String, field: String?) async throws {
        try await withToys { world in
            let answer = try await world.web.get("/api/v1/toys?\(query)", as: world.officer)
            #expect(answer.status == 400)
            #expect(answer.code == "http.bad-query")
            #expect(answer.field == field)
        }
    }

    @Test("identifiers in the path that cannot be read")
    func pathIdentifiers() async throws {
        try await withToys { world in
            let places = ["toys/bear", "toy-numbers/seven", "toy-numbers/9223372036854775808", "toy-numbers/07"]
            for path in places {
                let answer = try await world.web.get("/api/v1/\(path)", as: world.officer)
                #expect(answer.status == 400, "\(path)")
                #expect(answer.code == "http.bad-path-id", "\(path)")
            }
            #expect(try await world.web.get("/api/v1/toy-numbers/-7", as: world.officer).json["code"] == "-7")
        }
    }

    @Test("commands without a Request-Id, or with one that is no UUID")
    func requestID() async throws {
        try await withToys { world in
            let none = try await world.web.post("/api/v1/toys", Toys.body, as: world.officer, requestID: nil)
            #expect(none.status == 400)
            #expect(none.code == "http.missing-request-id")
            let bad = try await world.web.send(
                "POST", "/api/v1/toys", as: world.officer, text: Toys.body.text(), headers: ["Request-Id": "seven"])
            #expect(bad.code == "http.missing-request-id")
            #expect(try await world.toys() == 0)
        }
    }

    @Test("paths where nothing stands, and methods that nothing takes")
    func places() async throws {
        try await withToys { world in
            for path in ["/api/v1/toyz", "/api/v2/toys", "/api/v1/toys/", "/api/v1//toys", "/nothing", "/api/v1/toys/%00"] {
                let answer = try await world.web.get(path, as: world.officer)
                #expect(answer.status == 404, "\(path)")
                #expect(answer.code == "http.not-found", "\(path)")
                #expect(answer.headers["content-type"]?.hasPrefix("application/problem+json") == true)
            }
            let patch = try await world.web.send("PATCH", "/api/v1/toys", as: world.officer)
            #expect(patch.status == 405)
            #expect(patch.code == "http.method-not-allowed")
            #expect(patch.headers["allow"] == "GET, HEAD, POST")
            let delete = try await world.web.send("DELETE", "/healthz")
            #expect(delete.headers["allow"] == "GET, HEAD")
            let head = try await world.web.send("HEAD", "/api/v1/toys", as: world.officer)
            #expect(head.status == 200)
            #expect(head.text.isEmpty)
        }
    }

    @Test("heads larger than the server takes")
    func heads() async throws {
        try await withToys(limits: ServiceLimits(headerBytesMax: 2_000)) { world in
            let answer = try await world.web.send(
                "GET", "/api/v1/toys", as: world.officer, headers: ["X-Long": String(repeating: "x", count: 2_000)])
            #expect(answer.status == 431)
            #expect(answer.code == "http.headers-too-large")
        }
    }

    @Test("a problem says what, where and why, and how to find it in the log")
    func problem() async throws {
        try await withToys { world in
            let id = UUID()
            let answer = try await world.web.post("/api/v1/toys", ["name": 7], as: world.officer, requestID: id)
            #expect(answer.headers["content-type"] == "application/problem+json; charset=utf-8")
            #expect(
                answer.json.members.map(\.name) == [
                    "type", "title", "meaning", "status", "code", "detail", "field", "instance", "requestID",
                ])
            #expect(answer.json["type"] == "/api/docs#http.wrong-type")
            #expect(answer.json["instance"] == "/api/v1/toys")
            #expect(answer.json["requestID"]?.string == id.uuidString.lowercased())
            #expect(answer.headers["request-id"] == id.uuidString.lowercased())
        }
    }
}
