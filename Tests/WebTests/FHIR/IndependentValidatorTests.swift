import Foundation
import Primitives
import TestSupport
import Testing
import Web

@Suite("An independent implementation of FHIR R4")
struct IndependentValidatorTests {
    @Test("takes every kind of resource that the running service answers")
    func takesAll() async throws {
        guard FHIRValidator.isThere() else { return }
        try await FHIRWorld.with { world in
            let group = #","groupIdentifier":{"system":"urn:his","value":"RX-1"}"#
            var answers = [
                try await world.create(
                    world.transaction([world.request(extra: group), world.request(product: 1, extra: group)]), at: "")
            ]
            let extra = """
                ,"identifier":[{"system":"urn:his","value":"1"}],"encounter":{"identifier":{"system":"urn:lianyao:visit","value":"V1"}},\
                "extension":[{"url":"urn:lianyao:extension:department","valueCoding":{"display":"内科"}}]
                """
            let routed = world.request(extra: extra).replacing(
                #""doseAndRate""#,
                with: #""additionalInstruction":[{"text":"饭后"}],"route":{"coding":[{"system":"urn:lianyao:route","code":"po"}]},"doseAndRate""#)
            let first = try await world.create(routed)
            let id = try #require(first.json["id"]?.string)
            answers.append(first)
            try await world.review(String(id.prefix(36)))
            let dispensing = try await world.dispense(String(id.prefix(36)))
            answers.append(try await world.create("{}"))
            for path in [
                "/metadata", "/Patient/\(world.patient)", "/Patient?name=%E5%BC%A0", "/Medication/product-\(world.small.products[0])",
                "/Medication/article-\(world.small.articles[0])", "/Medication", "/MedicationRequest/\(id)",
                "/MedicationRequest?patient=\(world.patient)&_count=1", "/MedicationRequest?colour=white", "/MedicationDispense/\(dispensing).1",
                "/MedicationDispense?patient=\(world.patient)", "/Patient", "/MedicationRequest/1", "/Observation", "/MedicationRequest?status=stopped",
            ] {
                answers.append(try await world.get(path))
            }
            let verdicts = try FHIRValidator.verdicts(on: answers.map(\.text))
            for (answer, verdict) in zip(answers, verdicts) { #expect(verdict == "ok", "\(answer.text)") }
            let kinds = Set(answers.compactMap { $0.json["resourceType"]?.string })
            #expect(kinds == [
                "Patient", "Medication", "MedicationRequest", "MedicationDispense", "Bundle", "OperationOutcome", "CapabilityStatement",
            ])
        }
    }

    @Test("refuses what is wrong", arguments: [
        #"{"resourceType":"MedicationRequest","status":"sleeping","intent":"order","medicationReference":{"reference":"Medication/1"},"subject":{"reference":"Patient/1"}}"#,
        #"{"resourceType":"MedicationRequest","status":"active","intent":"order","subject":{"reference":"Patient/1"}}"#,
        #"{"resourceType":"MedicationRequest","status":"active","intent":"order","medicationReference":{"reference":"Medication/1"},"subject":{"reference":"Patient/1"},"authoredOn":"yesterday"}"#,
        #"{"resourceType":"MedicationDispense","status":"completed","medicationReference":{"reference":"Medication/1"},"quantity":{"value":"many"}}"#,
        #"{"resourceType":"Patient","gender":"man"}"#,
        #"{"resourceType":"Patient","age":36}"#,
        #"{"resourceType":"Medication","status":"on the shelf"}"#,
        #"{"resourceType":"Bundle","entry":[]}"#,
        #"{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Patient","gender":"man"}}]}"#,
        #"{"resourceType":"OperationOutcome","issue":[{"severity":"error"}]}"#,
        #"{"resourceType":"Stock"}"#,
    ])
    func refuses(resource: String) throws {
        guard FHIRValidator.isThere() else { return }
        #expect(try FHIRValidator.verdicts(on: [resource]) != ["ok"])
    }
}
