import Commands
import Dispensing
public import FHIR
import Foundation
import Postgres
import Primitives

/// The FHIR R4 interface: Patient, Medication, MedicationRequest and MedicationDispense are read and searched, and
/// MedicationRequest is created. Who may do so is who may on the pages: the consortium's clinicians, and prescribers.
public enum FHIRRoutes {
    /// - Parameter systems: what the code systems are called here.
    public static func interactions(systems: CodeSystems = .standard) -> [FHIRInteraction] {
        ResourceType.allCases.flatMap { reading($0, systems) } + [metadata, creation(systems), transaction(systems)]
    }

    /// Medications are no secret; patients and what is prescribed to them are for clinicians.
    private static func readers(of type: ResourceType) -> Set<Role> {
        type == .medication ? [] : DispensingRoutes.clinicians
    }

    private static let metadata = FHIRInteraction("fhir.metadata", "/metadata", isOpen: true) { call in
        .fhir(R4.CapabilityStatement(base: call.base, version: call.exchange.environment.version).json)
    }

    // MARK: - Reading

    private static func reading(_ type: ResourceType, _ systems: CodeSystems) -> [FHIRInteraction] {
        let name = type.operationName
        let search: @Sendable (FHIRCall) async throws -> Reply = { try await found(type, $0, systems) }
        return [
            FHIRInteraction("fhir.read-\(name)", "/\(type.rawValue)/{id}", roles: readers(of: type)) { call in
                let (principal, id) = (try call.principal(), try call.exchange.parameters.text("id"))
                return try await call.exchange.environment.database.read(as: principal.tenant) { transaction in
                    .fhir(
                        try ResourceReadings(transaction, of: principal.consortium, systems: systems).resource(type, id: id).json)
                }
            },
            FHIRInteraction("fhir.search-\(name)", "/\(type.rawValue)", roles: readers(of: type), search),
            FHIRInteraction(
                "fhir.search-\(name)-by-form", "/\(type.rawValue)/_search", method: .post, roles: readers(of: type), body: .form, search),
        ]
    }

    private static func found(_ type: ResourceType, _ call: FHIRCall, _ systems: CodeSystems) async throws -> Reply {
        let principal = try call.principal()
        let query = try SearchQuery(call.pairs, for: type)
        if call.isStrict, let name = query.unknown.first {
            throw FHIRRefusal(.parameterUnknown, "\(type.rawValue) is not searched by \(name)", field: name)
        }
        let after = try cursor(query.cursor)
        let today = call.exchange.now.businessDay
        let found = try await call.exchange.environment.database.read(as: principal.tenant) { transaction in
            try ResourceReadings(transaction, of: principal.consortium, systems: systems)
                .search(type, query, after: after, today: today)
        }
        return .fhir(SearchPage(type: type, query: query, found: found, base: call.base).bundle.json)
    }

    private static func cursor(_ text: String?) throws -> [String]? {
        guard let text else { return nil }
        do {
            return try Cursor.decode(text)
        } catch {
            throw FHIRRefusal(
                .parameterInvalid, "the cursor is not one this search has given out", field: SearchQuery.cursorName)
        }
    }

    // MARK: - Creating

    private static func creation(_ systems: CodeSystems) -> FHIRInteraction {
        FHIRInteraction("fhir.create-medication-request", "/MedicationRequest", method: .post, roles: [.prescriber], body: .resource) {
            call in
            let request = try R4.MedicationRequest(json: call.exchange.body, at: "MedicationRequest")
            return try await run("fhir.create-medication-request", call) { transaction, principal in
                if let known = try existing(call, transaction, principal, systems) {
                    return StoredAnswer(status: 200, json: known.json.text())
                }
                let created = try create([(request, "MedicationRequest")], call, transaction, principal, systems)
                guard let only = created.first else { throw FHIRRefusal(.resourceUnknown, "the request just made") }
                return StoredAnswer(status: 201, json: only.json.text())
            }
        }
    }

    private static func transaction(_ systems: CodeSystems) -> FHIRInteraction {
        FHIRInteraction("fhir.transaction", "", method: .post, roles: [.prescriber], body: .resource) { call in
            let requests = try requests(of: try R4.Bundle(json: call.exchange.body, at: "Bundle"))
            return try await run("fhir.transaction", call) { transaction, principal in
                let created = try create(requests, call, transaction, principal, systems)
                return StoredAnswer(status: 200, json: response(created, call).json.text())
            }
        }
    }

    /// Runs a command once for its Request-Id; tells where a single thing it created is.
    private static func run(
        _ operationID: String, _ call: FHIRCall,
        _ body: @escaping @Sendable (Transaction, Principal) throws -> StoredAnswer
    ) async throws -> Reply {
        let (principal, exchange) = (try call.principal(), call.exchange)
        let command = RunOnce(
            requestID: exchange.requestID, operation: operationID, bodyDigest: exchange.digest(of: operationID))
        let answer = try await exchange.environment.database.write(as: principal.tenant) { transaction in
            try command.run(in: transaction, by: principal, at: exchange.now) { try body(transaction, principal) }
        }
        let json = try JSONValue(parsing: answer.json)
        var headers = answer.isReplay ? [(name: "Idempotent-Replay", value: "true")] : []
        if let type = json["resourceType"]?.string, let id = json["id"]?.string {
            headers.append((name: "Location", value: "\(call.base)/\(type)/\(id)"))
        }
        return .fhir(json, status: answer.status, headers: headers)
    }

    private static func create(
        _ requests: [(request: R4.MedicationRequest, path: String)], _ call: FHIRCall, _ transaction: Transaction,
        _ principal: Principal, _ systems: CodeSystems
    ) throws -> [R4.MedicationRequest] {
        try CreateMedicationRequests(
            prescription: PrescriptionID(call.exchange.requestID), requests: requests, isRepeatable: call.isRepeatable,
            systems: systems
        ).run(in: transaction, by: principal, at: call.exchange.now)
    }

    /// What `If-None-Exist` finds; `nil` when the header is absent or finds nothing.
    private static func existing(
        _ call: FHIRCall, _ transaction: Transaction, _ principal: Principal, _ systems: CodeSystems
    ) throws -> R4.Resource? {
        guard let text = call.ifNoneExist else { return nil }
        let pairs = try RequestLine.pairs(of: text).map { SearchQuery.Pair($0.name, $0.value) }
        let query = try SearchQuery(pairs, for: .medicationRequest)
        guard query.unknown.isEmpty, !query.criteria.isEmpty else {
            throw FHIRRefusal(.parameterUnknown, "If-None-Exist names no search that is known", field: query.unknown.first)
        }
        let found = try ResourceReadings(transaction, of: principal.consortium, systems: systems)
            .search(.medicationRequest, query, after: nil, today: call.exchange.now.businessDay)
        guard found.resources.count <= 1 else {
            throw FHIRRefusal(.identifierTaken, "If-None-Exist finds \(found.resources.count) requests")
        }
        return found.resources.first
    }
}

extension ResourceType {
    /// `medication-request`.
    var operationName: String {
        rawValue.reduce(into: "") { name, character in
            if character.isUppercase, !name.isEmpty { name.append("-") }
            name.append(character.lowercased())
        }
    }
}
