import Audit
public import Dispensing
import Identity
import Parties
public import Postgres
public import Primitives

/// Records where a patient collects as a rule; `nil` takes the choice back.
public struct ChoosePatientPharmacy: Sendable {
    public var patient: PatientID
    public var store: StoreID?

    public init(patient: PatientID, store: StoreID?) {
        self.patient = patient
        self.store = store
    }

    /// - Throws: `IdentityRefusal` for anyone but a prescriber, pharmacist or dispenser; `DispensingRefusal` for an unknown
    ///   patient; `PartiesRefusal` for an unknown store; `DispensingRefusal` for a store that serves no patients.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.prescriber, .pharmacist, .dispenser])
        _ = try PatientStore(transaction).patient(patient, of: principal.consortium)
        try requireServing(store, in: transaction, principal)
        try ChoicesStore(transaction, principal.consortium).set(store, ofPatient: patient, by: principal.person, at: now)
        try AuditTrail(transaction).append(
            "prescription-flow.choose-patient-pharmacy", subject: "patient \(patient)", by: principal, at: now,
            detail: ["store": store?.description ?? "none"])
    }
}

/// Records where the patient collects one prescription; `nil` goes back to the patient's rule.
public struct ChoosePrescriptionPharmacy: Sendable {
    public var prescription: PrescriptionID
    public var store: StoreID?

    public init(prescription: PrescriptionID, store: StoreID?) {
        self.prescription = prescription
        self.store = store
    }

    /// - Throws: `IdentityRefusal` for anyone but a prescriber, pharmacist or dispenser; `DispensingRefusal`: an unknown
    ///   prescription, or one of which nothing will be handed out any more; `PartiesRefusal` for an unknown store;
    ///   `DispensingRefusal` for a store that serves no patients.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.prescriber, .pharmacist, .dispenser])
        let current = try PrescriptionReadings(transaction, of: principal.consortium).prescription(prescription)
        switch current.state {
        case .issued, .approved, .returned, .partlyDispensed: break
        case .dispensed, .ended, .cancelled, .expired: _ = try current.state.after(.dispense)
        }
        try requireServing(store, in: transaction, principal)
        try ChoicesStore(transaction, principal.consortium).set(store, ofPrescription: prescription, by: principal.person, at: now)
        try AuditTrail(transaction).append(
            "prescription-flow.choose-prescription-pharmacy", subject: "prescription \(prescription)", by: principal, at: now,
            detail: ["store": store?.description ?? "none"])
    }
}

/// Refuses a choice of what is no pharmacy; no choice is none to refuse.
private func requireServing(_ store: StoreID?, in transaction: Transaction, _ principal: Principal) throws {
    guard let store else { return }
    try ClaimRules.requireServing(try PartiesStore(transaction).store(store, of: principal.consortium))
}
