public import Parties
public import Primitives

/// Decides about claims. Pure: reads nothing.
public enum ClaimRules {
    /// Minutes for which a claim lasts unless the consortium says otherwise.
    public static let minutesDefault = 30
    /// What a consortium may say: a minute to a day.
    public static let minutesAllowed = 1...1_440

    /// Refuses a claim where another holds the prescription.
    ///
    /// - Parameter live: the claim that holds it now; `nil` when none does.
    /// - Throws: ``DispensingRefusal``: claimed by another facility, or by this one already.
    public static func requireFree(_ live: Claim?, for facility: FacilityID) throws(DispensingRefusal) {
        try requireOpen(live, to: facility)
        if let live {
            throw DispensingRefusal(.claimedHereAlready, "for store \(live.store) until \(live.expiresAt)")
        }
    }

    /// Refuses to hand out what another facility has claimed.
    ///
    /// - Throws: ``DispensingRefusal`` `dispensing.claimed-elsewhere`.
    public static func requireOpen(_ live: Claim?, to facility: FacilityID) throws(DispensingRefusal) {
        guard let live, live.facility != facility else { return }
        throw DispensingRefusal(.claimedElsewhere, "by facility \(live.facility) until \(live.expiresAt)")
    }

    /// Refuses what is done with a claim that no longer holds.
    ///
    /// - Throws: ``DispensingRefusal`` `dispensing.claim-expired`, `dispensing.claim-ended`.
    public static func requireLive(_ claim: Claim, at now: Instant) throws(DispensingRefusal) {
        guard !claim.isLive(at: now) else { return }
        guard let how = claim.endedHow, how != .expired else {
            throw DispensingRefusal(.claimExpired, "at \(claim.expiresAt)")
        }
        throw DispensingRefusal(.claimEnded, how.rawValue)
    }

    /// Patients are served in pharmacies and clinics; a central store (药库) serves those.
    ///
    /// - Throws: ``DispensingRefusal`` `dispensing.store-serves-no-patients`.
    public static func requireServing(_ store: Store) throws(DispensingRefusal) {
        guard store.kind.servesPatients else {
            throw DispensingRefusal(.storeServesNoPatients, store.name, field: "store")
        }
    }
}
