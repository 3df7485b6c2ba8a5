import Postgres
public import Primitives

public typealias AllergyID = DocumentID<Allergy>
public typealias FamilyDoctorContractID = DocumentID<FamilyDoctorContract>

/// A patient's weight on a day.
public struct PatientWeight: Sendable, Hashable, Codable {
    public let grams: Int64
    public let measuredOn: CalendarDate

    /// From a premature child to the heaviest grown-up.
    public static let enterable: ClosedRange<Int64> = 200...500_000

    public init(grams: Int64, measuredOn: CalendarDate) {
        self.grams = grams
        self.measuredOn = measuredOn
    }
}

/// How badly a patient reacts.
public enum AllergySeverity: String, StoredText, Codable, CaseIterable {
    case unknown, mild, moderate, severe
}

/// Something a patient must not be given.
public struct Allergy: Sendable, Hashable, Codable {
    public let id: AllergyID
    /// A code of an allergen or a group of substances in the clinical rules; empty when there is none.
    public let code: String
    /// As it was said: 青霉素.
    public let name: String
    public let severity: AllergySeverity
    /// What happened: 皮疹, 过敏性休克.
    public let reaction: String
    public let recordedAt: Instant
}

/// Which facility looks after a patient, by contract with a family doctor (家庭医生签约).
public struct FamilyDoctorContract: Sendable, Hashable, Codable {
    public let id: FamilyDoctorContractID
    public let facility: FacilityID
    public let doctor: PersonID
    public let validFrom: CalendarDate
    /// The last day.
    public let validThrough: CalendarDate
}

/// What is known about a patient on a day.
public struct PatientFacts: Sendable, Hashable, Codable {
    public let age: Age
    /// The last one measured by that day.
    public let weight: PatientWeight?
    /// Those that were not withdrawn, oldest first.
    public let allergies: [Allergy]
    /// The contract in force.
    public let familyDoctor: FamilyDoctorContract?
}
