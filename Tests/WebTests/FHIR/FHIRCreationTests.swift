import Dispensing
import Foundation
import MedicationRules
import Primitives
import TestSupport
import Testing
import Web

@Suite("Prescribing over FHIR")
struct FHIRCreationTests {
    @Test("a transaction of requests with one groupIdentifier is one prescription")
    func transaction() async throws {
        try await FHIRWorld.with { world in
            let group = #","groupIdentifier":{"system":"urn:his","value":"RX-1"}"#
            let body = world.transaction([
                world.request(product: 1, extra: group + #","identifier":[{"system":"urn:his","value":"a"}]"#),
                world.request(product: 0, extra: group + #","identifier":[{"system":"urn:his","value":"b"}]"#),
            ])
            let answer = try await world.create(body, at: "")
            #expect(answer.status == 200 && answer.json["type"]?.string == "transaction-response", "\(answer.text)")
            let entries = answer.json["entry"]?.elements ?? []
            #expect(entries.map { $0["response"]?["status"]?.string } == ["201 Created", "201 Created"])
            #expect(Set(entries.map { $0["resource"]?["groupIdentifier"]?["value"]?.string }) == ["CF-2026-000001"])
            for name in ["a", "b", "RX-1"] {
                #expect(try await world.get("/MedicationRequest?identifier=urn:his%7C\(name)").found.count == (name == "RX-1" ? 2 : 1), "\(name)")
            }
            let stored = try #require(try await world.get("/MedicationRequest?identifier=b").found.first)
            #expect(stored["medicationReference"]?["reference"]?.string == "Medication/product-\(world.small.products[0])")
            let types = stored["identifier"]?.elements.compactMap { $0["type"]?["coding"]?[0]?["code"]?.string }
            #expect(types == ["FILL", "PGN", "PLAC"])
            let again = try await world.create(body, at: "")
            #expect(again.status == 409 && again.refusal == "fhir.identifier-taken")
        }
    }

    @Test("a repeated request is answered once more and prescribes once")
    func repeats() async throws {
        try await FHIRWorld.with { world in
            let request = UUID()
            let first = try await world.create(world.request(), requestID: request)
            let second = try await world.create(world.request(), requestID: request)
            #expect(second.status == 201 && second.isReplay && second.json == first.json)
            #expect(second.headers["location"] == first.headers["location"])
            let other = try await world.create(world.request(quantity: 21), requestID: request)
            #expect(other.status == 409 && other.refusal == "commands.request-id-reused")
            #expect(try await world.get("/MedicationRequest").found.count == 1)
        }
    }

    @Test("without a Request-Id the sender's identifier keeps a request from being recorded twice")
    func identifiers() async throws {
        try await FHIRWorld.with { world in
            let named = world.request(extra: #","identifier":[{"system":"urn:his","value":"1"}]"#)
            #expect(try await world.create(named, requestID: nil).status == 201)
            #expect(try await world.create(named, requestID: nil).refusal == "fhir.identifier-taken")
            let known = try await world.create(
                named, requestID: nil, headers: ["If-None-Exist": "identifier=urn:his|1"])
            #expect(known.status == 200 && known.json["groupIdentifier"]?["value"]?.string == "CF-2026-000001")
            let new = try await world.create(
                world.request(product: 1, extra: #","identifier":[{"system":"urn:his","value":"2"}]"#), requestID: nil,
                headers: ["If-None-Exist": "identifier=urn:his|2"])
            #expect(new.status == 201)
            #expect(try await world.create(world.request(), requestID: nil).refusal == "fhir.identifier-missing")
            let vague = try await world.create(named, headers: ["If-None-Exist": "colour=white"])
            #expect(vague.refusal == "fhir.parameter-unknown")
            let several = try await world.create(named, headers: ["If-None-Exist": "patient=\(world.patient)"])
            #expect(several.refusal == "fhir.identifier-taken")
        }
    }

    @Test("what is asked is checked by every rule of prescriptions, and refused with its code")
    func rules() async throws {
        try await FHIRWorld.with { world in
            let requested = world.request()
            let unit = requested.replacing(#""code":"tablet""#, with: #""code":"ml""#)
            let cases: [(body: String, status: Int, code: String)] = [
                ("{", 400, "http.malformed-json"),
                (#"{"resourceType":"Patient"}"#, 400, "fhir.element-invalid"),
                (#"{"resourceType":"MedicationRequest","status":"active"}"#, 400, "fhir.element-missing"),
                (requested.replacing(#""status":"active""#, with: #""status":"active","doNotPerform":true"#), 422, "fhir.element-not-supported"),
                (unit, 422, "fhir.element-not-supported"),
                (requested.replacing("product-\(world.small.products[0])", with: "product-999999"), 422, "fhir.medication-unknown"),
                (requested.replacing(#""frequency":3"#, with: #""frequency":9"#), 422, "fhir.frequency-unknown"),
                (requested.replacing(world.patient, with: UUID().uuidString.lowercased()), 404, "dispensing.patient-unknown"),
                (world.request(quantity: 90), 422, "dispensing.quantity-differs"),
                (world.request(quantity: 84).replacing(#""value":7"#, with: #""value":14"#), 422, "dispensing.reason-required"),
                (world.request(extra: #","priority":"stat""#), 422, "dispensing.reason-required"),
                (requested.replacing("product-\(world.small.products[0])", with: "product-\(world.small.products[3])"), 422, "dispensing.product-not-for-this-kind"),
            ]
            for bad in cases {
                let answer = try await world.create(bad.body)
                #expect(answer.status == bad.status && answer.refusal == bad.code, "\(bad.body): \(answer.text)")
            }
            let bundles: [(body: String, code: String)] = [
                (#"{"resourceType":"Bundle","type":"batch"}"#, "fhir.element-not-supported"),
                (#"{"resourceType":"Bundle","type":"transaction"}"#, "fhir.element-missing"),
                (world.transaction([requested]).replacing("POST", with: "PUT"), "fhir.element-not-supported"),
                (world.transaction([requested, requested]), "fhir.element-missing"),
                (
                    world.transaction([
                        world.request(extra: #","groupIdentifier":{"system":"urn:his","value":"1"}"#),
                        world.request(product: 1, extra: #","groupIdentifier":{"system":"urn:his","value":"2"}"#),
                    ]), "fhir.requests-differ"
                ),
            ]
            for bad in bundles {
                let answer = try await world.create(bad.body, at: "")
                #expect(answer.refusal == bad.code, "\(bad.body): \(answer.text)")
            }
            let text = try await world.create(requested, headers: ["Content-Type": "text/plain"])
            #expect(text.status == 415 && text.refusal == "http.unsupported-media-type")
            #expect(try await world.get("/MedicationRequest").found.isEmpty)
        }
    }

    @Test("route, remarks, department, visit, further diagnoses and a waiting patient are kept as they came")
    func content() async throws {
        try await FHIRWorld.with { world in
            let extra = """
                ,"priority":"asap","encounter":{"type":"Encounter","identifier":{"system":"urn:lianyao:visit","value":"V1"}},\
                "extension":[{"url":"urn:lianyao:extension:department","valueCoding":{"system":"urn:lianyao:department",\
                "code":"0301","display":"内科"}},{"url":"urn:lianyao:extension:supply-reason","valueString":"外地就医"}]
                """
            let body = world.request(extra: extra)
                .replacing(#""doseAndRate""#, with: #""additionalInstruction":[{"text":"饭后"}],"route":{"coding":[{"system":"urn:lianyao:route","code":"po"}]},"doseAndRate""#)
                .replacing(#""社区获得性肺炎"}]}]"#, with: #""社区获得性肺炎"}]},{"text":"咳嗽"}]"#)
            let created = try await world.create(body)
            #expect(created.status == 201, "\(created.text)")
            let json = created.json
            #expect(json["priority"]?.string == "asap" && json["encounter"]?["identifier"]?["value"]?.string == "V1")
            #expect(json["reasonCode"]?.elements.map { $0["text"]?.string } == ["社区获得性肺炎", "咳嗽"])
            #expect(json["dosageInstruction"]?[0]?["route"]?["coding"]?[0]?["display"]?.string == "口服")
            #expect(json["dosageInstruction"]?[0]?["additionalInstruction"]?[0]?["text"]?.string == "饭后")
            let facts = json["extension"]?.elements ?? []
            #expect(facts.contains { $0["valueCoding"]?["display"]?.string == "内科" })
            #expect(facts.contains { $0["valueString"]?.string == "外地就医" })
        }
    }

    @Test("a signed request is verified over the canonical content, and told with its signature")
    func signatures() async throws {
        try await FHIRWorld.with { world in
            let signer = try #require(SoftwareSigner(key: SigningKeyID(UUID()), seed: Array(repeating: 3, count: 32)))
            try await world.register(signer)
            let id = UUID()
            let line = PrescriptionLine(
                product: world.small.products[0], quantity: 42, doseText: "2粒", dose: DoseAmount(thousandths: 2_000),
                frequency: try #require(DosingFrequency(code: "tid")), days: 7)
            let patient = try #require(UUID(uuidString: world.patient))
            let issue = IssuePrescription(
                prescription: PrescriptionID(id), patient: PatientID(patient), kind: .ordinary,
                content: PrescriptionContent(diagnosisCode: "J18.9", diagnosis: "社区获得性肺炎", lines: [line]))
            let signature = try signer.signature(of: issue.canonical(by: world.prescriber, at: .ofTests))
            func signed(_ data: String) -> String {
                """
                ,"extension":[{"url":"urn:lianyao:extension:signature","valueSignature":{"type":[{"system":\
                "urn:iso-astm:E1762-95:2013","code":"1.2.840.10065.1.12.1.1"}],"when":"2026-11-21T08:00:00+08:00","who":\
                {"identifier":{"system":"urn:lianyao:signing-key","value":"\(signature.key)"}},"data":"\(data)"}}]
                """
            }
            let other = try await world.create(
                world.request(extra: signed(signature.signature)).replacing("2粒", with: "3粒"), requestID: id)
            #expect(other.status >= 400 && other.refusal == "dispensing.signature-invalid", "\(other.text)")
            let created = try await world.create(world.request(extra: signed(signature.signature)), requestID: id)
            #expect(created.status == 201, "\(created.text)")
            let kept = created.json["extension"]?.elements.compactMap { $0["valueSignature"] }.first
            #expect(kept?["data"]?.string == signature.signature && kept?["when"]?.string == "2026-11-21T08:00:00+08:00")
        }
    }

    @Test("the path of what is refused is told")
    func paths() async throws {
        try await FHIRWorld.with { world in
            let body = world.transaction([world.request(extra: #","groupIdentifier":{"system":"urn:his","value":"1"},"encounter":{"reference":"Encounter/1"}"#)])
            let answer = try await world.create(body, at: "")
            #expect(answer.expression == "Bundle.entry[0].resource.encounter", "\(answer.text)")
        }
    }
}
