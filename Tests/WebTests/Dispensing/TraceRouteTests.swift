import Dispensing
import Foundation
import Primitives
import StockLedger
import TestSupport
import Testing
import Web

@Suite("Boxes, packs and preparations over HTTP")
struct TraceRouteTests {
    private static let codes = ["83857930000000000001", "83857930000000000002"]

    @Test("boxes are recorded, asked for, handed out once and looked up; a pack is opened, listed and discarded")
    func boxes() async throws {
        try await DispensingRouteTests().withWorld { world in
            let (store, officer) = (world.small.pharmacies[0], world.small.officer)
            func put(_ path: String, _ body: String, as person: Principal) async throws -> Answer {
                try await world.web.send("PUT", "/api/v1\(path)", as: person, text: body)
            }
            let prefix = #"{"article":\#(world.small.articles[0]),"level":1}"#
            #expect(try await put("/trace-prefixes/8385793", prefix, as: officer).status == 200)
            #expect(try await put("/trace-prefixes/838579", prefix, as: officer).code == "dispensing.trace-code-invalid")
            let other = #"{"article":\#(world.small.articles[1]),"level":1}"#
            #expect(try await put("/trace-prefixes/8385793", other, as: officer).code == "dispensing.trace-prefix-taken")
            #expect(try await put("/trace-prefixes/8385793", prefix, as: world.dispenser).code == "http.forbidden-role")
            #expect(
                try await put("/trace-prefixes/8385799", #"{"article":999999,"level":1}"#, as: officer).code
                    == "formulary.article-unknown")
            let policy = #"{"scanning":"required","validFrom":"2026-01-01"}"#
            #expect(try await world.send("/trace-policies", policy, as: officer).status == 201)
            let batch = try await world.web.get("/api/v1/stores/\(store)/dispensings", as: world.dispenser)
            #expect(batch.status == 200)

            let id = try await world.approved()
            let path = "/prescriptions/\(id)/dispensing"
            #expect(try await world.send(path, world.dispensing(), as: world.dispenser).code == "dispensing.trace-codes-missing")
            func scanned(_ codes: [String]) -> String {
                let scans = codes.map { #"{"code":"\#($0)"}"# }.joined(separator: ",")
                return String(world.dispensing().dropLast()) + #","scans":[\#(scans)]}"#
            }
            let wrong = try await world.send(path, scanned(["6924561884074"]), as: world.dispenser)
            #expect(wrong.code == "dispensing.trace-code-invalid" && wrong.field == "scans[0].code")
            // A hundred are three packs and sixteen loose: the loose ones give what is less than a pack, and have no box.
            let tooMany = try await world.send(path, scanned(Self.codes), as: world.dispenser)
            #expect(tooMany.status == 422 && tooMany.code == "dispensing.trace-codes-too-many")
            let handed = try await world.send(path, scanned([Self.codes[0]]), as: world.dispenser)
            #expect(handed.status == 201 && handed.json["lines"]?[0]?["codes"]?[0]?["isSplit"] == false, "\(handed.text)")
            let again = try await world.send(
                "/prescriptions/\(try await world.approved())/dispensing", scanned([Self.codes[0]]), as: world.dispenser)
            #expect(again.status == 409 && again.code == "dispensing.trace-code-dispensed")

            let found = try await world.web.get("/api/v1/trace-codes?code=\(Self.codes[0])", as: world.dispenser)
            #expect(found.json["items"]?[0]?["state"]?.string == "dispensed")
            #expect(
                try await world.web.get("/api/v1/trace-codes?code=1", as: world.dispenser).code == "dispensing.trace-code-invalid")
            let boxed = try #require(found.json["items"]?[0]?["batch"])
            func record(_ code: String, as person: Principal) async throws -> Answer {
                try await world.send(
                    "/stores/\(store)/trace-codes", #"{"batch":\#(boxed.text()),"codes":["\#(code)"]}"#, as: person)
            }
            let recorded = try await record("83857930000000000003", as: world.dispenser)
            #expect(recorded.status == 201 && recorded.json["recorded"] == 1)
            #expect(try await record(Self.codes[0], as: world.dispenser).code == "dispensing.trace-code-dispensed")
            #expect(
                try await record("83857930000000000004", as: world.small.storekeepers[1]).code == "identity.other-facility")

            let open = try await world.web.get("/api/v1/stores/\(store)/opened-packs", as: world.dispenser)
            #expect(open.json["items"]?[0]?["remaining"] == 2 && open.json["items"]?[0]?["isFound"] == true)
            let pack = try #require(open.json["items"]?[0]?["id"]?.text())
            let log = try await world.web.get("/api/v1/opened-packs/\(pack)", as: officer)
            #expect(log.json["uses"]?[0]?["quantity"] == 14)
            #expect(try await world.web.get("/api/v1/opened-packs/999999", as: officer).code == "dispensing.pack-unknown")
            let discard = "/opened-packs/\(pack)/discarding"
            #expect(
                try await world.send(discard, #"{"reason":""}"#, as: world.dispenser).code == "dispensing.reason-required")
            let closed = try await world.send(discard, #"{"reason":"受潮"}"#, as: world.dispenser)
            #expect(closed.status == 200 && closed.json["closing"]?.string == "discarded")
            #expect(try await world.send(discard, #"{"reason":"受潮"}"#, as: world.dispenser).code == "dispensing.pack-changed")
        }
    }

    @Test("where two people hand out, one prepares and another checks")
    func preparations() async throws {
        try await DispensingRouteTests().withWorld { world in
            let facility = world.small.townships[0]
            let declared = try await world.web.send(
                "PUT", "/api/v1/facilities/\(facility)/two-persons", as: world.small.officer, text: #"{"hasTwoPersons":true}"#)
            #expect(declared.status == 200)
            let id = try await world.approved()
            let alone = try await world.send("/prescriptions/\(id)/dispensing", world.dispensing(), as: world.dispenser)
            #expect(alone.status == 403 && alone.code == "dispensing.second-person-required")
            let body = #"{"store":\#(world.small.pharmacies[0]),"lines":[{"line":1,"quantity":28}]}"#
            let prepared = try await world.send("/prescriptions/\(id)/preparations", body, as: world.dispenser)
            #expect(prepared.status == 201 && prepared.json["proposed"]?[0]?["batchNumber"]?.string == "B1")
            let preparation = try #require(prepared.json["id"]?.string)
            func handOut(_ preparation: String) async throws -> Answer {
                let body = String(world.dispensing().dropLast()) + #","preparation":"\#(preparation)"}"#
                return try await world.send("/prescriptions/\(id)/dispensing", body, as: world.dispenser)
            }
            #expect(try await handOut(preparation).code == "dispensing.second-person-required")
            #expect(try await handOut(UUID().uuidString).code == "dispensing.preparation-unknown")
            let foreign = try await world.send(
                "/prescriptions/\(id)/preparations", body, as: world.small.storekeepers[1])
            #expect(foreign.code == "identity.other-facility")
        }
    }
}
