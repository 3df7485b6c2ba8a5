import Dispensing
import Foundation
import Primitives
import TestSupport
import Testing
import Web

@Suite("Patients' facts, signatures and the review queue over HTTP")
struct ReviewRouteTests {
    typealias World = DispensingRouteTests.World

    @Test("weight, allergies and family doctor are recorded and read")
    func facts() async throws {
        try await DispensingRouteTests().withWorld { world in
            let patient = "/patients/\(world.patient)"
            let weighed = try await world.send("\(patient)/weights", #"{"grams":60500}"#, as: world.dispenser)
            #expect(weighed.status == 201 && weighed.json["weight"]?["grams"] == 60500 && weighed.json["age"]?["years"] == 36)
            let allergy = UUID()
            let allergic = try await world.send(
                "\(patient)/allergies", #"{"allergy":"\#(allergy)","name":"青霉素","severity":"severe"}"#, as: world.pharmacist)
            #expect(allergic.json["allergies"]?[0]?["name"]?.string == "青霉素")
            let contract = """
                {"facility":\(world.small.hospital),"doctor":\(world.prescriber.person),"validFrom":"2026-01-01",\
                "validThrough":"2026-12-31"}
                """
            let signed = try await world.send("\(patient)/family-doctor", contract, as: world.prescriber)
            #expect(signed.json["familyDoctor"]?["validThrough"]?.string == "2026-12-31")
            let read = try await world.web.get("/api/v1\(patient)/facts", as: world.dispenser)
            #expect(read.text == signed.text)
            let withdrawn = try await world.send(
                "\(patient)/allergies/\(allergy)/withdrawal", #"{"reason":"误记"}"#, as: world.pharmacist)
            #expect(withdrawn.json["allergies"]?[0] == nil)
            let cases: [(path: String, body: String, status: Int, code: String)] = [
                ("\(patient)/weights", #"{"grams":10}"#, 422, "dispensing.patient-details-invalid"),
                ("\(patient)/weights", #"{"grams":1.5}"#, 400, "http.wrong-type"),
                ("\(patient)/allergies", #"{"name":""}"#, 422, "dispensing.patient-details-invalid"),
                ("\(patient)/allergies/\(UUID())/withdrawal", #"{"reason":"x"}"#, 404, "dispensing.allergy-unknown"),
                ("/patients/\(UUID())/weights", #"{"grams":60000}"#, 404, "dispensing.patient-unknown"),
            ]
            for bad in cases {
                let answer = try await world.send(bad.path, bad.body, as: world.pharmacist)
                #expect(answer.status == bad.status && answer.code == bad.code, "\(bad.path): \(answer.text)")
            }
        }
    }

    @Test("what is asked about content beyond products is written and read, and refused where it is wrong")
    func content() async throws {
        try await DispensingRouteTests().withWorld { world in
            let rich = """
                ,"diagnosisCode":"J18.9","otherDiagnoses":[{"code":"I10.x00","name":"高血压"}],\
                "department":{"code":"0301","name":"呼吸内科"},"encounter":{"visitID":"M1","pregnancyWeeks":12}
                """
            let issued = try await world.send(
                "/prescriptions", world.prescription(world.content(extra: rich)), as: world.prescriber)
            #expect(issued.status == 201 && issued.json["content"]?["otherDiagnoses"]?[0]?["code"]?.string == "I10.x00")
            #expect(issued.json["content"]?["encounter"]?["pregnancyWeeks"] == 12)
            for (extra, code) in [
                (#","diagnosisCode":"x""#, "dispensing.diagnosis-code-invalid"),
                (#","encounter":{"pregnancyWeeks":46}"#, "dispensing.encounter-invalid"),
                (#","herbal":{"doses":7,"method":"水煎服"}"#, "dispensing.herbal-directions-missing"),
            ] {
                let answer = try await world.send(
                    "/prescriptions", world.prescription(world.content(extra: extra)), as: world.prescriber)
                #expect(answer.status == 422 && answer.code == code, "\(answer.text)")
            }
            let body = #"{"patient":"\#(world.patient)","kind":"ordinary","content":\#(world.content(quantity: "43"))}"#
            let checked = try await world.send("/prescription-checks", body, as: world.prescriber)
            #expect(checked.status == 200 && checked.json["gravest"]?.string == "block" && checked.json["quantities"]?[0] == 42)
            #expect(checked.json["findings"]?[1]?["rule"]?.string == "prescription.quantity")
        }
    }

    /// What the prescriber signs, signed.
    private func sign(_ body: String, by signer: SoftwareSigner, _ world: World) async throws -> String {
        let prepared = try await world.send("/prescriptions/canonical", body, as: world.prescriber)
        let bytes = try #require(prepared.json["bytes"]?.string.flatMap { Data(base64Encoded: $0) }, "\(prepared.text)")
        #expect(prepared.json["text"]?.string == String(decoding: bytes, as: UTF8.self))
        let signedAt = try #require(prepared.json["signedAt"]?.string)
        return #"{"key":"\#(signer.key)","signedAt":"\#(signedAt)","signature":"\#(try signer.sign(Array(bytes)))"}"#
    }

    @Test("a prescriber registers a key, signs what the server prepares, amends, and revokes the key")
    func signatures() async throws {
        try await DispensingRouteTests().withWorld { world in
            let practice = #"{"requiresSignatures":true,"requiresQualifiedReviewers":false,"roundsUpToPacks":false,"holdMinutes":10,"holdsMax":1}"#
            let declared = try await world.web.send("PUT", "/api/v1/prescription-practice", as: world.small.officer, text: practice)
            #expect(declared.status == 200)
            let read = try await world.web.get("/api/v1/prescription-practice", as: world.pharmacist)
            #expect(read.text == declared.text)
            let unsigned = try await world.send("/prescriptions", world.prescription(), as: world.prescriber)
            #expect(unsigned.status == 422 && unsigned.code == "dispensing.signature-missing")

            let signer = try #require(SoftwareSigner(key: SigningKeyID(UUID()), seed: Array(repeating: 5, count: 32)))
            let registration = try signer.registration(of: world.prescriber.person, in: world.small.id)
            func key(_ proof: String) -> String {
                #"{"key":"\#(signer.key)","algorithm":"ed25519","publicKey":"\#(signer.publicKey)","proof":"\#(proof)"}"#
            }
            let unproven = try await world.send("/signing-keys", key("AAAA"), as: world.prescriber)
            #expect(unproven.code == "dispensing.key-proof-invalid")
            #expect(try await world.send("/signing-keys", key(registration.proof), as: world.prescriber).status == 201)
            let keys = try await world.web.get("/api/v1/signing-keys?person=\(world.prescriber.person)", as: world.pharmacist)
            #expect(keys.json["items"]?[0]?["id"]?.string == signer.key.description)

            let id = UUID().uuidString
            let draft = #""prescription":"\#(id)","patient":"\#(world.patient)","kind":"ordinary","content":\#(world.content())"#
            let signature = try await sign("{\(draft)}", by: signer, world)
            let issued = try await world.send("/prescriptions", #"{\#(draft),"signature":\#(signature)}"#, as: world.prescriber)
            #expect(issued.status == 201, "\(issued.text)")
            let canonical = try await world.web.get("/api/v1/prescriptions/\(id)/canonical", as: world.dispenser)
            #expect(canonical.json["key"]?["publicKey"]?.string == signer.publicKey)
            #expect(canonical.json["text"]?.string?.contains(#""version":1"#) == true)

            let amendment = world.content(quantity: "21", dose: 1)
            let second = try await sign(#"{"prescription":"\#(id)","content":\#(amendment)}"#, by: signer, world)
            let amended = try await world.send(
                "/prescriptions/\(id)/amendment", #"{"signature":\#(second),\#(amendment.dropFirst())"#, as: world.prescriber)
            #expect(amended.json["version"] == 2, "\(amended.text)")
            let replayed = try await world.send(
                "/prescriptions/\(id)/amendment", #"{"signature":\#(second),\#(amendment.dropFirst())"#, as: world.prescriber)
            #expect(replayed.status == 422 && replayed.code == "dispensing.signature-invalid")
            #expect(try await world.send("/prescriptions/\(id)/review", #"{"decision":"approve"}"#, as: world.pharmacist).status == 200)
            let revoked = try await world.send("/signing-keys/\(signer.key)/revocation", #"{"revocation":"compromised"}"#, as: world.prescriber)
            #expect(revoked.json["revocation"]?.string == "compromised")
            let refused = try await world.send("/prescriptions/\(id)/dispensing", world.dispensing(), as: world.dispenser)
            #expect(refused.status == 409 && refused.code == "dispensing.key-revoked")
        }
    }

    @Test("a pharmacist takes the next, looks at it, renews, gives it back, takes it again and decides; the times are read")
    func queue() async throws {
        try await DispensingRouteTests().withWorld { world in
            let empty = try await world.send("/prescriptions-to-review/next", "{}", as: world.pharmacist)
            #expect(empty.status == 200 && empty.json["hold"] == nil)
            let issued = try await world.send(
                "/prescriptions", #"{"patientIsWaiting":true,\#(world.prescription().dropFirst())"#, as: world.prescriber)
            let id = try #require(issued.json["id"]?.string, "\(issued.text)")
            func take() async throws -> Answer { try await world.send("/prescriptions-to-review/next", "{}", as: world.pharmacist) }
            #expect(try await take().json["hold"]?["prescription"]?.string == id)
            #expect(try await take().code == "dispensing.holds-full")
            let holds = try await world.web.get("/api/v1/review-holds", as: world.pharmacist)
            #expect(holds.json["items"]?[0]?["prescription"]?.string == id)
            let listed = try await world.web.get("/api/v1/prescriptions-to-review", as: world.pharmacist)
            #expect(listed.json["items"]?[0]?["urgency"] == 1 && listed.json["items"]?[0]?["heldBy"] != nil)
            let byOther = try await world.send("/prescriptions/\(id)/review", #"{"decision":"approve"}"#, as: world.small.officer)
            #expect(byOther.status == 409 && byOther.code == "dispensing.held-by-another")
            let view = try await world.web.get("/api/v1/prescriptions/\(id)/review-view", as: world.pharmacist)
            #expect(view.json["patient"]?["name"]?.string == "张三" && view.json["paperClass"]?.string == "ordinary")
            #expect(view.json["heldBy"] != nil && view.json["checks"]?[0]?["stage"]?.string == "issue")
            #expect(try await world.send("/prescriptions/\(id)/review-hold/renewal", "{}", as: world.pharmacist).status == 200)
            #expect(try await world.send("/prescriptions/\(id)/review-hold/release", "{}", as: world.pharmacist).status == 200)
            let gone = try await world.send("/prescriptions/\(id)/review-hold/release", "{}", as: world.pharmacist)
            #expect(gone.status == 409 && gone.code == "dispensing.not-held")
            #expect(try await take().json["hold"]?["prescription"]?.string == id)
            let approved = try await world.send(
                "/prescriptions/\(id)/review", #"{"decision":"approve","remark":"嘱多饮水"}"#, as: world.pharmacist)
            #expect(approved.json["reviews"]?[0]?["reason"]?.string == "嘱多饮水")
            for by in ["day", "facility", "reviewer"] {
                let times = try await world.web.get("/api/v1/review-times?by=\(by)", as: world.small.officer)
                #expect(times.json["items"]?[0]?["reviews"] == 1, "\(times.text)")
            }
        }
    }

    @Test("a prescriber stands by what was sent back, and a reviewer is declared")
    func overriding() async throws {
        try await DispensingRouteTests().withWorld { world in
            let issued = try await world.send("/prescriptions", world.prescription(), as: world.prescriber)
            let id = try #require(issued.json["id"]?.string)
            let override = #"{"reason":"已与患者沟通，获益大于风险","findings":["interaction.contraindicated#1,2"]}"#
            let early = try await world.send("/prescriptions/\(id)/override", override, as: world.prescriber)
            #expect(early.status == 409 && early.code == "dispensing.wrong-state")
            let returned = try await world.send(
                "/prescriptions/\(id)/review", #"{"decision":"send-back","reason":"相互作用","problem":"interaction"}"#,
                as: world.pharmacist)
            #expect(returned.json["reviews"]?[0]?["problem"]?.string == "interaction")
            let prepared = try await world.send(
                "/prescriptions/canonical", #"{"prescription":"\#(id)","override":\#(override)}"#, as: world.prescriber)
            #expect(prepared.json["text"]?.string?.contains("interaction.contraindicated#1,2") == true)
            let stood = try await world.send("/prescriptions/\(id)/override", override, as: world.prescriber)
            #expect(stood.json["version"] == 2 && stood.json["state"]?.string == "issued", "\(stood.text)")
            #expect(stood.json["override"]?["findings"]?[0]?.string == "interaction.contraindicated#1,2")
            let neither = try await world.send("/prescriptions/canonical", #"{"prescription":"\#(id)"}"#, as: world.prescriber)
            #expect(neither.status == 422 && neither.code == "dispensing.lines-invalid")
            let reviewer = try await world.web.send(
                "PUT", "/api/v1/people/\(world.pharmacist.person)/reviewer", as: world.small.officer,
                text: #"{"title":"in-charge","dispensingSince":"2015-01-01","trainedOn":"2020-01-01"}"#)
            #expect(reviewer.status == 200)
            let reviewers = try await world.web.get("/api/v1/reviewers", as: world.small.officer)
            #expect(reviewers.json["items"]?[0]?["title"]?.string == "in-charge")
        }
    }
}
