import Postgres
import Primitives

/// How a consortium prescribes and reviews, where the norms leave it open. A supervisor declares it; until then the
/// strictest holds.
public struct ConsortiumPractice: Sendable, Hashable, Codable {
    /// Whether every prescription is signed by its prescriber's key (R-RX-12).
    public var requiresSignatures: Bool
    /// Whether only declared pharmacists review (R-RV-02).
    public var requiresQualifiedReviewers: Bool
    /// Whether a quantity may be rounded up to whole packs.
    public var roundsUpToPacks: Bool
    /// How long a pharmacist keeps a prescription from the others, in minutes.
    public var holdMinutes: Int
    /// How many prescriptions one pharmacist may hold at once.
    public var holdsMax: Int

    public init(
        requiresSignatures: Bool = true, requiresQualifiedReviewers: Bool = true, roundsUpToPacks: Bool = false,
        holdMinutes: Int = 10, holdsMax: Int = 1
    ) {
        self.requiresSignatures = requiresSignatures
        self.requiresQualifiedReviewers = requiresQualifiedReviewers
        self.roundsUpToPacks = roundsUpToPacks
        self.holdMinutes = holdMinutes
        self.holdsMax = holdsMax
    }

    /// What holds where nothing was declared.
    public static let undeclared = ConsortiumPractice()

    /// - Throws: ``DispensingRefusal`` when a number is out of range.
    func check() throws(DispensingRefusal) {
        guard (1...120).contains(holdMinutes) else {
            throw DispensingRefusal(.practiceInvalid, "1 to 120 minutes", field: "holdMinutes")
        }
        guard (1...20).contains(holdsMax) else { throw DispensingRefusal(.practiceInvalid, "1 to 20", field: "holdsMax") }
    }
}

/// The practice with the moment since when prescriptions must be signed.
struct DeclaredPractice {
    let practice: ConsortiumPractice
    /// `nil` when they need not be.
    let signaturesRequiredFrom: Instant?

    /// Long before any prescription.
    static let undeclared = DeclaredPractice(practice: .undeclared, signaturesRequiredFrom: Instant(microseconds: 0))

    func requiresSignature(of writtenAt: Instant) -> Bool { signaturesRequiredFrom.map { $0 <= writtenAt } ?? false }
}
