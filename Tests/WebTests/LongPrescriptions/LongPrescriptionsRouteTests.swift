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

@Suite("Long prescriptions over HTTP")
struct LongPrescriptionsRouteTests {
    struct World: Sendable {
        let web: ServedWeb
        let small: SmallConsortium
        let prescriber: Principal
        let pharmacist: Principal
        let patient: String

        var dispenser: Principal { small.storekeepers[0] }
        var store: StoreID { small.pharmacies[0] }

        func send(_ path: String, _ body: String, as person: Principal, method: String = "POST") async throws -> Answer {
            try await web.send(method, "/api/v1\(path)", as: person, text: body)
        }

        func get(_ path: String, as person: Principal? = nil) async throws -> Answer {
            try await web.get("/api/v1\(path)", as: person ?? pharmacist)
        }

        /// Twelve weeks of one tablet a day, approved.
        func approved(kind: String = "long") async throws -> String {
            let records = """
                ["clear-diagnosis","stable-plan","good-adherence","controlled-condition","needs-long-medication",\
                "strict-assessment","patient-education","chart-entry","patient-confirmation"]
                """
            let body = """
                {"patient":"\(patient)","kind":"\(kind)","content":{"diagnosisCode":"I10.x00","diagnosis":"高血压",\
                "validityDays":3,"longRecords":\(records),"lines":[{"product":\(small.products[1]),"quantity":84,\
                "doseText":"1片","dose":"1","frequency":"qd","days":84}]}}
                """
            let issued = try await send("/prescriptions", body, as: prescriber)
            let id = try #require(issued.json["id"]?.string, "\(issued.text)")
            #expect(try await send("/prescriptions/\(id)/review", #"{"decision":"approve"}"#, as: pharmacist).status == 200)
            return id
        }

        func plan(_ extra: String = "", store: StoreID? = nil, consentOn: String = "2026-11-21") -> String {
            """
            {"store":\(store ?? self.store),"assessment":{"on":"2026-11-21","findings":"血压控制良好"},"followUpPlan":"每4周随访",\
            "consent":{"by":"patient","manner":"signature","givenOn":"\(consentOn)"}\(extra)}
            """
        }

        func collection(_ extra: String = "") -> String {
            """
            {"store":\(store),"checks":["prescription","drug","incompatibility","rational-use"],\
            "counselling":"按时服药"\(extra)}
            """
        }
    }

