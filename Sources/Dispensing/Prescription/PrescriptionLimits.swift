public import MedicationRules
import Postgres
import Primitives

/// The limits of prescriptions. They are parameters: provinces and later editions set others.
///
/// Source: prescription rules (处方管理办法) R-RX-02…R-RX-06; controlled drugs §3; long prescriptions R-LP-04; toxic
/// drug measures (1988), article 9.
public struct PrescriptionLimits: Sendable, Hashable {
    /// Products on one prescription; herbal pieces are not counted.
    public var productsMax = 5
    /// Days on which a prescription may be dispensed, the day it is written counted. Where the norm's three days leave
    /// open whether that day counts, the stricter reading holds.
    public var validityDaysMax = 3
    public var ordinaryDays = 7
    public var emergencyDays = 3
    public var herbalDays = 7
    public var psychotropicIIDays = 7
    public var toxicDays = 2
    public var longDays = 28
    /// The longest supply of a patient who is stable and assessed.
    public var longDaysMax = 84
    /// Days of an earlier long prescription that may still be ahead when the next one is written.
    public var longRenewalDays = 7
    /// Days by which whole packs may outlast the course.
    public var packRoundingDays = 0
    /// Whether a quantity may be rounded up to whole packs of the product.
    public var roundsUpToPacks = false
    public var narcoticDays = NarcoticDays(sustained: 7, other: 3)
    public var narcoticDaysInSeverePain = NarcoticDays(sustained: 15, other: 7, injection: 3)
    public var methylphenidateDays = 15
    /// Parts of generic names of which no more than one dose is given, whatever the form.
    public var oneDoseNames = ["哌替啶", "二氢埃托啡"]
    public var methylphenidateName = "哌甲酯"

    public init() {}

    /// The limits of the national norms.
    public static let national = PrescriptionLimits()

    /// The limits of narcotic and class I psychotropic drugs by form.
    public struct NarcoticDays: Sendable, Hashable {
        /// Controlled and sustained release.
        public var sustained: Int
        public var other: Int
        /// `nil`: one dose.
        public var injection: Int?

        public init(sustained: Int, other: Int, injection: Int? = nil) {
            self.sustained = sustained
            self.other = other
            self.injection = injection
        }
    }
}

/// The most that one line may supply.
public enum SupplyLimit: Sendable, Hashable {
    case oneDose
    /// - Parameter orLongerWithReason: whether a reason written by the prescriber allows more (R-RX-05).
    case days(Int, orLongerWithReason: Bool)
}

extension PrescriptionLimits {
    /// The limits that settings hold; those they do not name are the national ones.
    public init(_ settings: [LimitKey: Int]) {
        func value(_ key: LimitKey) -> Int { settings[key] ?? key.national }
        productsMax = value(.productsMost)
        validityDaysMax = value(.validityDaysMost)
        ordinaryDays = value(.ordinaryDays)
        emergencyDays = value(.emergencyDays)
        herbalDays = value(.herbalDays)
        psychotropicIIDays = value(.psychotropicIIDays)
        toxicDays = value(.toxicDays)
        longDays = value(.longDays)
        longDaysMax = value(.longDaysMost)
        longRenewalDays = value(.longRenewalDays)
        packRoundingDays = value(.packRoundingDays)
        narcoticDays = NarcoticDays(sustained: value(.narcoticSustainedDays), other: value(.narcoticOtherDays))
        narcoticDaysInSeverePain = NarcoticDays(
            sustained: value(.narcoticPainSustainedDays), other: value(.narcoticPainOtherDays),
            injection: value(.narcoticPainInjectionDays))
        methylphenidateDays = value(.methylphenidateDays)
    }

    /// The limits in force for a consortium on a day.
    static func inForce(of consortium: ConsortiumID, on day: CalendarDate, _ transaction: Transaction) throws -> PrescriptionLimits {
        PrescriptionLimits(try LimitSettings(transaction).limits(of: consortium, on: day))
    }
}
