import Foundation
import Parties
import Primitives
import TestSupport
import Testing
import Web

@Suite("Facilities, stores and companies over HTTP")
struct PartiesRouteTests {
    private func withWeb(_ body: @escaping @Sendable (ServedWeb, SmallConsortium) async throws -> Void) async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            _ = try await SmallConsortium.make(in: database, code: "other")
            let people = [small.officer, small.seller] + small.storekeepers
            try await withServer(PartiesRoutes.endpoints, on: database.application, people: people) { web in
                try await body(web, small)
            }
        }
    }

    @Test("facilities and stores are those of the caller's consortium, page by page")
    func lists() async throws {
        try await withWeb { web, small in
            let first = try await web.get("/api/v1/facilities?limit=2", as: small.seller)
            #expect(try first.decoded(as: PageOf<Facility>.self).items.map(\.id) == [small.hospital, small.townships[0]])
            let cursor = try #require(first.json["next"]?.string)
            let rest = try await web.get("/api/v1/facilities?after=\(cursor)", as: small.seller)
            #expect(try rest.decoded(as: PageOf<Facility>.self).items.map(\.id) == [small.townships[1]])
            let stores = try await web.get("/api/v1/stores?facility=\(small.townships[1])", as: small.storekeepers[0])
            #expect(try stores.decoded(as: PageOf<Store>.self).items.map(\.id) == [small.pharmacies[1]])
            let companies = try await web.get("/api/v1/companies?suppliersOnly=true&limit=1", as: small.officer)
            #expect(companies.json["items"]?[0]?["id"]?.integer == small.supplier.rawValue)
            #expect(companies.json["next"]?.string != nil)
        }
    }

    @Test("a company is registered and its licence recorded, then renewed")
    func registering() async throws {
        try await withWeb { web, small in
            let body: JSONValue = [
                "name": "新供应商有限公司", "creditCode": "91150000999000013R", "isManufacturer": false, "isSupplier": true,
            ]
            let registered = try await web.post("/api/v1/companies", body, as: small.officer)
            #expect(registered.status == 201)
            let company = try #require(registered.json["id"]?.integer)
            func licence(_ through: String) -> JSONValue {
                [
                    "kind": "drug-distribution", "number": "蒙AA1", "validFrom": "2020-01-01",
                    "validThrough": .string(through),
                ]
            }
            let path = "/api/v1/companies/\(company)/licences"
            let lapsed = try await web.post(path, licence("2026-11-20"), as: small.officer)
            #expect(lapsed.status == 201 && lapsed.json["licences"]?[0]?["isValid"] == false)
            let renewed = try await web.post(path, licence("2026-11-21"), as: small.officer)
            #expect(renewed.json["licences"]?.elements.count == 1 && renewed.json["licences"]?[0]?["isValid"] == true)
            let read = try await web.get(path, as: small.seller)
            #expect(read.json["company"]?["creditCode"] == "91150000999000013R")
        }
    }

    @Test("bad input is refused with a reason and changes nothing")
    func badInput() async throws {
        try await withWeb { web, small in
            func company(_ name: String, _ code: String, _ more: String = "") -> String {
                #"{"name":"\#(name)","creditCode":"\#(code)","isManufacturer":false,"isSupplier":true\#(more)}"#
            }
            func licence(_ number: String, _ from: String, _ through: String, kind: String = "drug-distribution")
                -> String
            {
                #"{"kind":"\#(kind)","number":"\#(number)","validFrom":"\#(from)","validThrough":"\#(through)"}"#
            }
            let first = try await web.send(
                "POST", "/api/v1/companies", as: small.officer, text: company("甲公司", "91150000999000013R"))
            #expect(first.status == 201)
            let companies = "/api/v1/companies"
            let licences = "/api/v1/companies/\(small.supplier)/licences"
            let cases: [(String, String, Int, String)] = [
                (companies, "{", 400, "http.malformed-json"),
                (companies, company("甲", "", #","x":1"#), 400, "http.unknown-field"),
                (companies, #"{"name":"甲"}"#, 400, "http.missing-field"),
                (companies, company(" ", "91150000999000021L"), 400, "http.missing-field"),
                (companies, company("乙公司", "91150000999000014R"), 422, "parties.credit-code-invalid"),
                (companies, company("乙公司", "91150000999000013R"), 422, "parties.credit-code-invalid"),
                (licences, licence("A", "2026-02-30", "2027-01-01"), 400, "http.wrong-type"),
                (licences, licence("A", "2026-01-02", "2026-01-01"), 422, "parties.licence-period-invalid"),
                (licences, licence("", "2026-01-01", "2026-01-01"), 400, "http.missing-field"),
                (licences, licence("A", "2026-01-01", "2026-01-01", kind: "fishing"), 400, "http.wrong-type"),
                (
                    "/api/v1/companies/999999/licences", licence("A", "2026-01-01", "2026-01-01"), 404,
                    "parties.company-unknown"
                ),
                ("/api/v1/companies/x/licences", licence("A", "2026-01-01", "2026-01-01"), 400, "http.bad-path-id"),
            ]
            for (path, body, status, code) in cases {
                let answer = try await web.send("POST", path, as: small.officer, text: body)
                #expect(answer.status == status && answer.code == code, "\(path) \(body): \(answer.text)")
            }
            #expect(try await web.get(licences, as: small.officer).json["licences"]?.elements.count == 2)
            let storekeeper = try await web.send("POST", companies, as: small.storekeepers[0], text: company("丙", ""))
            #expect(storekeeper.code == "http.forbidden-role")
            let request = UUID()
            let body = company("丁公司", "91150000999000021L")
            let once = try await web.send("POST", companies, as: small.officer, text: body, requestID: request)
            let twice = try await web.send("POST", companies, as: small.officer, text: body, requestID: request)
            #expect(once.text == twice.text && twice.isReplay)
            let reused = try await web.send(
                "POST", companies, as: small.officer, text: company("戊公司", "91150000999000021L"), requestID: request)
            #expect(reused.code == "commands.request-id-reused")
        }
    }

    @Test("a facility is located and a distance told, by those who may")
    func places() async throws {
        try await withWeb { web, small in
            let facility = "/api/v1/facilities/\(small.townships[0])"
            func put(_ path: String, _ body: String, as person: Principal? = nil) async throws -> Answer {
                try await web.send("PUT", "\(facility)/\(path)", as: person ?? small.officer, text: body)
            }
            let place = #"{"location":{"latitude":39800000,"longitude":108700000}}"#
            let located = try await put("location", place)
            #expect(located.json["location"]?["latitude"] == 39_800_000)
            #expect(try await put("location", place, as: small.storekeepers[0]).code == "http.forbidden-role")
            let nowhere = #"{"location":{"latitude":90000001,"longitude":0}}"#
            #expect(try await put("location", nowhere).code == "parties.location-invalid")
            #expect(try await put("location", "{}").json["location"] == nil)
            #expect(try await put("distances/\(small.townships[1])", #"{"metres":12000}"#).status == 200)
            #expect(try await put("distances/\(small.townships[0])", #"{"metres":12000}"#).code == "parties.distance-invalid")
            #expect(try await put("distances/999", "{}").code == "parties.facility-unknown")
        }
    }
}
