import Dispensing
import FHIR
import Foundation
import MedicationRules
import Primitives
import TestSupport
import Testing

@Suite("What a MedicationRequest asks to be prescribed")
struct RequestedPrescriptionTests {
    static let today = Instant.ofTests.businessDay
    static let author = Principal(
        consortium: ConsortiumID(1), person: PersonID(7), name: "李医生", facility: FacilityID(2), company: nil, roles: [.prescriber])

    /// A request as it may come, with some members in the place of its own; `nil` takes one away.
    static func request(_ changes: [(String, JSONValue?)] = []) throws -> R4.MedicationRequest {
        var members: [(String, JSONValue)] = [
            ("resourceType", "MedicationRequest"), ("status", "active"), ("intent", "order"),
            ("medicationReference", ["reference": "Medication/product-3"]),
            ("subject", ["reference": "Patient/01936f2e-7c00-7000-8000-000000000001"]),
            ("reasonCode", [["coding": [["system": "http://hl7.org/fhir/sid/icd-10", "code": "J18.9", "display": "肺炎"]]]]),
            (
                "dosageInstruction",
                [[
                    "text": "2粒", "timing": ["repeat": ["frequency": 3, "period": 1, "periodUnit": "d"]],
                    "doseAndRate": [["doseQuantity": ["value": .number("0.5"), "unit": "粒"]]],
                ]]
            ),
            (
                "dispenseRequest",
                [
                    "quantity": ["value": 21], "expectedSupplyDuration": ["value": 1, "system": "http://unitsofmeasure.org", "code": "wk"],
                ]
            ),
        ]
        for (name, value) in changes {
            members.removeAll { $0.0 == name }
            if let value { members.append((name, value)) }
        }
        return try R4.MedicationRequest(json: .object(members.map { .init($0.0, $0.1) }), at: "MedicationRequest")
    }

    private func read(_ requests: [R4.MedicationRequest]) throws -> RequestedPrescription {
        try RequestedPrescription(requests.map { ($0, "MedicationRequest") }, by: Self.author, on: Self.today)
    }

    @Test("a request is read whole")
    func whole() throws {
        let asked = try read([Self.request([("groupIdentifier", ["system": "urn:his", "value": "R1"])])])
        #expect(asked.kind == .ordinary && asked.diagnoses.map(\.code) == ["J18.9"] && asked.diagnoses[0].name == "肺炎")
        #expect(asked.group?.value == "R1" && asked.validThrough == nil)
        let line = asked.lines[0]
        #expect(line.product == .id(ProductID(3)) && line.quantity == 21 && line.days == 7)
        #expect(line.dose.thousandths == 500 && line.frequency.code == "tid" && line.doseText == "2粒")
    }

    @Test("the kind comes from our code, from urgency or from the course", arguments: [
        ([], .ordinary),
        ([("priority", "urgent")], .emergency),
        ([("courseOfTherapyType", course("continuous"))], .long),
        ([("category", category("psychotropic-2"))], .psychotropicII),
        ([("category", category("emergency")), ("priority", "stat")], .emergency),
    ] as [([(String, JSONValue)], PrescriptionKind)])
    func kinds(changes: [(String, JSONValue)], kind: PrescriptionKind) throws {
        #expect(try read([Self.request(changes.map { ($0.0, $0.1) })]).kind == kind)
    }

    static func course(_ code: String) -> JSONValue {
        ["coding": [["system": "http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy", "code": .string(code)]]]
    }

    static func category(_ code: String) -> JSONValue {
        [["coding": [["system": "urn:lianyao:prescription-kind", "code": .string(code)]]]]
    }

