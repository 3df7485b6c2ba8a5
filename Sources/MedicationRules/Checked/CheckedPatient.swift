public import Primitives

/// What rules may know of a patient: no name, no number.
public struct CheckedPatient: Sendable, Hashable {
    public enum Sex: String, Sendable, CaseIterable {
        case female, male, unknown
    }

    public var birthOn: CalendarDate
    public var sex: Sex
    /// Grams; `nil` when nobody has weighed the patient.
    public var weightGrams: Int64?
    /// Codes of allergens of the catalogue, or names as people write them (`青霉素`).
    public var allergies: [String]
    /// Codes of diagnoses (ICD-10), with or without the dot: `I10.x00`, `E11.900`.
    public var diagnoses: [String]

    public init(
        birthOn: CalendarDate, sex: Sex = .unknown, weightGrams: Int64? = nil, allergies: [String] = [], diagnoses: [String] = []
    ) {
        self.birthOn = birthOn
        self.sex = sex
        self.weightGrams = weightGrams
        self.allergies = allergies
        self.diagnoses = diagnoses
    }
}
