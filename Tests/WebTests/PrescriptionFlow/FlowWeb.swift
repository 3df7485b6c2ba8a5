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

/// Prescriptions, claims and what follows them, served over HTTP, with 100 capsules in the first pharmacy.
struct FlowWeb: Sendable {
    let web: ServedWeb
    let small: SmallConsortium
    let other: SmallConsortium
    let prescriber: Principal
    let pharmacist: Principal
    let patient: String

    /// Storekeepers and dispensers of the two pharmacies.
    var here: Principal { small.storekeepers[0] }
    var there: Principal { small.storekeepers[1] }

    func get(_ path: String, as person: Principal) async throws -> Answer { try await web.get("/api/v1\(path)", as: person) }

    func send(_ path: String, _ body: String = "{}", as person: Principal, _ method: String = "POST") async throws -> Answer {
        try await web.send(method, "/api/v1\(path)", as: person, text: body, requestID: UUID())
    }

    func put(_ path: String, _ body: String, as person: Principal) async throws -> Answer {
        try await send(path, body, as: person, "PUT")
    }

    func post(_ path: String, as person: Principal) async throws -> Answer {
        try await web.send("POST", "/api/v1\(path)", as: person, requestID: UUID())
    }

    /// An approved prescription of 42 of the first product, or of another quantity.
    func approved(quantity: Int = 42, days: Int = 7) async throws -> String {
        let body = """
            {"patient":"\(patient)","kind":"ordinary","content":{"diagnosis":"社区获得性肺炎","lines":[{"product":\(small.products[0]),\
            "quantity":\(quantity),"doseText":"2粒","dose":"2","frequency":"tid","days":\(days)}]}}
            """
        let id = try #require(try await send("/prescriptions", body, as: prescriber).json["id"]?.string)
        #expect(try await send("/prescriptions/\(id)/review", #"{"decision":"approve"}"#, as: pharmacist).status == 200)
        return id
    }

    func dispensed() async throws -> String {
        let id = try await approved()
        let body = #"{"store":\#(small.pharmacies[0]),"checks":["prescription","drug","incompatibility","rational-use"]}"#
        return try #require(try await send("/prescriptions/\(id)/dispensing", body, as: here).json["id"]?.string)
    }

    static func with(_ body: @escaping @Sendable (FlowWeb) async throws -> Void) async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let other = try await SmallConsortium.make(in: database, code: "other")
            let clinicians = try await prepare(small, in: database)
            let pepper = try #require(ResidentPepper(bytes: Array(repeating: 7, count: 32)))
            let people = [small.officer, small.seller, other.officer] + small.storekeepers + clinicians
            let endpoints = DispensingRoutes.endpoints(pepper: pepper) + PrescriptionFlowRoutes.endpoints(pepper: pepper)
            try await withServer(endpoints, on: database.application, people: people) { web in
                let registered = try await web.post(
                    "/api/v1/patients", JSONValue(parsing: #"{"name":"张三","sex":"male","birthOn":"1990-03-07"}"#),
                    as: clinicians[0])
                try await body(
                    FlowWeb(
                        web: web, small: small, other: other, prescriber: clinicians[0], pharmacist: clinicians[1],
                        patient: try #require(registered.json["id"]?.string)))
            }
        }
    }

    private static func prepare(_ small: SmallConsortium, in database: TestDatabase) async throws -> [Principal] {
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
}
