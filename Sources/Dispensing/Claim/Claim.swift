import Postgres
public import Primitives

public typealias ClaimID = DocumentID<Claim>

/// A pharmacy's right to hand out a prescription alone for a while, so that two pharmacies do not make the same one ready.
///
/// From ``expiresAt`` on it counts as none, whether anybody has closed it or not. It is a right and no duty: whoever does
/// not want it lets it go.
public struct Claim: Sendable, Hashable, Codable {
    public let id: ClaimID
    public let prescription: PrescriptionID
    public let facility: FacilityID
    public let store: StoreID
    /// Who claimed it or, when it was passed on, who passed it on.
    public let person: PersonID
    public let claimedAt: Instant
    public let expiresAt: Instant
    /// `nil` until it is ended or, once it has expired, closed.
    public let endedAt: Instant?
    public let endedHow: ClaimEnd?
    /// What it was used for; `nil` unless it ended with that.
    public let dispensing: DispensingID?
    /// The claim that was passed on to this one.
    public let passedOnBy: ClaimID?

    /// Whether it keeps others away at a moment.
    public func isLive(at now: Instant) -> Bool { endedAt == nil && now < expiresAt }
}

/// How a claim ended.
public enum ClaimEnd: String, StoredText, Codable, CaseIterable {
    /// Its pharmacy let it go.
    case released
    /// Its time passed.
    case expired
    /// It was passed on to another store.
    case transferred
    /// The prescription was handed out, wholly or in part.
    case dispensed
    /// The prescription was cancelled, ended or its validity passed.
    case cancelled
}

extension Claim {
    init(_ row: Row) throws {
        self.init(
            id: try row["claim_id"], prescription: try row["prescription_id"], facility: try row["facility_id"],
            store: try row["store_id"], person: try row["person_id"], claimedAt: try row["claimed_at"],
            expiresAt: try row["expires_at"], endedAt: try row["ended_at"], endedHow: try row["ended_how"],
            dispensing: try row["dispensing_id"], passedOnBy: try row["passed_on_by_id"])
    }
}