    private func withWorld(_ body: @escaping @Sendable (World) async throws -> Void) async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let clinicians = try await prepare(small, in: database)
            let pepper = try #require(ResidentPepper(bytes: Array(repeating: 7, count: 32)))
            let endpoints = DispensingRoutes.endpoints(pepper: pepper) + LongPrescriptionsRoutes.endpoints(pepper: pepper)
            let people = [small.officer, small.seller] + small.storekeepers + clinicians
            try await withServer(endpoints, on: database.application, people: people) { web in
                let registered = try await web.post(
                    "/api/v1/patients",
                    JSONValue(parsing: #"{"name":"张三","sex":"male","birthOn":"1960-03-07","phone":"13800005678"}"#),
                    as: clinicians[0])
                try await body(
                    World(
                        web: web, small: small, prescriber: clinicians[0], pharmacist: clinicians[1],
                        patient: try #require(registered.json["id"]?.string)))
            }
        }
    }

    private func prepare(_ small: SmallConsortium, in database: TestDatabase) async throws -> [Principal] {
        let people = try await small.addStaff([("doctor", .prescriber), ("pharmacist", .pharmacist)], in: database)
        try await small.publishFormulary(in: database)
        let today = Instant.ofTests.businessDay
        try await database.application.write(as: small.id.tenant) { transaction in
            for store in small.pharmacies {
                let batch = BatchKey(
                    article: small.articles[1], product: small.products[1], batchNumber: "B1", expiresOn: today.adding(days: 300))
                _ = try ReceiveStock(
                    store: store, lines: [BatchQuantity(batch: batch, quantity: 100)], document: "test", requestID: UUID()
                ).run(in: transaction, by: small.officer, at: .ofTests)
            }
        }
        return people
    }

    private func qualify(_ world: World) async throws {
        let declared = try await world.send(
            "/people/\(world.prescriber.person)/prescriber-qualification", #"{"title":"attending","specialties":["cardiology"]}"#,
            as: world.small.officer, method: "PUT")
        #expect(declared.status == 200, "\(declared.text)")
    }

    @Test("a plan begins, is collected, interrupted, resumed, moved and stopped")
    func mainPath() async throws {
        try await withWorld { world in
            try await qualify(world)
            let prescription = try await world.approved()
            let begun = try await world.send("/prescriptions/\(prescription)/long-plan", world.plan(), as: world.prescriber)
            #expect(begun.status == 201 && begun.json["instalments"]?[2]?["dueOn"]?.string == "2027-01-16", "\(begun.text)")
            let plan = try #require(begun.json["id"]?.string)
            let proxy = #"{"name":"李四","relation":"女儿","residentNumber":"110101199003070134"}"#
            let named = try await world.send("/long-plans/\(plan)/proxies", proxy, as: world.dispenser)
            #expect(named.json["proxies"]?[0]?["residentMasked"]?.string == "110**************4")
            let due = try await world.get("/stores/\(world.store)/due-instalments", as: world.dispenser)
            #expect(due.json["items"]?[0]?["supply"]?.string == "reserved", "\(due.text)")
            let file = try await world.get("/stores/\(world.store)/due-instalments.csv", as: world.dispenser)
            #expect(file.text.contains("张三,138****5678,1,2026-11-21,2026-11-28,open,reserved,否"), "\(file.text)")
            let collected = try await world.send(
                "/long-plans/\(plan)/instalments/1/collection", world.collection(#","proxyResidentNumber":"110101199003070134""#),
                as: world.dispenser)
            #expect(collected.status == 201 && collected.json["supplyThrough"]?.string == "2026-12-18", "\(collected.text)")
            #expect(!collected.text.contains("110101199003070134"))
            let followedUp = try await world.send(
                "/long-plans/\(plan)/follow-ups", #"{"result":"go-on","findings":"血压平稳"}"#, as: world.pharmacist)
            #expect(followedUp.status == 201)
            let reason = #"{"reason":"adverse-reaction","words":"皮疹"}"#
            #expect(try await world.send("/long-plans/\(plan)/alerts", reason, as: world.dispenser).json["state"]?.string == "alerted")
            let suspended = try await world.send("/long-plans/\(plan)/suspension", reason, as: world.prescriber)
            #expect(suspended.json["state"]?.string == "suspended")
            let resumed = try await world.send("/long-plans/\(plan)/resumption", #"{"words":"已评估"}"#, as: world.prescriber)
            #expect(resumed.json["state"]?.string == "active")
            let moved = try await world.send(
                "/long-plans/\(plan)/pharmacy", #"{"store":\#(world.small.pharmacies[1])}"#, as: world.pharmacist, method: "PUT")
            #expect(moved.status == 200)
            #expect(try await world.get("/long-plans?state=active").json["items"]?[0]?["id"]?.string == plan)
            let stopped = try await world.send("/long-plans/\(plan)/stop", reason, as: world.prescriber)
            #expect(stopped.json["state"]?.string == "stopped")
            #expect(try await world.get("/long-plans/\(plan)").json["state"]?.string == "stopped")
            #expect(try await world.get("/prescriptions/\(prescription)/long-plan").json["id"]?.string == plan)
            let history = try await world.get("/long-plans/\(plan)/history")
            #expect(history.json["items"]?[8]?["kind"]?.string == "stop", "\(history.text)")
            for path in ["missed-instalments", "patients-running-out?days=30"] {
                #expect(try await world.get("/stores/\(world.store)/\(path)", as: world.small.officer).status == 200)
            }
            for path in ["missed-instalments.csv", "patients-running-out.csv"] {
                #expect(try await world.get("/stores/\(world.store)/\(path)", as: world.small.officer).text.hasPrefix("\u{FEFF}处方号"))
            }
            let ability = try await world.send(
                "/facilities/\(world.small.townships[0])/first-long-prescriptions", #"{"mayBegin":true}"#,
                as: world.small.officer, method: "PUT")
            #expect(ability.status == 200)
        }
    }

    @Test("bad input is refused with a reason and changes nothing")
    func badInput() async throws {
        try await withWorld { world in
            let prescription = try await world.approved()
            let start = "/prescriptions/\(prescription)/long-plan"
            let unqualified = try await world.send(start, world.plan(), as: world.prescriber)
            #expect(unqualified.status == 422 && unqualified.code == "long-prescriptions.prescriber-not-qualified")
            try await qualify(world)
            let unknown = UUID()
            let cases: [(path: String, body: String, person: Principal, status: Int, code: String)] = [
                (start, "{", world.prescriber, 400, "http.malformed-json"),
                (start, world.plan(#","colour":"white""#), world.prescriber, 400, "http.unknown-field"),
                (start, world.plan(#","instalmentDays":29"#), world.prescriber, 422, "long-prescriptions.instalment-days-out-of-range"),
                (start, world.plan(consentOn: "2026-11-22"), world.prescriber, 422, "long-prescriptions.consent-invalid"),
                (start, world.plan(store: world.small.centralStore), world.prescriber, 422, "long-prescriptions.pharmacy-invalid"),
                (start, world.plan(), world.dispenser, 403, "http.forbidden-role"),
                ("/long-plans/\(unknown)/stop", #"{"reason":"other","words":"x"}"#, world.prescriber, 404, "long-prescriptions.plan-unknown"),
                ("/long-plans/\(unknown)/stop", #"{"reason":"mood","words":"x"}"#, world.prescriber, 400, "http.wrong-type"),
                (
                    "/long-plans/\(unknown)/instalments/1/collection", world.collection(), world.dispenser, 404,
                    "long-prescriptions.plan-unknown"
                ),
            ]
            for bad in cases {
                let answer = try await world.send(bad.path, bad.body, as: bad.person)
                #expect(answer.status == bad.status && answer.code == bad.code, "\(bad.path) \(bad.body): \(answer.text)")
            }
            let plan = try #require(try await world.send(start, world.plan(), as: world.prescriber).json["id"]?.string)
            let second = try await world.send("/long-plans/\(plan)/instalments/2/collection", world.collection(), as: world.dispenser)
            #expect(second.status == 409 && second.code == "long-prescriptions.not-next")
            let elsewhere = try await world.send(
                "/long-plans/\(plan)/instalments/1/collection", world.collection(), as: world.small.storekeepers[1])
            #expect(elsewhere.status == 403 && elsewhere.code == "identity.other-facility")
            let stop = try await world.send("/long-plans/\(plan)/follow-ups", #"{"result":"stop","findings":"x"}"#, as: world.pharmacist)
            #expect(stop.status == 403 && stop.code == "identity.role-missing")
            let foreign = try await world.get("/stores/\(world.small.pharmacies[1])/due-instalments", as: world.dispenser)
            #expect(foreign.status == 403 && foreign.code == "identity.other-facility")
        }
    }
}
