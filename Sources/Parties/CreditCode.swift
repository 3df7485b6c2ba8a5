/// A unified social credit code (统一社会信用代码): 18 characters, the last a check character.
///
/// Source: GB 32100-2015. Charset without I, O, S, V, Z; weights 3^i mod 31; check = 31 − (sum mod 31), 31 → 0.
public struct CreditCode: Hashable, Sendable {
    public let text: String

    /// `nil` when the length, the characters or the check character are wrong.
    public init?(_ text: String) {
        let charset = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        let values = text.compactMap { charset.firstIndex(of: $0) }
        guard text.count == 18, values.count == 18 else { return nil }
        var weight = 1
        var sum = 0
        for value in values.dropLast() {
            sum += value * weight
            weight = weight * 3 % 31
        }
        guard values[17] == (31 - sum % 31) % 31 else { return nil }
        self.text = text
    }
}
