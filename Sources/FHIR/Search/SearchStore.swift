import Dispensing
import Foundation
import Postgres
import Primitives

/// The SQL statements that find the keys of resources, page by page: each key continues the list after itself.
struct SearchStore {
    let transaction: Transaction
    let consortium: ConsortiumID
    let systems: CodeSystems

    /// What a list is ordered by; text, so that it can stand in an address.
    struct Position: Sendable, Hashable {
        let keys: [String]

        /// A moment and a part of a document.
        fileprivate func read<Kind>(_: Kind.Type) throws -> (at: Instant, key: PartKey<Kind>) {
            guard keys.count == 2, let at = Instant(keys[0]), let key = PartKey<Kind>(keys[1]) else { throw Self.foreign }
            return (at, key)
        }

        static let foreign = FHIRRefusal(
            .parameterInvalid, "the cursor is not one this search has given out", field: SearchQuery.cursorName)
    }

    // MARK: - Patients

    func patients(_ query: SearchQuery, after: Position?, limit: Int) throws -> [PatientID] {
        guard !query.criteria.isEmpty else {
            throw FHIRRefusal(.criterionMissing, "patients are looked for by _id, identifier, name or birthdate")
        }
        var conditions = try query.conditions { criterion, text in
            switch criterion.name {
            case "_id": PatientID(lowercaseText: text).map { "patient_id = \($0)" } ?? "FALSE"
            case "identifier":
                TokenCriterion(text).mayBe(of: systems.patientNumber) ? "number = \(TokenCriterion(text).value)" : "FALSE"
            case "name": name(SearchQuery.unescaped(text), criterion.modifier)
            default: try criterion.holds(text, ofDay: "birth_on")
            }
        }
        if let after {
            guard after.keys.count == 1, let last = PatientID(lowercaseText: after.keys[0]) else { throw Position.foreign }
            conditions.append("patient_id > \(last)")
        }
        return try transaction.query(
            """
            SELECT patient_id FROM dispensing.patient
             WHERE consortium_id = \(consortium) AND \(SQL.all(conditions)) ORDER BY patient_id LIMIT \(limit)
            """
        ) { try $0["patient_id"] }
    }

    private func name(_ text: String, _ modifier: String?) -> SQL {
        switch modifier {
        case "exact": "name = \(text)"
        case "contains": "position(lower(\(text)) IN lower(name)) > 0"
        default: #"lower(name) COLLATE "C" ^@ lower(\#(text))"#
        }
    }

    // MARK: - Requests

    struct FoundRequest: Sendable {
        let prescription: PrescriptionID
        let product: ProductID
        let issuedAt: Instant

        var position: Position {
            Position(keys: [issuedAt.description, PartKey(prescription, product.rawValue).description])
        }
    }

    /// Newest first.
    func requests(_ query: SearchQuery, after: Position?, limit: Int) throws -> [FoundRequest] {
        var conditions = try query.conditions(condition(ofRequest:_:))
        if let last = try after?.read(Prescription.self) {
            conditions.append(
                "(issued_at, prescription_id, -product_id) < (\(last.at), \(last.key.document), -\(last.key.part)::bigint)")
        }
        return try transaction.query(
            """
            SELECT prescription_id, product_id, issued_at
              FROM dispensing.prescription
              JOIN dispensing.prescription_line USING (consortium_id, prescription_id, version)
             WHERE consortium_id = \(consortium) AND \(SQL.all(conditions))
             ORDER BY issued_at DESC, prescription_id DESC, product_id LIMIT \(limit)
            """
        ) { row in
            FoundRequest(
                prescription: try row["prescription_id"], product: try row["product_id"], issuedAt: try row["issued_at"])
        }
    }

    private func condition(ofRequest criterion: SearchQuery.Criterion, _ text: String) throws -> SQL {
        switch criterion.name {
        case "_id": return part(PartKey<Prescription>(text))
        case "identifier": return try identifier(TokenCriterion(text))
        case "group-identifier":
            let token = TokenCriterion(text)
            return token.mayBe(of: systems.prescriptionNumber) ? "prescription.number = \(token.value)" : "FALSE"
        case "patient", "subject": return try criterion.holds(text, ofPatient: "patient_id")
        case "status":
            let states = R4.MedicationRequest.Status(rawValue: TokenCriterion(text).value)?.states ?? []
            return .any(states.map { "state = \($0)" })
        case "intent": return TokenCriterion(text).value == R4.MedicationRequest.Intent.order.rawValue ? "TRUE" : "FALSE"
        default: return try criterion.holds(text, ofMoment: "issued_at")
        }
    }

