import FHIR
import Foundation
import Primitives
import TestSupport
import Testing

@Suite("Elements of FHIR R4")
struct ElementTests {
    @Test("numbers are read and written as they stand, without rounding", arguments: ["0", "0.5", "0.001", "12", "999999.999"])
    func numbers(text: String) throws {
        let number = try R4.Number(json: .number(text), at: "Quantity.value")
        #expect(number.json.text() == text)
        #expect(R4.Number(thousandths: 500).json.text() == "0.5")
    }

    @Test("what is no plain decimal of three places is refused", arguments: ["-1", "1e3", "0.0005", "1.", "99999999999999"])
    func badNumbers(text: String) async {
        await expectRefusal("fhir.element-invalid", field: "Quantity.value") {
            _ = try R4.Quantity(json: .object([.init("value", .number(text))]), at: "Quantity")
        }
    }

    @Test("moments are written in the time of Asia/Shanghai, days as they are")
    func moments() throws {
        let instant = try #require(Instant("2026-11-20T23:30:00Z"))
        #expect(R4.Moment.instant(instant).text == "2026-11-21T07:30:00+08:00")
        #expect(R4.Moment("2026-11-21T07:30:00+08:00") == .instant(instant))
        #expect(R4.Moment("2026-11-21")?.day == instant.businessDay)
        #expect(R4.Moment("21.11.2026") == nil)
    }

    @Test("every element of a request comes back as it was", arguments: [
        #"{"resourceType":"MedicationRequest","id":"a.1","identifier":[{"system":"urn:x","value":"1"}],"status":"active","intent":"order","medicationReference":{"reference":"Medication/product-1"},"subject":{"reference":"Patient/1"},"authoredOn":"2026-11-21","dosageInstruction":[{"sequence":1,"text":"1片","timing":{"repeat":{"frequency":3,"period":1,"periodUnit":"d"}},"asNeededBoolean":false,"doseAndRate":[{"doseQuantity":{"value":0.5,"unit":"片"}}]}],"dispenseRequest":{"validityPeriod":{"start":"2026-11-21","end":"2026-11-22"},"numberOfRepeatsAllowed":0,"quantity":{"value":21},"expectedSupplyDuration":{"value":7,"unit":"天","system":"http://unitsofmeasure.org","code":"d"}}}"#,
        #"{"resourceType":"Patient","id":"1","identifier":[{"use":"official","system":"urn:oid:1","_value":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/rendered-value","valueString":"1**4"}]}}],"active":true,"name":[{"text":"张三"}],"gender":"male","birthDate":"1990-03-07"}"#,
        #"{"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"urn:uuid:1","resource":{"resourceType":"Medication","id":"product-1","status":"active"},"request":{"method":"POST","url":"Medication"}}]}"#,
    ])
    func roundTrip(text: String) throws {
        let json = try JSONValue(parsing: text)
        #expect(try R4.Resource(json: json, at: "Resource").json == json)
    }

    @Test("what would not be kept is refused by its path", arguments: [
        (#"{"resourceType":"MedicationRequest","doNotPerform":true}"#, "fhir.element-not-supported", "MedicationRequest.doNotPerform"),
        (#"{"resourceType":"MedicationRequest","status":"sleeping"}"#, "fhir.element-invalid", "MedicationRequest.status"),
        (#"{"resourceType":"MedicationRequest","reasonCode":[]}"#, "fhir.element-invalid", "MedicationRequest.reasonCode"),
        (#"{"resourceType":"MedicationRequest","reasonCode":{}}"#, "fhir.element-invalid", "MedicationRequest.reasonCode"),
        (#"{"resourceType":"MedicationRequest","subject":{}}"#, "fhir.element-invalid", "MedicationRequest.subject"),
        (#"{"resourceType":"MedicationRequest","subject":{"reference":""}}"#, "fhir.element-invalid", "MedicationRequest.subject.reference"),
        (
            #"{"resourceType":"MedicationRequest","dosageInstruction":[{"text":"1"},{"timing":{"repeat":{"when":["AC"]}}}]}"#,
            "fhir.element-not-supported", "MedicationRequest.dosageInstruction[1].timing.repeat.when"
        ),
        (#"{"resourceType":"MedicationRequest","authoredOn":"yesterday"}"#, "fhir.element-invalid", "MedicationRequest.authoredOn"),
        (#"{"resourceType":"Patient"}"#, "fhir.element-invalid", "MedicationRequest.resourceType"),
    ] as [(String, String, String)])
    func refusals(text: String, code: String, path: String) async throws {
        let json = try JSONValue(parsing: text)
        await expectRefusal(code, field: path) { _ = try R4.MedicationRequest(json: json, at: "MedicationRequest") }
    }

    @Test("the narrative repeats the rest and is dropped")
    func narrative() throws {
        let json = try JSONValue(parsing: #"{"resourceType":"Patient","text":{"status":"generated","div":"<div/>"},"id":"1"}"#)
        #expect(try R4.Patient(json: json, at: "Patient").json.text() == #"{"resourceType":"Patient","id":"1"}"#)
    }
}
