import Postgres
public import Primitives

/// What is wrong with a prescription that a pharmacist sends back.
///
/// Source: prescription review norm (处方审核规范, 2018), R-RV-03 (legality, then form, then appropriateness) and R-RV-04 (a
/// problem category), with its list of what is looked at.
public enum ReviewProblem: String, StoredText, Codable, CaseIterable {
    /// The prescriber, the signature, the form of a controlled drug.
    case legality
    /// Something is missing or written wrongly.
    case form
    /// The medicine does not fit the diagnosis.
    case diagnosis
    /// Dose, frequency or length of the course.
    case dose
    /// Dosage form or route.
    case route
    /// A skin test is missing.
    case skinTest = "skin-test"
    /// Two medicines of one kind.
    case duplicate
    case interaction
    /// Substances that do not go together in one infusion, or pieces that must not be boiled together.
    case incompatibility
    case contraindication
    case allergy
    /// Children, elderly people, pregnancy, liver and kidney.
    case specialPopulation = "special-population"
    /// Solvent or rate of an infusion.
    case infusion
    case other

    /// The step of the review at which it is found.
    public enum Step: String, Codable, Sendable, CaseIterable, Comparable {
        case legality, form, appropriateness

        public static func < (left: Self, right: Self) -> Bool {
            allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
        }
    }

    public var step: Step {
        switch self {
        case .legality: .legality
        case .form: .form
        default: .appropriateness
        }
    }
}