    private func part(_ key: PartKey<Prescription>?) -> SQL {
        key.map { "prescription_id = \($0.document) AND product_id = \($0.part)" } ?? "FALSE"
    }

    /// The lines that have the identifier: the number of a line (three parts of the prescription's, then the product's code),
    /// or what a sender gave.
    private func identifier(_ token: TokenCriterion) throws -> SQL {
        var ways = try placed(token).map { placed in
            placed.product.map { "prescription_id = \(placed.prescription) AND product_id = \($0)" }
                ?? "prescription_id = \(placed.prescription)" as SQL
        }
        let parts = token.value.split(separator: "-", maxSplits: 3, omittingEmptySubsequences: false)
        if parts.count == 4, token.mayBe(of: systems.prescriptionLine) {
            let (number, code) = (parts[..<3].joined(separator: "-"), String(parts[3]))
            ways.append(
                """
                prescription.number = \(number)
                AND product_id = (SELECT product_id FROM formulary.product WHERE code = \(code))
                """)
        }
        return .any(ways)
    }

    private func placed(_ token: TokenCriterion) throws -> [(prescription: PrescriptionID, product: ProductID?)] {
        let ofSystem: SQL = token.system.map { "system = \($0)" } ?? "TRUE"
        return try transaction.query(
            """
            SELECT prescription_id, product_id FROM fhir.placer_identifier
             WHERE consortium_id = \(consortium) AND value = \(token.value) AND \(ofSystem)
            """
        ) { row in (try row["prescription_id"], try row["product_id"]) }
    }

    // MARK: - Dispenses

    struct FoundDispense: Sendable {
        let dispensing: DispensingID
        let line: Int
        let dispensedAt: Instant

        var position: Position {
            Position(keys: [dispensedAt.description, PartKey(dispensing, Int64(line)).description])
        }
    }

    /// Newest first.
    func dispenses(_ query: SearchQuery, after: Position?, limit: Int) throws -> [FoundDispense] {
        var conditions = try query.conditions(condition(ofDispense:_:))
        if let last = try after?.read(DispensingRecord.self) {
            conditions.append(
                "(dispensed_at, dispensing_id, -line_number) < (\(last.at), \(last.key.document), -\(last.key.part)::bigint)")
        }
        return try transaction.query(
            """
            SELECT dispensing_id, line_number, dispensed_at
              FROM dispensing.dispensing
              JOIN dispensing.dispensing_line USING (consortium_id, dispensing_id)
              JOIN dispensing.prescription USING (consortium_id, prescription_id)
             WHERE consortium_id = \(consortium) AND \(SQL.all(conditions))
             ORDER BY dispensed_at DESC, dispensing_id DESC, line_number LIMIT \(limit)
            """
        ) { row in
            FoundDispense(
                dispensing: try row["dispensing_id"], line: try row["line_number"], dispensedAt: try row["dispensed_at"])
        }
    }

    private func condition(ofDispense criterion: SearchQuery.Criterion, _ text: String) throws -> SQL {
        switch criterion.name {
        case "_id":
            return PartKey<DispensingRecord>(text).map { "dispensing_id = \($0.document) AND line_number = \($0.part)" }
                ?? "FALSE"
        case "identifier":
            let token = TokenCriterion(text)
            let parts = token.value.split(separator: "-", omittingEmptySubsequences: false)
            guard token.mayBe(of: systems.dispensingLine), parts.count == 4, let line = Int64(parts[3]) else { return "FALSE" }
            return "dispensing.number = \(parts[..<3].joined(separator: "-")) AND line_number = \(line)"
        case "patient", "subject": return try criterion.holds(text, ofPatient: "prescription.patient_id")
        case "prescription":
            let key = PartKey<Prescription>(try criterion.id(text, of: .medicationRequest))
            return key.map { "prescription_id = \($0.document) AND product_id = \($0.part)" } ?? "FALSE"
        case "status":
            return TokenCriterion(text).value == R4.MedicationDispense.Status.completed.rawValue ? "TRUE" : "FALSE"
        default: return try criterion.holds(text, ofMoment: "dispensed_at")
        }
    }
}
