import Foundation
import Identity
import Primitives
import TestSupport
import Testing
import Web

@Suite("Reading and searching over FHIR")
struct FHIRRouteTests {
    /// A prescription of amoxicillin written over FHIR, and its ids.
    private func written(
        _ world: FHIRWorld, extra: String = #","identifier":[{"system":"urn:his","value":"line-1"}]"#
    ) async throws -> (request: String, prescription: String) {
        let answer = try await world.create(world.request(extra: extra))
        #expect(answer.status == 201, "\(answer.text)")
        let id = try #require(answer.json["id"]?.string)
        return (id, String(id.prefix(36)))
    }

    @Test("a request is created, reviewed, handed out from two batches, and told as it went")
    func mainPath() async throws {
        try await FHIRWorld.with { world in
            let created = try await world.create(world.request(extra: #","identifier":[{"system":"urn:his","value":"line-1"}]"#))
            #expect(created.status == 201 && created.headers["content-type"] == "application/fhir+json; charset=utf-8")
            let id = try #require(created.json["id"]?.string)
            #expect(created.headers["location"] == "http://127.0.0.1:\(world.web.port)/fhir/r4/MedicationRequest/\(id)")
            #expect(created.json["status"]?.string == "draft" && created.json["priority"]?.string == "routine")
            #expect(created.json["groupIdentifier"]?["value"]?.string == "CF-2026-000001")
            #expect(created.json["authoredOn"]?.string == "2026-11-21T08:00:00+08:00")
            #expect(created.json["subject"]?["display"]?.string == "张三" && created.json["requester"]?["display"]?.string == "doctor")
            let dosage = created.json["dosageInstruction"]?[0]
            #expect(dosage?["doseAndRate"]?[0]?["doseQuantity"]?["value"] == .number("2"))
            #expect(dosage?["timing"]?["code"]?["coding"]?[0]?["code"]?.string == "tid")
            #expect(created.json["dispenseRequest"]?["validityPeriod"]?["end"]?.string == "2026-11-21")

            let prescription = String(id.prefix(36))
            try await world.review(prescription)
            #expect(try await world.get("/MedicationRequest/\(id)").json["status"]?.string == "active")
            let dispensing = try await world.dispense(prescription)
            #expect(try await world.get("/MedicationRequest/\(id)").json["status"]?.string == "completed")

            let dispenses = try await world.get("/MedicationDispense?prescription=MedicationRequest/\(id)").found
            #expect(dispenses.count == 2)
            #expect(dispenses.map { $0["id"]?.string } == ["\(dispensing).1", "\(dispensing).2"])
            #expect(dispenses.map { $0["quantity"]?["value"] } == [.number("30"), .number("12")])
            #expect(dispenses.map { $0["contained"]?[0]?["batch"]?["lotNumber"]?.string } == ["B1", "B2"])
            #expect(dispenses[0]["contained"]?[0]?["batch"]?["expirationDate"]?.string == "2027-06-09")
            #expect(dispenses[0]["daysSupply"]?["value"] == .number("5"))
            #expect(dispenses[0]["authorizingPrescription"]?[0]?["reference"]?.string == "MedicationRequest/\(id)")
            let taken = try await world.web.post(
                "/api/v1/dispensings/\(dispensing)/returns",
                ["reason": "quality", "explanation": "铝箔破损", "lines": [["dispensedLine": 2, "quantity": 4, "isUnopened": true]]],
                as: world.dispenser)
            #expect(taken.status == 201, "\(taken.text)")
            let returned = try await world.get("/MedicationDispense/\(dispensing).2").json
            #expect(returned["status"]?.string == "completed" && returned["extension"]?[0]?["valueQuantity"]?["value"] == .number("4"))
        }
    }

    @Test("states are told by their status, with the reason in words")
    func states() async throws {
        try await FHIRWorld.with { world in
            let (id, prescription) = try await written(world)
            try await world.review(prescription, ["decision": "send-back", "reason": "剂量偏大"])
            let returned = try await world.get("/MedicationRequest/\(id)").json
            #expect(returned["status"]?.string == "on-hold" && returned["statusReason"]?["text"]?.string == "药师退回，待医师修改")
            let cancelled = try await world.web.post(
                "/api/v1/prescriptions/\(prescription)/cancellation", ["reason": "误开"], as: world.prescriber)
            #expect(cancelled.status == 200)
            #expect(try await world.get("/MedicationRequest?status=cancelled").found.count == 1)
            #expect(try await world.get("/MedicationRequest?status=active,completed").found.isEmpty)
        }
    }

    @Test("requests are found by each parameter, and not by others' values")
    func requestSearch() async throws {
        try await FHIRWorld.with { world in
            let (id, _) = try await written(world)
            let code = "T-small-0"
            let finding = [
                "_id=\(id)", "patient=\(world.patient)", "patient=Patient/\(world.patient)", "subject=Patient/\(world.patient)",
                "status=draft", "status=draft,active", "intent=order", "authoredon=2026-11-21", "authoredon=ge2026-11",
                "authoredon=ge2026-01-01&authoredon=lt2026-12-01", "identifier=urn:his%7Cline-1", "identifier=line-1",
                "identifier=CF-2026-000001-\(code)", "group-identifier=CF-2026-000001", "", "status=draft&colour=white",
                "authoredon=2026-11-21T08:00:00%2B08:00", "authoredon=ne2025",
            ]
            for query in finding { #expect(try await world.get("/MedicationRequest?\(query)").found.map { $0["id"]?.string } == [id], "\(query)") }
            let missing = [
                "_id=\(UUID().uuidString.lowercased()).1", "_id=x", "patient=\(UUID().uuidString.lowercased())", "status=active", "intent=plan",
                "authoredon=2026-11-20", "authoredon=gt2026-11-21", "identifier=urn:other%7Cline-1", "identifier=line-2",
                "identifier=CF-2026-000001-T-small-1", "group-identifier=CF-2026-000009", "status=nonsense",
            ]
            for query in missing { #expect(try await world.get("/MedicationRequest?\(query)").found.isEmpty, "\(query)") }
            #expect(try await world.get("/MedicationRequest", as: world.other.officer).found.isEmpty)
            #expect(try await world.get("/MedicationRequest/\(id)", as: world.other.officer).refusal == "fhir.resource-unknown")
        }
    }

    @Test("patients are looked for, not listed; masked values are shown as masked")
    func patients() async throws {
        try await FHIRWorld.with { world in
            let patient = try await world.get("/Patient/\(world.patient)").json
            #expect(patient["identifier"]?[0]?["value"]?.string == "HZ-2026-000001" && patient["gender"]?.string == "male")
            #expect(patient["identifier"]?[1]?["value"] == nil && patient["telecom"]?[0]?["value"] == nil)
            #expect(patient["telecom"]?[0]?["_value"]?["extension"]?[0]?["valueString"]?.string == "138****5678")
            for query in [
                "identifier=HZ-2026-000001", "identifier=urn:lianyao:patient-number%7CHZ-2026-000001", "name=%E5%BC%A0",
                "name:exact=%E5%BC%A0%E4%B8%89", "name:contains=%E4%B8%89", "birthdate=1990-03-07", "birthdate=1990",
                "birthdate=lt1991-01&name=%E5%BC%A0", "_id=\(world.patient)",
            ] {
                #expect(try await world.get("/Patient?\(query)").found.count == 1, "\(query)")
            }
            for query in ["identifier=HZ-2026-000002", "identifier=urn:x%7CHZ-2026-000001", "name=%E4%B8%89", "birthdate=1991", "_id=1"] {
                #expect(try await world.get("/Patient?\(query)").found.isEmpty, "\(query)")
            }
            #expect(try await world.get("/Patient").refusal == "fhir.criterion-missing")
            #expect(try await world.get("/Patient?birthdate=1990-03-07T08:00:00Z").refusal == "fhir.parameter-invalid")
            let form = try await world.create(
                "name=%E5%BC%A0%E4%B8%89&birthdate=1990-03-07", at: "/Patient/_search", requestID: nil,
                headers: ["Content-Type": "application/x-www-form-urlencoded"])
            #expect(form.found.count == 1, "\(form.text)")
        }
    }

    @Test("medications are products and packs, found by code and by name")
    func medications() async throws {
        try await FHIRWorld.with { world in
            let (product, article) = ("product-\(world.small.products[0])", "article-\(world.small.articles[0])")
            let generic = try await world.get("/Medication/\(product)", as: world.small.seller).json
            #expect(generic["code"]?["text"]?.string == "阿莫西林胶囊 0.25g" && generic["code"]?["coding"]?[0]?["code"]?.string == "T-small-0")
            #expect(generic["ingredient"]?[0]?["strength"]?["extension"]?[0]?["valueString"]?.string == "0.25g")
            let pack = try await world.get("/Medication/\(article)").json
            #expect(pack["manufacturer"]?["display"]?.string == "试验医药公司 small" && pack["amount"]?["numerator"]?["value"] == .number("28"))
            for query in ["code=T-small-0", "code=urn:lianyao:product%7CT-small-0", "_id=\(product)", "name=%E9%98%BF%E8%8E%AB", "_text=%E9%98%BF%E8%8E%AB%E8%A5%BF%E6%9E%97"] {
                #expect(try await world.get("/Medication?\(query)").found.first?["id"]?.string == product, "\(query)")
            }
            #expect(try await world.get("/Medication?_id=\(product),\(article)&_count=1").link("next") != nil)
            #expect(try await world.get("/Medication?code=urn:x%7CT-small-0").found.isEmpty)
            #expect(try await world.get("/Medication?code=1&name=2").refusal == "fhir.parameter-invalid")
            #expect(try await world.get("/Medication/product-999999").refusal == "fhir.resource-unknown")
        }
    }

    @Test("pages link to the next until all is told once", arguments: ["Patient?birthdate=1990", "MedicationRequest?status=draft", "Medication", "MedicationDispense?status=completed"])
    func paging(search: String) async throws {
        try await FHIRWorld.with { world in
            for number in 1...3 {
                let registered = try await world.web.post(
                    "/api/v1/patients", ["name": "张三", "sex": "male", "birthOn": "1990-03-07"], as: world.prescriber)
                #expect(registered.status == 201)
                let (_, prescription) = try await written(world, extra: #","identifier":[{"system":"urn:his","value":"\#(number)"}]"#)
                if search.hasPrefix("MedicationDispense"), number < 3 {
                    try await world.review(prescription)
                    _ = try await world.dispense(prescription)
                }
            }
            let whole = try await world.get("/\(search)\(search.contains("?") ? "&" : "?")_count=100").found.map { $0["id"]?.string }
            var next: String? = "/\(search)\(search.contains("?") ? "&" : "?")_count=2"
            var told: [String?] = []
            while let path = next {
                let page = try await world.get(path)
                #expect(page.found.count <= 2)
                told += page.found.map { $0["id"]?.string }
                next = page.link("next")
            }
            #expect(told == whole && told.count >= 3 && Set(told).count == told.count)
        }
    }

    @Test("unknown parameters are ignored and told, or refused when the caller is strict")
    func handling() async throws {
        try await FHIRWorld.with { world in
            let lenient = try await world.get("/MedicationRequest?colour=white&status=draft")
            #expect(lenient.status == 200 && lenient.link("self") == "/MedicationRequest?status=draft")
            #expect(lenient.json["entry"]?[0]?["search"]?["mode"]?.string == "outcome")
            let strict = try await world.get("/MedicationRequest?colour=white", headers: ["Prefer": "handling=strict"])
            #expect(strict.status == 400 && strict.refusal == "fhir.parameter-unknown")
            #expect(try await world.get("/MedicationRequest?status:not=draft").refusal == "fhir.parameter-invalid")
            #expect(try await world.get("/MedicationRequest?authoredon=soon").refusal == "fhir.parameter-invalid")
            for type in ["Patient?name=x&", "MedicationRequest?", "MedicationDispense?", "Medication?"] {
                #expect(try await world.get("/\(type)_cursor=x").refusal == "fhir.parameter-invalid", "\(type)")
            }
        }
    }

    @Test("who has not signed in, or is no clinician, is told so in FHIR's words")
    func access() async throws {
        try await FHIRWorld.with { world in
            let open = try await world.web.send("GET", "/fhir/r4/metadata", requestID: nil)
            #expect(open.status == 200 && open.json["fhirVersion"]?.string == "4.0.1")
            let nobody = try await world.web.send("GET", "/fhir/r4/Patient/\(world.patient)", requestID: nil)
            #expect(nobody.status == 401 && nobody.json["issue"]?[0]?["code"]?.string == "login" && nobody.refusal == "http.unauthenticated")
            let seller = try await world.get("/Patient/\(world.patient)", as: world.small.seller)
            #expect(seller.status == 403 && seller.refusal == "http.forbidden-role")
            let pharmacist = try await world.create(world.request(), as: world.pharmacist)
            #expect(pharmacist.status == 403)
            #expect(try await world.get("/Observation").refusal == "http.not-found")
            let wrong = try await world.web.send("DELETE", "/fhir/r4/Patient/\(world.patient)", as: world.prescriber)
            #expect(wrong.status == 405 && wrong.refusal == "http.method-not-allowed" && wrong.headers["allow"] == "GET, HEAD")
        }
    }
}
