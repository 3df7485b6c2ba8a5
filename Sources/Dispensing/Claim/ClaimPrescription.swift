import Audit
import Identity
import Parties
public import Postgres
public import Primitives

/// Claims a prescription for a store, so that nobody else in the consortium hands it out meanwhile.
public struct ClaimPrescription: Sendable {
    public var claim: ClaimID
    public var prescription: PrescriptionID
    public var store: StoreID

    public init(claim: ClaimID, prescription: PrescriptionID, store: StoreID) {
        self.claim = claim
        self.prescription = prescription
        self.store = store
    }

    /// The claim lasts as long as the consortium has declared, ``ClaimRules/minutesDefault`` minutes unless told.
    ///
    /// - Throws: `PartiesRefusal` for an unknown store; `IdentityRefusal` for anyone but a dispenser or pharmacist of its
    ///   facility; ``DispensingRefusal``: a store that serves no patients, an unknown prescription, nothing left to hand out,
    ///   not valid today, claimed elsewhere or here already, the id taken.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Claim {
        try principal.require(oneOf: [.dispenser, .pharmacist])
        let place = try PartiesStore(transaction).store(store, of: principal.consortium)
        try principal.requireFacility(place.facility)
        try ClaimRules.requireServing(place)
        let current = try PrescriptionStore(transaction, principal.consortium).locked(prescription)
        _ = try current.state.after(.dispense)
        try current.requireValidity(on: now.businessDay)
        let claims = ClaimStore(transaction, principal.consortium)
        try ClaimRules.requireFree(try claims.live(of: prescription, at: now), for: place.facility)
        let made = Claim(
            id: claim, prescription: prescription, facility: place.facility, store: store, person: principal.person,
            claimedAt: now, expiresAt: now.adding(try claims.duration()), endedAt: nil, endedHow: nil, dispensing: nil,
            passedOnBy: nil)
        try claims.add(made)
        try AuditTrail(transaction).append(
            "dispensing.claim", subject: "prescription \(prescription)", by: principal, at: now,
            detail: ["claim": claim.description, "store": store.description])
        return made
    }
}
