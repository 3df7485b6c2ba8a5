/// Looks at a prescription with the data of one catalogue. Pure: the same prescription, catalogue and limits give the same
/// findings in the same order.
public struct ClinicalRules: Sendable {
    public let catalogue: RuleCatalogue
    public let limits: [LimitKey: Int]

    /// - Parameter limits: those in force for the consortium (``LimitSettings``).
    public init(catalogue: RuleCatalogue, limits: [LimitKey: Int] = LimitKey.nationalValues) {
        self.catalogue = catalogue
        self.limits = limits
    }

    /// What the rules have to say: the gravest first, then by rule, by lines and by words. The order of the prescription's
    /// lines does not matter. The empty catalogue finds nothing.
    public func findings(of prescription: CheckedPrescription) -> [Finding] {
        guard !catalogue.isEmpty else { return [] }
        let (patient, day) = (prescription.patient, prescription.on)
        let medicines = Medicines(prescription, catalogue)
        var found = InteractionRule(catalogue: catalogue).findings(medicines)
        found += DuplicateRule(catalogue: catalogue, renewalDays: value(.longRenewalDays)).findings(medicines, on: day)
        found += AllergyRule(catalogue: catalogue).findings(medicines, of: patient)
        found += DoseRule(catalogue: catalogue).findings(medicines, of: patient, on: day)
        found += PersonRule(catalogue: catalogue).findings(medicines, of: patient, on: day)
        found += InstitutionRule(catalogue: catalogue).findings(medicines, at: prescription.level)
        if prescription.isLong {
            let rule = LongRule(catalogue: catalogue, allowsColdStorage: value(.longColdStorage) == 1)
            found += rule.findings(medicines, of: patient)
        }
        return Set(found).sorted(by: Self.comesBefore)
    }

    private func value(_ key: LimitKey) -> Int { limits[key] ?? key.national }

    private static func comesBefore(_ left: Finding, _ right: Finding) -> Bool {
        if left.severity != right.severity { return left.severity > right.severity }
        if left.rule != right.rule { return left.rule < right.rule }
        if left.lines != right.lines { return left.lines.lexicographicallyPrecedes(right.lines) }
        if left.source != right.source { return left.source < right.source }
        return left.message < right.message
    }
}
