import Dispensing
import Foundation
import Primitives
import TestSupport
import Testing
import Web

@Suite("The whole surface")
struct SurfaceTests {
    @Test("every operation of the OpenAPI document is served, and every served operation is in it")
    func documentAndServiceAgree() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let pepper = try #require(ResidentPepper(bytes: Array(repeating: 7, count: 32)))
            let endpoints = Surface.endpoints(pepper: pepper)
            try await withServer(endpoints, on: database.application, people: [small.officer]) { web in
                let document = try await web.get("/api/v1/openapi.json").json
                var described = 0
                for path in document["paths"]?.members ?? [] {
                    for operation in path.value.members where operation.name != "parameters" {
                        described += 1
                        let place = path.name.replacing(/\{[^}]*(ID|id)\}/) { _ in UUID().uuidString }
                        let full = place.hasPrefix("/api/v1") ? place : "/api/v1\(place)"
                        let answer = try await web.send(operation.name.uppercased(), full, as: small.officer, text: "{}")
                        #expect(answer.code != "http.not-found" && answer.code != "http.method-not-allowed", "\(operation.name) \(full)")
                        #expect(answer.status < 500, "\(operation.name) \(full): \(answer.text)")
                    }
                }
                #expect(described == endpoints.count)
                #expect(Set(endpoints.map(\.operationID)).count == endpoints.count)
            }
        }
    }

    @Test("the first page and the documentation are served, also before there is any data")
    func pages() async throws {
        try await withTestDatabase { database in
            let pepper = try #require(ResidentPepper(bytes: Array(repeating: 7, count: 32)))
            let pages = [try GlancePage.endpoint()]
            try await withServer(Surface.endpoints(pepper: pepper), pages: pages, on: database.application, people: []) { web in
                let (page, documentation) = (try await web.get("/"), try await web.get("/api/docs"))
                #expect(page.text.contains("联药") && documentation.text.contains("requisitions.submit"))
            }
            let small = try await SmallConsortium.make(in: database)
            try await withServer([], pages: pages, on: database.application, people: []) { web in
                let page = try await web.get("/?consortium=small")
                #expect(page.status == 200 && page.text.contains("县人民医院") && page.text.contains("一镇卫生院"))
                #expect(!page.text.contains("&lt;") && small.townships.count == 2)
            }
        }
    }
}
