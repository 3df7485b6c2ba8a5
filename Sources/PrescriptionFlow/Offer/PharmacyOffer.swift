public import Parties
public import Primitives

/// What one pharmacy could do for a prescription.
public struct PharmacyOffer: Sendable, Hashable, Codable {
    public let store: StoreID
    public let code: String
    public let name: String
    public let facility: FacilityID
    public let facilityName: String
    /// From where the patient is at home, see ``PharmacyOffers``; `nil` when nobody knows.
    public let metres: Int64?
    /// Whether the patient has chosen it.
    public let isChosen: Bool
    /// Whether everything that is open could be handed out there now.
    public let isComplete: Bool
    public let lines: [LineCoverage]
    /// What is missing, with names and numbers.
    public let explanationChinese: String
    public let explanationEnglish: String

    public init(
        store: Store, facilityName: String, metres: Int64?, isChosen: Bool, coverage: Coverage, explanation: Phrase
    ) {
        self.store = store.id
        code = store.code
        name = store.name
        facility = store.facility
        self.facilityName = facilityName
        self.metres = metres
        self.isChosen = isChosen
        isComplete = coverage.isComplete
        lines = coverage.lines
        explanationChinese = explanation.chinese
        explanationEnglish = explanation.english
    }

    /// Lines that could be handed out whole.
    var linesServed: Int { lines.count { $0.short == 0 } }
}

/// The order in which pharmacies are offered. Pure.
///
/// Those that have everything come first; among equals the one the patient chose, then the one that serves more lines,
/// then the nearest, those of unknown distance last, then by code.
public enum OfferOrder {
    public static func isBefore(_ one: PharmacyOffer, _ other: PharmacyOffer) -> Bool {
        if one.isComplete != other.isComplete { return one.isComplete }
        if one.isChosen != other.isChosen { return one.isChosen }
        if one.linesServed != other.linesServed { return one.linesServed > other.linesServed }
        let (near, far) = (one.metres ?? .max, other.metres ?? .max)
        if near != far { return near < far }
        return (one.code, one.store) < (other.code, other.store)
    }
}

/// Every pharmacy for a prescription, and what is proposed when the right one lacks something.
public struct PrescriptionOffers: Sendable, Hashable, Codable {
    /// Where the patient would collect; `nil` when no choice is recorded.
    public let chosen: StoreID?
    /// In the order of ``OfferOrder``.
    public let offers: [PharmacyOffer]
    /// Best first; empty when the pharmacy of choice, or else the first, has everything.
    public let proposals: [Proposal]
}
