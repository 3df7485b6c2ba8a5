import Dispensing
import Formulary
import Foundation
import Identity
import Parties
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing
import Web

@Suite("Prescriptions and dispensing over HTTP")
struct DispensingRouteTests {
    /// Who acts, and on what.
    struct World: Sendable {
        let web: ServedWeb
        let small: SmallConsortium
        let other: SmallConsortium
        let prescriber: Principal
        let pharmacist: Principal
        let patient: String

        var dispenser: Principal { small.storekeepers[0] }
        /// Two capsules three times a day for a week.
        func content(quantity: String = "42", dose: Int = 2, extra: String = "") -> String {
            """
            {"diagnosis":"社区获得性肺炎"\(extra),"lines":[{"product":\(small.products[0]),"quantity":\(quantity),"doseText":"\(dose)粒",\
            "dose":"\(dose)","frequency":"tid","days":7}]}
            """
        }

        func prescription(_ content: String? = nil, patient: String? = nil, kind: String = "ordinary") -> String {
            #"{"patient":"\#(patient ?? self.patient)","kind":"\#(kind)","content":\#(content ?? self.content())}"#
        }

        func send(_ path: String, _ body: String, as person: Principal, _ request: UUID = UUID()) async throws -> Answer {
            try await web.send("POST", "/api/v1\(path)", as: person, text: body, requestID: request)
        }

        func approved() async throws -> String {
            let issued = try await send("/prescriptions", prescription(), as: prescriber)
            let id = try #require(issued.json["id"]?.string)
            #expect(try await send("/prescriptions/\(id)/review", #"{"decision":"approve"}"#, as: pharmacist).status == 200)
            return id
        }

        func dispensing(_ checks: String = #"["prescription","drug","incompatibility","rational-use"]"#) -> String {
            #"{"store":\#(small.pharmacies[0]),"checks":\#(checks)}"#
        }
    }

    func withWorld(_ body: @escaping @Sendable (World) async throws -> Void) async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let other = try await SmallConsortium.make(in: database, code: "other")
            let clinicians = try await prepare(small, in: database)
            let people = [small.officer, small.seller, other.officer] + small.storekeepers + clinicians
            let pepper = try #require(ResidentPepper(bytes: Array(repeating: 7, count: 32)))
            try await withServer(DispensingRoutes.endpoints(pepper: pepper), on: database.application, people: people) { web in
                let registered = try await web.post(
                    "/api/v1/patients",
                    JSONValue(
                        parsing: """
                            {"name":"张三","sex":"male","birthOn":"1990-03-07","phone":"13800005678",\
                            "residentNumber":"110101199003070134"}
                            """), as: clinicians[0])
                #expect(registered.status == 201 && registered.json["phone"]?.string == "138****5678")
                #expect(registered.json["residentMasked"]?.string == "110**************4")
                try await body(
                    World(
                        web: web, small: small, other: other, prescriber: clinicians[0], pharmacist: clinicians[1],
                        patient: try #require(registered.json["id"]?.string)))
            }
        }
    }

    /// A prescriber and a pharmacist, a formulary in force, and 100 capsules in the first pharmacy.
    private func prepare(_ small: SmallConsortium, in database: TestDatabase) async throws -> [Principal] {
        let people = try await small.addStaff([("doctor", .prescriber), ("pharmacist", .pharmacist)], in: database)
        try await small.publishFormulary(in: database)
        let today = Instant.ofTests.businessDay
        try await database.application.write(as: small.id.tenant) { transaction in
            let batch = BatchKey(
                article: small.articles[0], product: small.products[0], batchNumber: "B1", expiresOn: today.adding(days: 300))
            _ = try ReceiveStock(
                store: small.pharmacies[0], lines: [BatchQuantity(batch: batch, quantity: 100)], document: "test",
                requestID: UUID()
            ).run(in: transaction, by: small.officer, at: .ofTests)
        }
        return people
    }

