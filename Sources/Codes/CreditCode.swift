/// A unified social credit code (统一社会信用代码): 18 characters, the last a check character.
///
/// Registering department 1 · category of organisation 1 · division 6 digits · organisation code 9 · check 1.
///
/// Source: GB 32100-2015. Charset without I, O, S, V, Z; weights 3^i mod 31; check = 31 − (sum mod 31), 31 → 0.
public struct CreditCode: CodeValue {
    public static let assurance = CodeAssurance.verified
    public let text: String

    private static let charset = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)

    /// `nil` when the length, a character or the check character is wrong.
    public init?(_ received: String) {
        let text = CodeText(received).text
        let values = text.utf8.compactMap { Self.charset.firstIndex(of: $0) }
        guard text.utf8.count == 18, values.count == 18, values[2..<8].allSatisfy({ $0 < 10 }) else { return nil }
        var weight = 1
        var sum = 0
        for value in values.dropLast() {
            sum += value * weight
            weight = weight * 3 % 31
        }
        guard values[17] == (31 - sum % 31) % 31 else { return nil }
        self.text = text
    }

    /// The division whose authority registered the organisation: six digits.
    public var division: String { String(text.dropFirst(2).prefix(6)) }
    /// The organisation code (组织机构代码) inside: eight characters and its own check character.
    public var organisation: String { String(text.dropFirst(8).prefix(9)) }

    /// Whether the organisation code inside checks too; some codes in use do not, so this is a remark, no refusal.
    ///
    /// Source: GB 11714-1997. Weights 3 7 9 10 5 8 4 2, A = 10 … Z = 35; check = 11 − (sum mod 11), 10 → X, 11 → 0.
    public var organisationChecks: Bool {
        let values = organisation.utf8.map { $0 < UInt8(ascii: "A") ? Int($0) - 48 : Int($0) - 55 }
        let sum = zip(values, [3, 7, 9, 10, 5, 8, 4, 2]).reduce(0) { $0 + $1.0 * $1.1 }
        let check = (11 - sum % 11) % 11
        return organisation.utf8.last == (check == 10 ? UInt8(ascii: "X") : UInt8(48 + check))
    }
}
