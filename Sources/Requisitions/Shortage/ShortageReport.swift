import Foundation
import Postgres
public import Primitives

public typealias ShortageID = DocumentID<ShortageReport>

/// Something a patient or a clinician asked for and could not get (缺药登记). It names no patient.
public struct ShortageReport: Sendable, Hashable, Codable {
    public let id: ShortageID
    /// For people: `QY-2026-000001`.
    public let number: String
    public let facility: FacilityID
    /// `nil` when it is no product of the catalogue; then there is a ``describedName``.
    public let product: ProductID?
    public let describedName: String?
    /// Base units of the product, or the smallest units of what is described.
    public let quantity: BaseUnits
    public internal(set) var state: ShortageState
    /// Why it was reported or, once it ended in a side exit, why it did.
    public internal(set) var reason: String
    public let registeredAt: Instant
    public internal(set) var purchasingAt: Instant?
    public internal(set) var deliveredAt: Instant?
    /// When it was collected, not collected or cancelled.
    public internal(set) var endedAt: Instant?

    public var cursor: ShortageCursor { ShortageCursor(registeredAt: registeredAt, id: id) }

    /// Applies a transition with its time; a side exit needs a reason.
    ///
    /// - Throws: ``RequisitionsRefusal`` `requisitions.shortage-wrong-state`, `requisitions.reason-missing`.
    mutating func apply(_ transition: ShortageTransition, reason text: String?, at now: Instant) throws(RequisitionsRefusal) {
        state = try state.applying(transition)
        switch transition {
        case .purchase: purchasingAt = now
        case .deliver: deliveredAt = now
        case .collect: endedAt = now
        case .missCollection, .cancel:
            reason = try required(reason: text ?? "", for: transition.rawValue)
            endedAt = now
        }
        if let text = trimmed(text) { reason = text }
    }
}

/// Where a list of shortage reports goes on: after this one.
public struct ShortageCursor: Sendable, Hashable {
    public let registeredAt: Instant
    public let id: ShortageID

    public init(registeredAt: Instant, id: ShortageID) {
        self.registeredAt = registeredAt
        self.id = id
    }

    /// Reads what ``keys`` gave; `nil` for anything else.
    public init?(keys: [String]) {
        guard keys.count == 2, let registeredAt = Instant(keys[0]), let id = UUID(uuidString: keys[1]) else { return nil }
        self.init(registeredAt: registeredAt, id: ShortageID(id))
    }

    public var keys: [String] { [registeredAt.description, id.description] }
}