    @Test("a prescription is written, sent back, amended, approved, handed out once and partly returned")
    func mainPath() async throws {
        try await withWorld { world in
            let issued = try await world.send("/prescriptions", world.prescription(), as: world.prescriber)
            #expect(issued.status == 201 && issued.json["number"]?.string == "CF-2026-000001")
            let id = try #require(issued.json["id"]?.string)
            let queue = try await world.web.get("/api/v1/prescriptions-to-review?limit=1", as: world.pharmacist)
            #expect(queue.json["items"]?[0]?["id"]?.string == id && queue.json["items"]?[0]?["patientName"]?.string == "张三")
            let sentBack = #"{"decision":"send-back","reason":"剂量偏大"}"#
            #expect(
                try await world.send("/prescriptions/\(id)/review", sentBack, as: world.pharmacist).json["state"]?.string
                    == "returned")
            let amendment = world.content(quantity: "21", dose: 1, extra: #","validityDays":2"#)
            let amended = try await world.send("/prescriptions/\(id)/amendment", amendment, as: world.prescriber)
            #expect(amended.json["version"] == 2 && amended.json["validThrough"]?.string == "2026-11-22")
            #expect(
                try await world.send("/prescriptions/\(id)/review", #"{"decision":"approve"}"#, as: world.pharmacist).status
                    == 200)
            let handedOut = try await world.send("/prescriptions/\(id)/dispensing", world.dispensing(), as: world.dispenser)
            #expect(handedOut.status == 201 && handedOut.json["lines"]?[0]?["pick"]?["quantity"] == 21)
            let again = try await world.send("/prescriptions/\(id)/dispensing", world.dispensing(), as: world.dispenser)
            #expect(again.status == 409 && again.code == "dispensing.already-dispensed")
            let dispensing = try #require(handedOut.json["id"]?.string)
            let taken = try await world.send(
                "/dispensings/\(dispensing)/returns",
                #"{"reason":"quality","explanation":"铝箔破损","lines":[{"dispensedLine":1,"quantity":4,"isUnopened":true}]}"#,
                as: world.dispenser)
            #expect(taken.status == 201 && taken.json["lines"]?[0]?["into"]?.string == "quarantined")
            let record = try await world.web.get("/api/v1/dispensings/\(dispensing)", as: world.small.officer)
            #expect(record.json["lines"]?[0]?["returned"] == 4)
            let read = try await world.web.get("/api/v1/prescriptions/\(id)", as: world.dispenser)
            #expect(read.json["state"]?.string == "dispensed" && read.json["dispensings"]?[0]?.string == dispensing)
            for path in ["/patients/\(world.patient)/prescriptions", "/stores/\(world.small.pharmacies[0])/dispensings"] {
                #expect(try await world.web.get("/api/v1\(path)", as: world.dispenser).json["items"]?[0] != nil, "\(path)")
            }
            #expect(try await world.web.get("/api/v1/patients/\(world.patient)", as: world.dispenser).status == 200)
            let found = try await world.web.get("/api/v1/patients?number=HZ-2026-000001", as: world.dispenser)
            #expect(found.json["items"]?[0]?["id"]?.string == world.patient)
        }
    }

