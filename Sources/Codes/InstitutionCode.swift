/// A designated medical institution's code (定点医药机构编码): `H` for hospitals or `P` for retail pharmacies, six digits of
/// the division, five of the order.
///
/// Whether the six digits are a division is not judged: divisions change, and some regions use numbers of their own.
public struct InstitutionCode: CodeValue {
    public static let assurance = CodeAssurance.wellFormed
    public let text: String

    public init?(_ received: String) {
        let code = CodeText(received)
        guard ["H", "P"].contains(where: { code.consists(of: [.exactly($0), .digits(11)]) }) else { return nil }
        text = code.text
    }

    public var isPharmacy: Bool { text.hasPrefix("P") }
    /// Six digits, mostly an administrative division.
    public var division: String { String(text.dropFirst().prefix(6)) }
}
