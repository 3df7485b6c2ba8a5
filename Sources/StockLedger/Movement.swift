import Foundation
import Postgres
public import Primitives

/// The record that stock moved: who, when, why, for which document. Its entries sum to zero for each batch.
public struct Movement: Sendable, Hashable, Codable {
    public let id: MovementID
    public let kind: MovementKind
    public let occurredOn: CalendarDate
    public let recordedAt: Instant
    public let person: PersonID
    public let document: String
    public let reason: String
    public let reverses: MovementID?
}

public typealias MovementID = Identifier<Movement>

/// One side of a movement: positive comes to the place, negative leaves it.
struct Entry: Hashable, Sendable {
    let place: Place
    let batch: BatchID
    let product: ProductID
    let expiresOn: CalendarDate
    let quantity: BaseUnits
}

/// A movement about to be recorded.
struct MovementDraft {
    var kind: MovementKind
    var entries: [Entry]
    var document: String
    var reason = ""
    var reverses: MovementID?
    /// The caller's request and which of its movements this is.
    var requestID: UUID
    var part = 1
}

extension MovementDraft {
    /// Both sides of moving `picks` from one place to another.
    static func entries(_ picks: [Pick], from origin: Place, to destination: Place) -> [Entry] {
        picks.flatMap { pick in
            [
                Entry(
                    place: origin, batch: pick.batch, product: pick.product, expiresOn: pick.expiresOn,
                    quantity: -pick.quantity),
                Entry(
                    place: destination, batch: pick.batch, product: pick.product, expiresOn: pick.expiresOn,
                    quantity: pick.quantity),
            ]
        }
    }
}

extension Movement {
    init(_ row: Row) throws {
        self.init(
            id: try row["movement_id"], kind: try row["kind"], occurredOn: try row["occurred_on"],
            recordedAt: try row["recorded_at"], person: try row["person_id"], document: try row["document"],
            reason: try row["reason"], reverses: try row["reverses_id"])
    }
}
