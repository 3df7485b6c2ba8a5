public import Postgres
public import Primitives

/// What the rule catalogue in force says, for people who look it up.
public struct RuleReadings {
    public let catalogue: RuleCatalogue

    public init(_ transaction: Transaction) throws { catalogue = try RuleCatalogues(transaction).inForce() }

    /// The interactions that a substance or a group takes part in, itself or through its groups; all of them when none is
    /// named.
    ///
    /// - Throws: ``MedicationRulesRefusal`` for a code that is neither.
    public func interactions(of code: String?) throws(MedicationRulesRefusal) -> [Interaction] {
        guard let code else { return catalogue.data.interactions }
        let codes = [code] + (try groups(of: code))
        return catalogue.data.interactions.filter { codes.contains($0.first.code) || codes.contains($0.second.code) }
    }

    /// The doses of a substance; of every substance when none is named.
    ///
    /// - Throws: ``MedicationRulesRefusal`` for a code that is no substance and no group.
    public func doseLimits(of code: String?) throws(MedicationRulesRefusal) -> [DoseLimit] {
        guard let code else { return catalogue.data.doseLimits }
        _ = try groups(of: code)
        return catalogue.data.doseLimits.filter { $0.substance == code }
    }

    private func groups(of code: String) throws(MedicationRulesRefusal) -> [String] {
        if let substance = catalogue.substancesByCode[code] { return substance.groups }
        guard catalogue.data.groups.contains(where: { $0.code == code }) else {
            throw MedicationRulesRefusal(.groupUnknown, code, field: "of")
        }
        return []
    }
}