    @Test("a prescription is cancelled; a site is declared to have a single pharmacist")
    func otherCommands() async throws {
        try await withWorld { world in
            let id = try await world.approved()
            let cancelled = try await world.send("/prescriptions/\(id)/cancellation", #"{"reason":"误开"}"#, as: world.prescriber)
            #expect(cancelled.json["state"]?.string == "cancelled")
            let declared = try await world.web.send(
                "PUT", "/api/v1/facilities/\(world.small.townships[0])/single-pharmacist", as: world.small.officer,
                text: #"{"hasSinglePharmacist":true}"#)
            #expect(declared.status == 200)
        }
    }

    @Test("bad input is refused with a reason and changes nothing")
    func badInput() async throws {
        try await withWorld { world in
            let approved = try await world.approved()
            let dispensing = "/prescriptions/\(approved)/dispensing"
            func content(_ quantity: String) -> String { world.prescription(world.content(quantity: quantity)) }
            func issue(_ body: String, _ status: Int, _ code: String) -> (String, String, Principal, Int, String) {
                ("/prescriptions", body, world.prescriber, status, code)
            }
            let cases: [(path: String, body: String, person: Principal, status: Int, code: String)] = [
                issue("{", 400, "http.malformed-json"),
                issue(world.prescription(world.content(extra: #","colour":"white""#)), 400, "http.unknown-field"),
                issue(world.prescription(#"{"diagnosis":"x"}"#), 400, "http.missing-field"),
                issue(world.prescription(kind: "blue"), 400, "http.wrong-type"),
                issue(content("1.5"), 400, "http.wrong-type"), issue(content("99999999999999999999"), 400, "http.wrong-type"),
                issue(content("-1"), 422, "dispensing.lines-invalid"),
                issue(content("9223372036854775807"), 422, "dispensing.lines-invalid"),
                issue(content("60"), 422, "dispensing.quantity-differs"),
                issue(world.prescription(world.content(extra: #","validityDays":4"#)), 422, "dispensing.validity-out-of-range"),
                issue(world.prescription(kind: "narcotic"), 422, "dispensing.product-not-for-this-kind"),
                issue(world.prescription(patient: UUID().uuidString), 404, "dispensing.patient-unknown"),
                ("/prescriptions/x/review", #"{"decision":"approve"}"#, world.pharmacist, 400, "http.bad-path-id"),
                (
                    "/prescriptions/\(UUID())/review", #"{"decision":"approve"}"#, world.pharmacist, 404,
                    "dispensing.prescription-unknown"
                ),
                (
                    "/prescriptions/\(approved)/review", #"{"decision":"approve"}"#, world.pharmacist, 409,
                    "dispensing.wrong-state"
                ),
                ("/prescriptions/\(approved)/review", #"{"decision":"approve"}"#, world.prescriber, 403, "http.forbidden-role"),
                (dispensing, world.dispensing("[]"), world.dispenser, 422, "dispensing.checks-incomplete"),
                (dispensing, world.dispensing(#"["smell"]"#), world.dispenser, 400, "http.wrong-type"),
                (dispensing, world.dispensing(), world.small.storekeepers[1], 403, "identity.other-facility"),
                (dispensing, world.dispensing(), world.other.officer, 404, "parties.store-unknown"),
                (
                    "/dispensings/\(UUID())/returns", #"{"reason":"quality","explanation":"x","lines":[]}"#, world.dispenser, 404,
                    "dispensing.dispensing-unknown"
                ),
            ]
            for bad in cases {
                let answer = try await world.send(bad.path, bad.body, as: bad.person)
                #expect(answer.status == bad.status && answer.code == bad.code, "\(bad.path) \(bad.body): \(answer.text)")
            }
            let foreign = try await world.web.get("/api/v1/prescriptions/\(approved)", as: world.other.officer)
            #expect(foreign.status == 404)
            #expect(try await world.web.get("/api/v1/patients/\(world.patient)", as: world.other.officer).status == 404)
            #expect(
                try await world.web.get("/api/v1/patients/\(world.patient)", as: world.small.seller).code == "http.forbidden-role"
            )
            let history = try await world.web.get("/api/v1/patients/\(world.patient)/prescriptions", as: world.pharmacist)
            #expect(history.json["items"]?[1] == nil)
            #expect(try await world.send(dispensing, world.dispensing(), as: world.dispenser).status == 201)
        }
    }

    @Test("a part is handed out, the rest is ended, and nothing more is given")
    func parts() async throws {
        try await withWorld { world in
            let id = try await world.approved()
            func dispensing(_ lines: String) -> String { String(world.dispensing().dropLast()) + #","lines":\#(lines)}"# }
            let path = "/prescriptions/\(id)/dispensing"
            let tooMuch = try await world.send(path, dispensing(#"[{"line":1,"quantity":43}]"#), as: world.dispenser)
            #expect(tooMuch.status == 409 && tooMuch.code == "dispensing.exceeds-open")
            #expect(tooMuch.field == "lines[0].quantity")
            let part = try await world.send(path, dispensing(#"[{"line":1,"quantity":20}]"#), as: world.dispenser)
            #expect(part.status == 201 && part.json["part"] == 1 && part.json["lines"]?[0]?["pick"]?["quantity"] == 20)
            let end = "/prescriptions/\(id)/rest-ending"
            let unexplained = try await world.send(end, #"{"wish":"patient","reason":""}"#, as: world.dispenser)
            #expect(unexplained.status == 422 && unexplained.code == "dispensing.reason-required")
            let ended = try await world.send(end, #"{"wish":"patient","reason":"外出"}"#, as: world.dispenser)
            #expect(ended.status == 200 && ended.json["state"]?.string == "ended" && ended.json["handedOut"]?[0] == 20)
            let late = try await world.send(path, world.dispensing(), as: world.dispenser)
            #expect(late.status == 409 && late.code == "dispensing.wrong-state")
        }
    }

    @Test("a repeated dispensing is answered once more and not done again; with another body it is refused")
    func repeats() async throws {
        try await withWorld { world in
            let id = try await world.approved()
            let request = UUID()
            let first = try await world.send("/prescriptions/\(id)/dispensing", world.dispensing(), as: world.dispenser, request)
            let second = try await world.send("/prescriptions/\(id)/dispensing", world.dispensing(), as: world.dispenser, request)
            #expect(first.status == 201 && first.text == second.text && second.isReplay && !first.isReplay)
            let other = try await world.send(
                "/prescriptions/\(id)/dispensing", world.dispensing("[]"), as: world.dispenser, request)
            #expect(other.status == 409 && other.code == "commands.request-id-reused")
        }
    }

    @Test("a resident number that does not check, or is registered, is refused")
    func patients() async throws {
        try await withWorld { world in
            func body(_ number: String) -> String {
                #"{"name":"李四","sex":"unknown","birthOn":"1990-03-07","residentNumber":"\#(number)"}"#
            }
            let wrong = try await world.send("/patients", body("110101199003070135"), as: world.prescriber)
            #expect(wrong.status == 422 && wrong.code == "dispensing.resident-number-invalid" && wrong.field == "residentNumber")
            let known = try await world.send("/patients", body("110101199003070134"), as: world.prescriber)
            #expect(known.status == 409 && known.code == "dispensing.patient-registered-already")
            #expect(!wrong.text.contains("0307013") && !known.text.contains("0307013"))
        }
    }
}
