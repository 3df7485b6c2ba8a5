import Audit
import Identity
import Parties
public import Postgres
public import Primitives

/// Passes a claim on to another store, of the same facility or another, as when the patient would rather collect there.
///
/// It is done in one step, without asking the other side: a claim is a short right and no duty, a second step would cost the
/// minutes in which the patient is on the way, and whoever does not want it releases it.
public struct TransferClaim: Sendable {
    public var claim: ClaimID
    /// The new claim's.
    public var next: ClaimID
    public var store: StoreID

    public init(claim: ClaimID, next: ClaimID, to store: StoreID) {
        self.claim = claim
        self.next = next
        self.store = store
    }

    /// - Returns: the claim that the other store now has, lasting anew.
    /// - Throws: `IdentityRefusal` for anyone but a dispenser or pharmacist of the claim's facility; ``DispensingRefusal``:
    ///   unknown, expired or ended; `PartiesRefusal` for an unknown store; ``DispensingRefusal``: the store that has it, one
    ///   that serves no patients, the id taken.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Claim {
        try principal.require(oneOf: [.dispenser, .pharmacist])
        let claims = ClaimStore(transaction, principal.consortium)
        let held = try claims.locked(claim)
        try principal.requireFacility(held.facility)
        try ClaimRules.requireLive(held, at: now)
        let place = try PartiesStore(transaction).store(store, of: principal.consortium)
        guard place.id != held.store else {
            throw DispensingRefusal(.claimedHereAlready, "store \(store) has it", field: "store")
        }
        try ClaimRules.requireServing(place)
        try claims.end(of: held.prescription, .transferred, at: now)
        let passedOn = Claim(
            id: next, prescription: held.prescription, facility: place.facility, store: store, person: principal.person,
            claimedAt: now, expiresAt: now.adding(try claims.duration()), endedAt: nil, endedHow: nil, dispensing: nil,
            passedOnBy: claim)
        try claims.add(passedOn)
        try AuditTrail(transaction).append(
            "dispensing.transfer-claim", subject: "prescription \(held.prescription)", by: principal, at: now,
            detail: ["claim": claim.description, "next": next.description, "store": store.description])
        return passedOn
    }
}
