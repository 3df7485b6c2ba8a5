import MedicationRules
import Primitives

/// What a rule found, and how it refuses the prescription when it blocks.
struct Judgement {
    let finding: Finding
    /// There exactly when the finding blocks.
    let refusal: (any Refusal)?

    /// A finding that refuses with the details it has.
    static func block(
        _ rule: String, lines: [Int] = [], _ chinese: String, source: String, as refusal: DispensingRefusal
    ) -> Judgement {
        Judgement(
            finding: Finding(
                rule: rule, severity: .block, lines: lines, message: Phrase(chinese, refusal.detail), source: source),
            refusal: refusal)
    }

    /// A finding that leaves the decision to others.
    static func note(
        _ rule: String, _ severity: FindingSeverity, lines: [Int] = [], _ message: Phrase, source: String
    ) -> Judgement {
        Judgement(
            finding: Finding(rule: rule, severity: severity, lines: lines, message: message, source: source), refusal: nil)
    }
}

extension [Judgement] {
    var blocks: Bool { contains { $0.refusal != nil } }
}
