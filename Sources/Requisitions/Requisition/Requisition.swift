import Postgres
public import Primitives

public typealias RequisitionID = DocumentID<Requisition>

public enum RequisitionKind: String, StoredText, Codable, CaseIterable {
    /// Once in a cycle, for everything a store keeps.
    case regular
    /// At any time, for chosen products.
    case emergency
}

/// What a store asks for, once in a cycle or in an emergency.
public struct Requisition: Sendable, Hashable {
    public let id: RequisitionID
    /// For people: `QL-2026-000001`.
    public let number: String
    public let facility: FacilityID
    public let store: StoreID
    /// `nil` for an emergency.
    public let cycle: CycleID?
    public let kind: RequisitionKind
    public let strategy: ReplenishmentStrategy
    public internal(set) var state: RequisitionState
    /// Of the last return, cancellation or approval; empty when there was none.
    public internal(set) var reason: String
    public let openedAt: Instant
    public let openedBy: PersonID
    public internal(set) var submittedAt: Instant?
    /// When it was last approved or returned.
    public internal(set) var decidedAt: Instant?
    public internal(set) var decidedBy: PersonID?
    /// From 1, one more with every change; whoever changes it names the version they have read.
    public internal(set) var version: Int64

    /// The subject of its audit events.
    var subject: String { "requisition \(id)" }

    /// - Throws: ``RequisitionsRefusal`` `requisitions.changed-meanwhile`; then `requisitions.wrong-state`.
    mutating func apply(_ transition: RequisitionTransition, version: Int64?) throws(RequisitionsRefusal) {
        if let version, version != self.version {
            throw RequisitionsRefusal(
                .changedMeanwhile, "\(number) has version \(self.version), not \(version)", field: "version")
        }
        state = try state.applying(transition)
    }

    /// Notes who approved or returned it, and when.
    mutating func decide(by principal: Principal, at now: Instant, reason: String) {
        self.reason = reason
        decidedAt = now
        decidedBy = principal.person
    }
}
