import Postgres
public import Primitives

/// How soon a prescription is to be reviewed; the first comes first.
public enum ReviewUrgency: Int, Sendable, Codable, CaseIterable {
    case emergency = 0
    case patientWaiting = 1
    case ordinary = 2

    init(kind: PrescriptionKind, patientIsWaiting: Bool) {
        self = kind == .emergency ? .emergency : patientIsWaiting ? .patientWaiting : .ordinary
    }
}

/// That a pharmacist has taken a prescription up, so that no other reviews it.
public struct ReviewHold: Sendable, Hashable, Codable {
    public let prescription: PrescriptionID
    public let number: String
    public let version: Int
    public let holder: PersonID
    public let heldAt: Instant
    /// From then on it is free again.
    public let expiresAt: Instant
}

/// The place of a prescription in the queue.
struct QueuedPrescription {
    let version: Int
    let queuedAt: Instant
    let holder: PersonID?
    let heldAt: Instant?
    let expiresAt: Instant?

    /// Who holds it at `now`; a hold is over at the moment it expires.
    func holder(at now: Instant) -> PersonID? { expiresAt.map { now < $0 } ?? false ? holder : nil }
}
