/// A national drug code (国家药品本位码): 14 digits, `869` · 10 of the body · 1 check digit.
///
/// One code names product, form and strength of one manufacturer, not the pack. The check digit follows the GTIN's
/// rule on every known code; the standard behind it has not been seen, so files that were made elsewhere may keep a
/// code that does not check (``isWellFormed(_:)``), and a person may not enter one.
public struct BaseCode: CodeValue {
    public static let assurance = CodeAssurance.verified
    public let text: String

    /// `nil` when the shape or the check digit is wrong.
    public init?(_ received: String) {
        let code = CodeText(received)
        guard Self.isWellFormed(code.text), hasMod10CheckDigit(code.text) else { return nil }
        text = code.text
    }

    /// Whether the normalised text has 14 digits and begins with `869`, whatever its check digit.
    public static func isWellFormed(_ received: String) -> Bool {
        CodeText(received).consists(of: [.exactly("8"), .exactly("6"), .exactly("9"), .digits(11)])
    }
}
