import Audit
public import Dispensing
import Identity
public import Postgres
public import Primitives

/// Hands a delivery over to the patient or a proxy; who took it is the proof. A proxy's resident number leaves only its digest
/// and its mask behind.
///
/// Source: R-LP-11: collection by the patient or a familiar proxy, whose identity is recorded.
public struct HandOverDelivery: Sendable {
    public enum Taker: Sendable, Hashable {
        case patient
        case proxy(name: String, residentNumber: String)
    }

    public var delivery: DeliveryID
    public var taker: Taker

    public init(delivery: DeliveryID, to taker: Taker) {
        self.delivery = delivery
        self.taker = taker
    }

    /// - Throws: ``PrescriptionFlowRefusal`` for an unknown delivery; `IdentityRefusal` for anyone but a pharmacist, dispenser
    ///   or storekeeper of its facility; ``PrescriptionFlowRefusal``: not on its way, a proxy without name or resident number.
    public func run(
        in transaction: Transaction, by principal: Principal, at now: Instant, pepper: ResidentPepper
    ) throws -> Delivery {
        let store = DeliveryStore(transaction, principal.consortium)
        let current = try store.locked(delivery, for: principal)
        let next = try current.state.after(.deliver)
        switch taker {
        case .patient:
            try store.deliver(
                delivery, next, to: .patient, name: try patientName(of: current, in: transaction, principal), proxy: nil, at: now)
        case .proxy(let name, let number):
            guard (1...100).contains(name.trimmed.count) else {
                throw PrescriptionFlowRefusal(.recipientUnidentified, "the name has 1 to 100 characters", field: "name")
            }
            guard let resident = ResidentNumber(number, on: now.businessDay) else {
                throw PrescriptionFlowRefusal(
                    .recipientUnidentified, "length, birth day or check character", field: "residentNumber")
            }
            try store.deliver(
                delivery, next, to: .proxy, name: name.trimmed, proxy: (pepper.digest(of: resident), resident.masked), at: now)
        }
        try AuditTrail(transaction).append(
            "prescription-flow.hand-over-delivery", subject: "delivery \(delivery)", by: principal, at: now,
            detail: ["to": taker == .patient ? "patient" : "proxy"])
        return try store.delivery(delivery)
    }

    private func patientName(of delivery: Delivery, in transaction: Transaction, _ principal: Principal) throws -> String {
        let readings = PrescriptionReadings(transaction, of: principal.consortium)
        let prescription = try readings.prescription(try readings.dispensing(delivery.dispensing).prescription)
        return try PatientStore(transaction).patient(prescription.patient, of: principal.consortium).name
    }
}
