/// Looks at a prescription with the data of one catalogue. Pure: the same prescription and catalogue give the same findings
/// in the same order.
public struct ClinicalRules: Sendable {
    public let catalogue: RuleCatalogue

    public init(catalogue: RuleCatalogue) { self.catalogue = catalogue }

    /// What the rules have to say: the gravest first, then by rule, by lines and by words. The order of the prescription's
    /// lines does not matter.
    public func findings(of prescription: CheckedPrescription) -> [Finding] {
        let medicines = Medicines(prescription, catalogue)
        let found: [Finding] = InteractionRule(catalogue: catalogue).findings(medicines)
        return Set(found).sorted(by: Self.comesBefore)
    }

    private static func comesBefore(_ left: Finding, _ right: Finding) -> Bool {
        if left.severity != right.severity { return left.severity > right.severity }
        if left.rule != right.rule { return left.rule < right.rule }
        if left.lines != right.lines { return left.lines.lexicographicallyPrecedes(right.lines) }
        return left.message < right.message
    }
}
