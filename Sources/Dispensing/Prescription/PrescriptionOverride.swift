public import MedicationRules

/// What a prescriber stands by although rules spoke against it: signed a second time, with a reason.
///
/// Source: Drug Administration Law (2019), art. 73 (R-RX-13): what a pharmacist refuses is corrected by the prescriber, or
/// signed again.
public struct PrescriptionOverride: Sendable, Hashable, Codable {
    public let reason: String
    /// The findings, by ``MedicationRules/Finding/place``.
    public let findings: [String]

    public init(reason: String, findings: [String]) {
        self.reason = reason
        self.findings = findings
    }
}

extension Finding {
    /// The rule and the lines it speaks of, as a prescriber confirms them: `interaction.contraindicated#1,3`; the rule alone
    /// when it speaks of the whole prescription.
    public var place: String { lines.isEmpty ? rule : "\(rule)#\(lines.map(String.init).joined(separator: ","))" }
}

extension Prescription {
    /// Findings that need the prescriber's second signature and do not have it.
    func unconfirmed(_ findings: [Finding]) -> [String] {
        let confirmed = Set(override?.findings ?? [])
        return Set(findings.filter { $0.severity == .override }.map(\.place)).subtracting(confirmed).sorted()
    }
}
