import Dispensing
import Foundation
import PlatformExchange
import Postgres
import PrescriptionUploads
import Primitives
import TestSupport
import Testing
import Web

@Suite("Routes of prescription uploads")
struct PrescriptionUploadsRouteTests {
    private struct World: Sendable {
        let web: ServedWeb
        let small: SmallConsortium
        let prescriber: Principal
        let pharmacist: Principal
        let patient: String

        func send(_ path: String, _ body: String, as person: Principal, method: String = "POST") async throws -> Answer {
            try await web.send(method, "/api/v1\(path)", as: person, text: body, requestID: UUID())
        }

        var content: String {
            """
            {"diagnosis":"社区获得性肺炎","lines":[{"product":\(small.products[0]),"quantity":42,"doseText":"2粒","dose":"2",\
            "frequency":"tid","days":7}]}
            """
        }

        func issue() async throws -> String {
            let issued = try await send(
                "/prescriptions", #"{"patient":"\#(patient)","kind":"ordinary","content":\#(content)}"#, as: prescriber)
            return try #require(issued.json["id"]?.string, "\(issued.text)")
        }

        func declare() async throws {
            let institution = """
                {"facility":\(small.hospital),"platform":"national-prescriptions","code":"H36042600001","name":"县人民医院",\
                "division":"360426","pharmacyCode":"YJ01","pharmacyName":"药剂科"}
                """
            #expect(try await send("/insured-institutions", institution, as: small.officer, method: "PUT").status == 200)
        }
    }

    private static let credential = #"{"kind":"resident-card","number":"110101199003070134","residentNumber":"110101199003070134"}"#

    private func withWorld(_ body: @escaping @Sendable (World) async throws -> Void) async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let staff = try await small.addStaff([("p", .prescriber), ("r", .pharmacist)], in: database)
            try await small.publishFormulary(in: database)
            let account = RegisteredAccount(
                platform: "national-prescriptions", institution: "H36042600001", address: "http://127.0.0.1:9", secrets: "hall",
                kinds: [])
            try await database.application.write(as: small.id.tenant) {
                try RegisterAccount(account, known: [account.platform], withoutGoods: [account.platform])
                    .run(in: $0, by: small.officer, at: .ofTests)
            }
            let pepper = try #require(ResidentPepper(bytes: Array(repeating: 7, count: 32)))
            let people = [small.officer] + small.storekeepers + staff
            let endpoints = PrescriptionUploadsRoutes.endpoints + DispensingRoutes.endpoints(pepper: pepper)
            try await withServer(endpoints, on: database.application, people: people) { web in
                let registered = try await web.post(
                    "/api/v1/patients",
                    JSONValue(parsing: #"{"name":"张三","sex":"male","birthOn":"1990-03-07","residentNumber":"110101199003070134"}"#),
                    as: staff[0])
                let patient = try #require(registered.json["id"]?.string, "\(registered.text)")
                try await body(World(web: web, small: small, prescriber: staff[0], pharmacist: staff[1], patient: patient))
            }
        }
    }

    @Test("a prescription is offered, announced with its review, seen, and held until it is back")
    func way() async throws {
        try await withWorld { world in
            let id = try await world.issue()
            let none = try await world.web.get("/api/v1/prescriptions/\(id)/upload", as: world.pharmacist)
            #expect(none.status == 404 && none.json["code"]?.string == "prescription-uploads.not-offered")
            let early = try await world.send("/prescriptions/\(id)/upload", Self.credential, as: world.prescriber)
            #expect(
                early.status == 409 && early.json["code"]?.string == "prescription-uploads.institution-unknown", "\(early.text)")
            try await world.declare()
            let offered = try await world.send("/prescriptions/\(id)/upload", Self.credential, as: world.prescriber)
            #expect(offered.status == 200 && offered.json["state"]?.string == "offered", "\(offered.text)")
            #expect(!offered.text.contains("110101199003070134"))
            #expect(
                try await world.send("/prescriptions/\(id)/review", #"{"decision":"approve"}"#, as: world.pharmacist).status == 200)
            let seen = try await world.web.get("/api/v1/prescriptions/\(id)/upload", as: world.pharmacist)
            #expect(seen.json["state"]?.string == "announced" && seen.json["open"]?["kind"]?.string == "check-prescription")
            let open = try await world.web.get("/api/v1/prescription-uploads", as: world.small.officer)
            #expect(open.status == 200 && open.json["items"]?.elements.count == 1)
            for (path, body, person) in [
                ("amendment", world.content, world.prescriber),
                ("cancellation", #"{"reason":"重开"}"#, world.prescriber),
                (
                    "dispensing",
                    #"{"store":\#(world.small.pharmacies[0]),"checks":["prescription","drug","incompatibility","rational-use"]}"#,
                    world.small.storekeepers[0]
                ),
            ] {
                let held = try await world.send("/prescriptions/\(id)/\(path)", body, as: person)
                #expect(
                    held.status == 409 && held.json["code"]?.string == "prescription-uploads.still-uploaded",
                    "\(path): \(held.text)")
            }
            #expect(try await world.web.get("/api/v1/prescriptions/\(id)", as: world.prescriber).json["version"]?.integer == 1)
            let revoked = try await world.send(
                "/prescriptions/\(id)/upload/revocation", #"{"reason":"患者要求"}"#, as: world.prescriber)
            #expect(revoked.status == 200 && revoked.json["revocation"]?.string == "患者要求", "\(revoked.text)")
        }
    }

    @Test("what was only offered ends with the prescription; others may neither offer nor declare")
    func offers() async throws {
        try await withWorld { world in
            try await world.declare()
            let id = try await world.issue()
            #expect(try await world.send("/prescriptions/\(id)/upload", Self.credential, as: world.pharmacist).status == 403)
            #expect(try await world.send("/prescriptions/\(id)/upload", Self.credential, as: world.prescriber).status == 200)
            #expect(
                try await world.send("/prescriptions/\(id)/cancellation", #"{"reason":"重开"}"#, as: world.prescriber).status == 200)
            let seen = try await world.web.get("/api/v1/prescriptions/\(id)/upload", as: world.prescriber)
            #expect(seen.json["state"]?.string == "withdrawn")
            let clinician =
                #"{"person":\#(world.prescriber.person),"code":"D1","titleCode":"","title":"","certificateKind":"01","certificate":"C-123","practice":""}"#
            #expect(try await world.send("/insured-clinicians", clinician, as: world.prescriber, method: "PUT").status == 403)
            let declared = try await world.send("/insured-clinicians", clinician, as: world.small.officer, method: "PUT")
            #expect(declared.status == 200 && !declared.text.contains("C-123"), "\(declared.text)")
        }
    }
}
