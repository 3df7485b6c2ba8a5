import Dispensing
import FHIR
import Foundation
import Postgres
import Primitives
import TestSupport
import Testing
import Web

@Suite("The national interface, of prescriptions that are kept")
struct NationalReadingsTests {
    @Test("a prescription is told, then its review, then what was handed out")
    func way() async throws {
        try await FHIRWorld.with { world in
            let created = try await world.create(world.request())
            let text = String(try #require(created.json["id"]?.string).prefix(36))
            let id = PrescriptionID(try #require(UUID(uuidString: text)))
            let message = NationalPrescription(try await world.national { try $0.source(id) })
            #expect(message.root["hospRxno"] == "CF-2026-000001" && message.root["valiDays"] == "1")
            #expect(message.visit["patnName"] == "张三" && message.visit["fixmedinsName"] == "县人民医院")
            #expect(message.visit["prscDrName"] == "doctor" && message.drugs[0]["sinDoscnt"] == "2")
            // The catalogue of the test has no insurance codes, and nobody told of the visit.
            #expect(message.missing.contains(MissingNationalField(.drug, "medListCodg", number: 1)))
            #expect(message.missing.contains(MissingNationalField(.visit, "mdtrtId")))
            #expect(try await world.national { try $0.reviewResult(id) } == nil)
            #expect(try await world.national { try $0.dispenseResult(id) } == nil)

            try await world.review(text)
            let review = try #require(try await world.national { try $0.reviewResult(id) })
            #expect(review.node["pharName"] == "pharmacist" && review.node["rxChkStasCodg"] == "1")
            #expect(review.node["rxChkTime"] == "2026-11-21 08:00:00")
            _ = try await world.dispense(text)
            let handedOut = try #require(try await world.national { try $0.dispenseResult(id) })
            #expect(handedOut.root["rxUsedStasCodg"] == "2" && handedOut.root["setlTime"] == "2026-11-21 08:00:00")
            #expect(handedOut.items.map { $0["manuLotnum"] } == ["B1", "B2"] && handedOut.items.map { $0["cnt"] } == ["30", "12"])
            #expect(handedOut.json["seltdelts"]?.elements.count == 2)
            await expectRefusal("fhir.resource-unknown") { try await world.national { try $0.source(PrescriptionID(UUID())) } }
        }
    }

    @Test("a prescription that was sent back is told with the pharmacist's words")
    func sentBack() async throws {
        try await FHIRWorld.with { world in
            let created = try await world.create(world.request())
            let text = String(try #require(created.json["id"]?.string).prefix(36))
            try await world.review(text, ["decision": "send-back", "reason": "剂量偏大"])
            let id = PrescriptionID(try #require(UUID(uuidString: text)))
            let review = try #require(try await world.national { try $0.reviewResult(id) })
            #expect(review.node["rxChkStasCodg"] == "2" && review.node["rxChkOpnn"] == "剂量偏大")
        }
    }
}

extension FHIRWorld {
    /// Reads as the program does.
    func national<Value: Sendable>(_ body: @escaping @Sendable (NationalReadings) throws -> Value) async throws -> Value {
        let id = small.id
        return try await database.read(as: id.tenant) { try body(NationalReadings($0, of: id)) }
    }
}
