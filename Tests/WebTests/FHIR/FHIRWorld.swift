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

/// The small consortium behind a served FHIR interface: a prescriber, a pharmacist, a dispenser, one patient, stock.
struct FHIRWorld: Sendable {
    let web: ServedWeb
    let small: SmallConsortium
    let other: SmallConsortium
    let prescriber: Principal
    let pharmacist: Principal
    let patient: String
    let database: Database

    var dispenser: Principal { small.storekeepers[0] }
    static let root = "/fhir/r4"

    static func with(_ body: @escaping @Sendable (FHIRWorld) async throws -> Void) async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let other = try await SmallConsortium.make(in: database, code: "other")
            let clinicians = try await prepare(small, in: database)
            let people = [small.officer, small.seller, other.officer] + small.storekeepers + clinicians
            let pepper = try #require(ResidentPepper(bytes: Array(repeating: 7, count: 32)))
            try await withServer(
                DispensingRoutes.endpoints(pepper: pepper), interactions: FHIRRoutes.interactions(), on: database.application,
                people: people
            ) { web in
                let registered = try await web.post(
                    "/api/v1/patients",
                    [
                        "name": "张三", "sex": "male", "birthOn": "1990-03-07", "phone": "13800005678",
                        "residentNumber": "110101199003070134",
                    ], as: clinicians[0])
                try await body(
                    FHIRWorld(
                        web: web, small: small, other: other, prescriber: clinicians[0], pharmacist: clinicians[1],
                        patient: try #require(registered.json["id"]?.string), database: database.application))
            }
        }
    }

    private static func prepare(_ small: SmallConsortium, in database: TestDatabase) async throws -> [Principal] {
        let people = try await small.addStaff([("doctor", .prescriber), ("pharmacist", .pharmacist)], in: database)
        try await small.publishFormulary(in: database)
        let today = Instant.ofTests.businessDay
        try await database.application.write(as: small.id.tenant) { transaction in
            let batches = [("B1", 200, Int64(30)), ("B2", 300, 70)].map { number, days, quantity in
                BatchQuantity(
                    batch: BatchKey(
                        article: small.articles[0], product: small.products[0], batchNumber: number,
                        expiresOn: today.adding(days: days)),
                    quantity: BaseUnits(quantity))
            }
            _ = try ReceiveStock(store: small.pharmacies[0], lines: batches, document: "test", requestID: UUID())
                .run(in: transaction, by: small.officer, at: .ofTests)
        }
        return people
    }

    // MARK: - Asking

    func get(_ path: String, as person: Principal? = nil, headers: [String: String] = [:]) async throws -> Answer {
        try await web.send("GET", Self.root + path, as: person ?? prescriber, requestID: nil, headers: headers)
    }

    func create(
        _ body: String, as person: Principal? = nil, at path: String = "/MedicationRequest", requestID: UUID? = UUID(),
        headers: [String: String] = [:]
    ) async throws -> Answer {
        var all = headers
        if all["Content-Type"] == nil { all["Content-Type"] = "application/fhir+json" }
        return try await web.send("POST", Self.root + path, as: person ?? prescriber, text: body, requestID: requestID, headers: all)
    }

    /// Two capsules three times a day for a week.
    func request(product: Int = 0, quantity: Int = 42, extra: String = "") -> String {
        """
        {"resourceType":"MedicationRequest","status":"active","intent":"order"\(extra),\
        "medicationReference":{"reference":"Medication/product-\(small.products[product])"},\
        "subject":{"reference":"Patient/\(patient)"},\
        "reasonCode":[{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"J18.9","display":"社区获得性肺炎"}]}],\
        "dosageInstruction":[{"text":"2粒","timing":{"repeat":{"frequency":3,"period":1,"periodUnit":"d"}},\
        "doseAndRate":[{"doseQuantity":{"value":2,"unit":"片","system":"urn:lianyao:unit","code":"tablet"}}]}],\
        "dispenseRequest":{"quantity":{"value":\(quantity)},\
        "expectedSupplyDuration":{"value":7,"unit":"d","system":"http://unitsofmeasure.org","code":"d"}}}
        """
    }

    /// Several requests as one prescription.
    func transaction(_ requests: [String]) -> String {
        let entries = requests.map { #"{"resource":\#($0),"request":{"method":"POST","url":"MedicationRequest"}}"# }
        return #"{"resourceType":"Bundle","type":"transaction","entry":[\#(entries.joined(separator: ","))]}"#
    }

    /// Makes a key the prescriber's.
    func register(_ signer: SoftwareSigner) async throws {
        let registration = try signer.registration(of: prescriber.person, in: small.id)
        let prescriber = prescriber
        try await database.write(as: small.id.tenant) { _ = try registration.run(in: $0, by: prescriber, at: .ofTests) }
    }

    func review(_ prescription: String, _ body: JSONValue = ["decision": "approve"]) async throws {
        let answer = try await web.post("/api/v1/prescriptions/\(prescription)/review", body, as: pharmacist)
        #expect(answer.status == 200, "\(answer.text)")
    }

    func dispense(_ prescription: String) async throws -> String {
        let answer = try await web.post(
            "/api/v1/prescriptions/\(prescription)/dispensing",
            [
                "store": .number(small.pharmacies[0].description),
                "checks": ["prescription", "drug", "incompatibility", "rational-use"],
            ], as: dispenser)
        #expect(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["id"]?.string)
    }
}

extension Answer {
    /// The resources of a Bundle that were found.
    var found: [JSONValue] {
        (json["entry"]?.elements ?? []).filter { $0["search"]?["mode"]?.string == "match" }.compactMap { $0["resource"] }
    }

    /// The address of a link of a Bundle, behind the root of the interface.
    func link(_ relation: String) -> String? {
        let url = json["link"]?.elements.first { $0["relation"]?.string == relation }?["url"]?.string
        return url?.split(separator: FHIRWorld.root, maxSplits: 1).last.map(String.init)
    }

    /// The refusal code of an OperationOutcome.
    var refusal: String? { json["issue"]?[0]?["details"]?["coding"]?[0]?["code"]?.string }
    var expression: String? { json["issue"]?[0]?["expression"]?[0]?.string }
}
