public import Dispensing
import Postgres
public import Primitives

public typealias DeliveryID = DocumentID<Delivery>

public enum DeliveryPlace: String, StoredText, Codable, CaseIterable {
    case home
    /// A village clinic (村卫生室), where the patient collects it.
    case villageClinic = "village-clinic"
}

/// Who took it.
public enum Recipient: String, StoredText, Codable, CaseIterable {
    case patient
    /// Somebody who knows the patient well; their identity is recorded (R-LP-11).
    case proxy
}

/// What was handed out, on its way to the patient (送药到村、到家).
public struct Delivery: Sendable, Hashable, Codable {
    public let id: DeliveryID
    /// `PS-2026-000123`.
    public let number: String
    public let dispensing: DispensingID
    /// From which it was handed out.
    public let store: StoreID
    public let place: DeliveryPlace
    public let address: String
    /// Whether it is declared that it is kept cold all the way.
    public let keepsCold: Bool
    public let state: DeliveryState
    public let plannedAt: Instant
    /// Who took it along, and when, last.
    public let carrier: PersonID?
    public let outAt: Instant?
    /// When it was delivered, back or cancelled.
    public let endedAt: Instant?
    /// Why it failed or was cancelled, last; empty otherwise.
    public let reason: String
    /// The proof: who took it. `nil` until somebody did.
    public let recipient: Recipient?
    public let recipientName: String?
    /// Three characters and the last one of a proxy's resident number.
    public let recipientMasked: String?
}

extension Delivery {
    init(_ row: Row) throws {
        self.init(
            id: try row["delivery_id"], number: try row["number"], dispensing: try row["dispensing_id"],
            store: try row["store_id"], place: try row["place"], address: try row["address"], keepsCold: try row["keeps_cold"],
            state: try row["state"], plannedAt: try row["planned_at"], carrier: try row["carrier_id"],
            outAt: try row["out_at"], endedAt: try row["ended_at"], reason: try row["reason"],
            recipient: try row["recipient"], recipientName: try row["recipient_name"],
            recipientMasked: try row["recipient_masked"])
    }
}
