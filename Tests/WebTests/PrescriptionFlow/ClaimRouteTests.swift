import Foundation
import Primitives
import TestSupport
import Testing
import Web

@Suite("Claims over HTTP")
struct ClaimRouteTests {
    @Test("a prescription is claimed, renewed, passed on and released; the store sees what it holds")
    func mainPath() async throws {
        try await FlowWeb.with { flow in
            let id = try await flow.approved()
            let (near, far) = (flow.small.pharmacies[0], flow.small.pharmacies[1])
            let claim = try await flow.send("/prescriptions/\(id)/claims", #"{"store":\#(near)}"#, as: flow.here)
            #expect(claim.status == 201 && claim.json["expiresAt"]?.string == "2026-11-21T00:30:00Z")
            let first = try #require(claim.json["id"]?.string)
            let second = try await flow.send("/prescriptions/\(id)/claims", #"{"store":\#(far)}"#, as: flow.there)
            #expect(second.status == 409 && second.code == "dispensing.claimed-elsewhere")
            #expect(try await flow.post("/claims/\(first)/renewal", as: flow.here).status == 200)
            #expect(try await flow.get("/stores/\(near)/claims", as: flow.here).json["items"]?[0]?["id"]?.string == first)
            #expect(try await flow.get("/stores/\(near)/claims", as: flow.there).code == "identity.other-facility")
            let passed = try await flow.send("/claims/\(first)/transfer", #"{"store":\#(far)}"#, as: flow.here)
            #expect(passed.status == 201 && passed.json["passedOnBy"]?.string == first)
            let next = try #require(passed.json["id"]?.string)
            #expect(try await flow.post("/claims/\(next)/release", as: flow.there).json["endedHow"]?.string == "released")
            #expect(try await flow.post("/claims/\(next)/release", as: flow.there).code == "dispensing.claim-ended")
            let history = try await flow.get("/prescriptions/\(id)/claims", as: flow.pharmacist)
            #expect(history.json["items"]?.elements.map { $0["endedHow"]?.string } == ["transferred", "released"])
        }
    }

    @Test("the time of a claim is read by all and set by a supervisor")
    func time() async throws {
        try await FlowWeb.with { flow in
            #expect(try await flow.get("/claim-time", as: flow.here).json["minutes"] == 30)
            #expect(try await flow.put("/claim-time", #"{"minutes":10}"#, as: flow.here).code == "http.forbidden-role")
            #expect(try await flow.put("/claim-time", #"{"minutes":0}"#, as: flow.small.officer).code == "dispensing.claim-time-invalid")
            #expect(try await flow.put("/claim-time", #"{"minutes":10}"#, as: flow.small.officer).status == 200)
            let id = try await flow.approved()
            let claim = try await flow.send("/prescriptions/\(id)/claims", #"{"store":\#(flow.small.pharmacies[0])}"#, as: flow.here)
            #expect(claim.json["expiresAt"]?.string == "2026-11-21T00:10:00Z")
        }
    }

    @Test("bad input is refused with a reason")
    func refusals() async throws {
        try await FlowWeb.with { flow in
            let id = try await flow.approved()
            let unknown = UUID()
            let cases: [(path: String, body: String, person: Principal, status: Int, code: String)] = [
                ("/prescriptions/\(id)/claims", "{}", flow.here, 400, "http.missing-field"),
                ("/prescriptions/\(id)/claims", #"{"store":1.5}"#, flow.here, 400, "http.wrong-type"),
                ("/prescriptions/x/claims", #"{"store":\#(flow.small.pharmacies[0])}"#, flow.here, 400, "http.bad-path-id"),
                (
                    "/prescriptions/\(unknown)/claims", #"{"store":\#(flow.small.pharmacies[0])}"#, flow.here, 404,
                    "dispensing.prescription-unknown"
                ),
                ("/prescriptions/\(id)/claims", #"{"store":999}"#, flow.here, 404, "parties.store-unknown"),
                (
                    "/prescriptions/\(id)/claims", #"{"store":\#(flow.small.pharmacies[1])}"#, flow.here, 403,
                    "identity.other-facility"
                ),
                (
                    "/prescriptions/\(id)/claims", #"{"store":\#(flow.small.centralStore)}"#, flow.small.officer, 422,
                    "dispensing.store-serves-no-patients"
                ),
                (
                    "/prescriptions/\(id)/claims", #"{"store":\#(flow.small.pharmacies[0])}"#, flow.prescriber, 403,
                    "http.forbidden-role"
                ),
                ("/claims/\(unknown)/transfer", #"{"store":1}"#, flow.here, 404, "dispensing.claim-unknown"),
            ]
            for bad in cases {
                let answer = try await flow.send(bad.path, bad.body, as: bad.person)
                #expect(answer.status == bad.status && answer.code == bad.code, "\(bad.path) \(bad.body): \(answer.text)")
            }
            #expect(try await flow.get("/prescriptions/\(id)/claims", as: flow.other.officer).status == 404)
        }
    }
}
