import MedicationRules
import Postgres
import Primitives
import TestSupport
import Testing
import Web

@Suite("Medication rules over HTTP")
struct MedicationRulesRouteTests {
    private func withRules(_ body: @escaping @Sendable (ServedWeb, SmallConsortium) async throws -> Void) async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            try await ShippedRules.put(into: database.owner)
            let people = [small.officer, small.seller] + small.storekeepers
            try await withServer(MedicationRulesRoutes.endpoints, on: database.application, people: people) { web in
                try await body(web, small)
            }
        }
    }

    @Test("the catalogue is read with its edition")
    func catalogue() async throws {
        try await withRules { web, small in
            let path = "/api/v1/medication-rules"
            let editions = try await web.get("\(path)/editions", as: small.officer)
            #expect(editions.json["items"]?[0]?["version"] == .string("2026.1"), "\(editions.text)")
            let all = try await web.get("\(path)/interactions", as: small.officer)
            #expect(all.json["edition"]?["version"] == .string("2026.1") && all.json["items"]?[60] != nil)
            let warfarin = try await web.get("\(path)/interactions?of=warfarin", as: small.storekeepers[0])
            #expect(warfarin.json["items"]?[0]?["code"] == .string("I001") && warfarin.json["items"]?[30] == nil, "\(warfarin.text)")
            #expect(try await web.get("\(path)/interactions?of=nothing", as: small.officer).code == "medication-rules.group-unknown")
            let doses = try await web.get("\(path)/dose-limits?of=metformin", as: small.officer)
            #expect(doses.json["items"]?[0]?["dayMost"] == .string("2.55g") && doses.json["items"]?[2] == nil, "\(doses.text)")
            #expect(try await web.get("\(path)/dose-limits?of=nothing", as: small.officer).code == "medication-rules.group-unknown")
            let allergens = try await web.get("\(path)/allergens", as: small.officer)
            #expect(allergens.json["items"]?[10]?["members"]?[0] != nil, "\(allergens.text)")
            #expect(try await web.get("\(path)/allergens", as: small.seller).status == 403)
        }
    }

    @Test("limits are read and set, with where each comes from")
    func limits() async throws {
        try await withRules { web, small in
            let path = "/api/v1/medication-rules"
            let national = try await web.get("\(path)/limits", as: small.storekeepers[0])
            #expect(national.json["items"]?[0]?["value"] == 5 && national.json["items"]?[0]?["scope"] == .string("national"), "\(national.text)")
            let set = try await web.post(
                "\(path)/limits", JSONValue(parsing: #"{"key":"products-most","value":4,"reason":"药事会决议"}"#), as: small.officer)
            #expect(set.status == 200 && set.json["items"]?[0]?["value"] == 4, "\(set.text)")
            #expect(set.json["items"]?[0]?["scope"] == .string("consortium") && set.json["items"]?[0]?["regionalValue"] == 5)
            let region = try await web.post("\(path)/region", JSONValue(parsing: #"{"region":"150625"}"#), as: small.officer)
            #expect(region.json["region"] == .string("150625"), "\(region.text)")
            let looser = try await web.post(
                "\(path)/limits", JSONValue(parsing: #"{"key":"products-most","value":6,"reason":"x"}"#), as: small.officer)
            #expect(looser.status == 409 && looser.code == "medication-rules.limit-looser", "\(looser.text)")
            let denied = try await web.post(
                "\(path)/limits", JSONValue(parsing: #"{"key":"products-most","value":4,"reason":"x"}"#), as: small.storekeepers[0])
            #expect(denied.status == 403)
        }
    }
}
