/// A GS1 trade item number (商品条码): 13 or 14 digits, the last a check digit.
public struct GTIN: CodeValue {
    public static let assurance = CodeAssurance.verified
    /// As received, 13 or 14 digits.
    public let text: String

    /// `nil` when the number of digits or the check digit is wrong.
    public init?(_ received: String) {
        let code = CodeText(received)
        guard Self.isWellFormed(code.text), hasMod10CheckDigit(code.text) else { return nil }
        text = code.text
    }

    /// Whether the normalised text has 13 or 14 digits, whatever its check digit.
    public static func isWellFormed(_ received: String) -> Bool {
        let code = CodeText(received)
        return code.consists(of: [.digits(13)]) || code.consists(of: [.digits(14)])
    }

    /// Fourteen digits: a GTIN-13 with the indicator 0 before it, which leaves the check digit as it is.
    public var fourteen: String { text.utf8.count == 13 ? "0\(text)" : text }
}
