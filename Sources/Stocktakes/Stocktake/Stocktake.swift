import Identity
import Parties
import Postgres
public import Primitives
public import StockLedger

public typealias StocktakeID = DocumentID<Stocktake>

/// A count of a store's stock, from the sheet to the adjustment (盘点单).
public struct Stocktake: Sendable, Hashable {
    public let id: StocktakeID
    /// For people: `PD-2026-000001`.
    public let number: String
    public let store: StoreID
    /// Of the store.
    public let facility: FacilityID
    public let name: String
    public let scope: StocktakeScopeKind
    public let manner: CountManner
    /// Whether counters are not told what the ledger says until the counting has ended (盲盘).
    public let isBlind: Bool
    public let rule: RecountRule
    public internal(set) var state: StocktakeState
    /// 1 for the first count, one more with every recount.
    public internal(set) var round: Int
    /// Of the last recount, rejection or cancellation; empty when there was none.
    public internal(set) var reason: String
    public let openedAt: Instant
    public let openedBy: PersonID
    public internal(set) var submittedAt: Instant?
    public internal(set) var submittedBy: PersonID?
    /// When it was last approved or rejected.
    public internal(set) var decidedAt: Instant?
    public internal(set) var decidedBy: PersonID?
    /// What brought the ledger to the count; `nil` when nothing differed or it is not posted.
    public internal(set) var movement: MovementID?
    /// From 1, one more with every change but a count; whoever changes it names the version they have read.
    public internal(set) var version: Int64

    /// The subject of its audit events, and the document of its movement and its freeze.
    var subject: String { "stocktake \(id)" }

    /// - Throws: ``StocktakesRefusal`` `stocktakes.changed-meanwhile`; then `stocktakes.wrong-state`.
    mutating func apply(_ transition: StocktakeTransition, version: Int64?) throws(StocktakesRefusal) {
        if let version, version != self.version {
            throw StocktakesRefusal(
                .changedMeanwhile, "\(number) has version \(self.version), not \(version)", field: "version")
        }
        state = try state.applying(transition)
    }

    /// Begins another round, once some lines are to be counted again.
    mutating func beginRound(because reason: String) {
        round += 1
        self.reason = reason
    }

    /// Notes who approved or rejected it, and when.
    mutating func decide(by principal: Principal, at now: Instant) {
        decidedAt = now
        decidedBy = principal.person
    }
}

/// Who does what. The second-person rules come on top.
enum StocktakeRoles {
    /// Open, finish, explain, submit, give up.
    static let keepers: Set<Role> = [.storekeeper, .supervisor]
    /// Count: a township's month-end count takes everyone of the pharmacy.
    static let counters: Set<Role> = [.storekeeper, .supervisor, .dispenser, .pharmacist]
    /// Approve and send back.
    static let approvers: Set<Role> = [.supervisor]
}
