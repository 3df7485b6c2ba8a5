public import Dispensing
import Formulary
import Identity
import MedicationRules
public import Postgres
public import Primitives

/// Prescribes what one MedicationRequest asks for, or several of one prescription: the prescription is written as any other
/// and checked by the same rules.
public struct CreateMedicationRequests: Sendable {
    public var prescription: PrescriptionID
    /// With the place of each in the body.
    public var requests: [(request: R4.MedicationRequest, path: String)]
    /// Whether the sender can repeat the call without prescribing twice, by a Request-Id.
    public var isRepeatable: Bool
    public var systems: CodeSystems

    public init(
        prescription: PrescriptionID, requests: [(request: R4.MedicationRequest, path: String)], isRepeatable: Bool,
        systems: CodeSystems = .standard
    ) {
        self.prescription = prescription
        self.requests = requests
        self.isRepeatable = isRepeatable
        self.systems = systems
    }

    /// - Returns: the requests as they are kept, in the order they came.
    /// - Throws: `IdentityRefusal` for anyone but a prescriber; ``FHIRRefusal`` for what cannot be read, is not known or has
    ///   come before; then what `IssuePrescription` refuses.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> [R4.MedicationRequest] {
        try principal.require(oneOf: [.prescriber])
        let today = now.businessDay
        let asked = try RequestedPrescription(requests, by: principal, on: today, systems: systems)
        guard isRepeatable || asked.group != nil || asked.lines.contains(where: { !$0.identifiers.isEmpty }) else {
            throw FHIRRefusal(.identifierMissing, "send a Request-Id, a groupIdentifier or an identifier")
        }
        let words = try WordsOfCodes(transaction)
        let lines = try asked.lines.map { try line($0, words, transaction) }
        var encounter: Encounter?
        if let visit = asked.visit {
            encounter = Encounter()
            encounter?.visitID = visit
        }
        let content = PrescriptionContent(
            diagnosisCode: asked.diagnoses[0].code, diagnosis: asked.diagnoses[0].name,
            otherDiagnoses: Array(asked.diagnoses.dropFirst()), department: asked.department,
            validityDays: try validityDays(asked, today), reason: asked.reason, purpose: asked.purpose,
            longRecords: asked.longRecords, herbal: asked.herbal, encounter: encounter, lines: lines)
        _ = try IssuePrescription(
            prescription: prescription, patient: try patient(asked, transaction, principal.consortium), kind: asked.kind,
            content: content, signature: asked.signature, patientIsWaiting: asked.patientIsWaiting
        ).run(in: transaction, by: principal, at: now)
        let store = ContextStore(transaction: transaction, consortium: principal.consortium)
        try store.add(Self.placers(asked, lines), of: prescription, at: now)
        guard let context = try store.prescription(prescription, words) else { return [] }
        return R4.MedicationRequest.all(of: context, systems: systems)
    }

    private func line(_ line: RequestedLine, _ words: WordsOfCodes, _ transaction: Transaction) throws -> PrescriptionLine {
        let store = ProductsStore(transaction)
        let product: Product? =
            switch line.product {
            case .id(let id): try store.products([id])[id]
            case .code(let code): try store.product(code: code)
            }
        guard let product else { throw FHIRRefusal(.medicationUnknown, "\(line.product)", field: line.path) }
        if let other = line.units.first(where: { !$0.isBaseUnit(product.baseUnit, words) }) {
            throw FHIRRefusal(
                .elementNotSupported, "quantities and doses of \(product.label) count \(systems.unit)|\(product.baseUnit)",
                field: other.path)
        }
        return PrescriptionLine(
            product: product.id, quantity: line.quantity, doseText: line.doseText, dose: line.dose, route: line.route,
            frequency: line.frequency, days: line.days, note: line.note)
    }

    private func patient(
        _ asked: RequestedPrescription, _ transaction: Transaction, _ consortium: ConsortiumID
    ) throws -> PatientID {
        switch asked.patient {
        case .id(let id): return id
        case .number(let number):
            guard let patient = try PatientStore(transaction).patient(number: number, of: consortium) else {
                throw FHIRRefusal(.resourceUnknown, "patient \(number)", field: "MedicationRequest.subject")
            }
            return patient.id
        }
    }

    /// The day it is written counts.
    private func validityDays(_ asked: RequestedPrescription, _ today: CalendarDate) throws -> Int {
        guard let last = asked.validThrough else { return 1 }
        guard last >= today else {
            throw FHIRRefusal(
                .elementInvalid, "the last valid day is before today", field: "MedicationRequest.dispenseRequest.validityPeriod")
        }
        return last.days(since: today) + 1
    }

    private static func placers(_ asked: RequestedPrescription, _ lines: [PrescriptionLine]) -> [PlacerIdentifier] {
        let group = asked.group.map { [PlacerIdentifier(product: nil, system: $0.system, value: $0.value)] } ?? []
        return group
            + zip(asked.lines, lines).flatMap { asked, line in
                asked.identifiers.map { PlacerIdentifier(product: line.product, system: $0.system, value: $0.value) }
            }
    }
}
