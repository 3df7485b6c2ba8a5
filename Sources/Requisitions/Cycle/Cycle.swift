import Postgres
public import Primitives

public typealias CycleID = DocumentID<Cycle>

public enum CycleState: String, StoredText, Codable, CaseIterable {
    case open, closed
}

/// A period in which every store asks once for what it regularly needs (请领周期).
public struct Cycle: Sendable, Hashable, Codable {
    public let id: CycleID
    /// For people: `ZQ-2026-000001`.
    public let number: String
    public let name: String
    /// The first day on which requisitions are opened and submitted.
    public let opensOn: CalendarDate
    /// The last such day.
    public let closesOn: CalendarDate
    public internal(set) var state: CycleState
    public let openedAt: Instant
    public internal(set) var closedAt: Instant?

    /// - Throws: ``RequisitionsRefusal`` `requisitions.cycle-closed` when requisitions are not taken on `today`.
    func requireOpen(on today: CalendarDate) throws(RequisitionsRefusal) {
        guard state == .open else { throw RequisitionsRefusal(.cycleClosed, "\(number) was closed", field: "cycle") }
        guard (opensOn...closesOn).contains(today) else {
            throw RequisitionsRefusal(.cycleClosed, "\(number) is open from \(opensOn) through \(closesOn)", field: "cycle")
        }
    }
}