    @Test("what is missing, or would not be kept, is refused by its path", arguments: [
        ("status", nil, "fhir.element-missing", "status"),
        ("status", "completed", "fhir.element-not-supported", "status"),
        ("intent", "plan", "fhir.element-not-supported", "intent"),
        ("subject", nil, "fhir.element-missing", "subject"),
        ("subject", ["reference": "Group/1"], "fhir.element-not-supported", "subject"),
        ("subject", ["reference": "Patient/1"], "fhir.resource-unknown", "subject"),
        ("encounter", ["reference": "Encounter/1"], "fhir.element-not-supported", "encounter"),
        ("authoredOn", "2026-11-20", "fhir.element-not-supported", "authoredOn"),
        ("requester", ["reference": "Practitioner/9"], "fhir.element-not-supported", "requester"),
        ("reasonCode", nil, "fhir.element-missing", "reasonCode"),
        ("reasonCode", [["coding": [["system": "urn:x", "code": "1"]]]], "fhir.element-not-supported", "reasonCode[0].coding"),
        ("category", category("blue"), "fhir.element-not-supported", "category[0]"),
        ("courseOfTherapyType", course("seasonal"), "fhir.element-not-supported", "courseOfTherapyType"),
        (
            "extension", [["url": "urn:lianyao:extension:herbal-doses", "valueString": "7"]], "fhir.element-not-supported",
            "extension[0]"
        ),
        ("extension", [["url": "urn:lianyao:extension:signature", "valueCode": "x"]], "fhir.element-not-supported", "extension[0]"),
        ("extension", [["url": "urn:x", "valueString": "1"]], "fhir.element-not-supported", "extension[0]"),
        ("identifier", [["value": "1"]], "fhir.element-missing", "identifier.system"),
        (
            "identifier", [["system": "urn:lianyao:prescription-line", "value": "1"]], "fhir.element-not-supported", "identifier"
        ),
        ("medicationReference", nil, "fhir.element-missing", "medicationReference"),
        ("medicationReference", ["reference": "Medication/article-1"], "fhir.medication-unknown", "medicationReference"),
        ("dosageInstruction", nil, "fhir.element-missing", "dosageInstruction"),
        ("dosageInstruction", [["text": "1", "doseAndRate": dose]], "fhir.element-missing", "dosageInstruction[0].timing"),
        (
            "dosageInstruction", [["text": "1", "timing": ["code": ["text": "常服"]], "doseAndRate": dose]],
            "fhir.frequency-unknown", "dosageInstruction[0].timing"
        ),
        ("dosageInstruction", [["asNeededBoolean": true, "doseAndRate": dose]], "fhir.element-missing", "dosageInstruction[0].text"),
        ("dispenseRequest", nil, "fhir.element-missing", "dispenseRequest"),
        ("dispenseRequest", supply([("numberOfRepeatsAllowed", 2)]), "fhir.element-not-supported", "dispenseRequest.numberOfRepeatsAllowed"),
        (
            "dispenseRequest", supply([("quantity", ["value": .number("1.5")])]), "fhir.element-invalid",
            "dispenseRequest.quantity.value"
        ),
        (
            "dispenseRequest", supply([("expectedSupplyDuration", ["value": 7, "unit": "天"])]), "fhir.element-not-supported",
            "dispenseRequest.expectedSupplyDuration"
        ),
        (
            "dispenseRequest", supply([("validityPeriod", ["start": "2026-11-20"])]), "fhir.element-not-supported",
            "dispenseRequest.validityPeriod.start"
        ),
    ] as [(String, JSONValue?, String, String)])
    func refusals(name: String, value: JSONValue?, code: String, path: String) async {
        await expectRefusal(code, field: "MedicationRequest.\(path)") { try read([Self.request([(name, value)])]) }
    }

    static let dose: JSONValue = [["doseQuantity": ["value": 1]]]

    static func supply(_ changes: [(String, JSONValue)]) -> JSONValue {
        let plain: [(String, JSONValue)] = [
            ("quantity", ["value": 21]),
            ("expectedSupplyDuration", ["value": 7, "system": "http://unitsofmeasure.org", "code": "d"]),
        ]
        let kept = plain.filter { member in !changes.contains { $0.0 == member.0 } }
        return .object((kept + changes).map { .init($0.0, $0.1) })
    }

    @Test("requests of one prescription agree in what a prescription has once", arguments: [
        ("groupIdentifier", ["system": "urn:his", "value": "R2"], "groupIdentifier"),
        ("subject", ["identifier": ["system": "urn:lianyao:patient-number", "value": "HZ-2026-000001"]], "subject"),
        ("priority", "urgent", "category"),
        ("priority", "asap", "priority"),
        ("encounter", ["identifier": ["system": "urn:lianyao:visit", "value": "1"]], "encounter"),
        ("reasonCode", [["text": "咳嗽"]], "reasonCode"),
        ("dispenseRequest", supply([("validityPeriod", ["end": "2026-11-22"])]), "dispenseRequest.validityPeriod"),
        ("extension", [["url": "urn:lianyao:extension:supply-reason", "valueString": "慢病"]], "extension"),
    ] as [(String, JSONValue, String)])
    func differences(name: String, value: JSONValue, path: String) async throws {
        let group: (String, JSONValue?) = ("groupIdentifier", ["system": "urn:his", "value": "R1"])
        await expectRefusal("fhir.requests-differ", field: "MedicationRequest.\(path)") {
            try read([Self.request([group]), Self.request([group, (name, value)])])
        }
    }

    @Test("several requests without a number in common are refused")
    func withoutGroup() async {
        await expectRefusal("fhir.element-missing", field: "MedicationRequest.groupIdentifier") {
            try read([Self.request(), Self.request()])
        }
    }
}
