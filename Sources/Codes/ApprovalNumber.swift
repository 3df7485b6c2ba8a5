/// A drug's approval number (药品批准文号).
///
/// - Domestic: `国药准字` and a letter (H chemical, Z Chinese, S biological, J repacked import, B, T, F) and 8 digits.
/// - Overseas and Hong Kong, Macao, Taiwan: the letter followed by `J` or `C` (国药准字HJ20181126), or the 8 digits
///   followed by it.
/// - Older import registrations: `H20140732`, `HC20140732`, without the four characters.
///
/// Normalised: half-width, no blanks, capitals; `国药准字号` and `批准文号：国药准字` become `国药准字`.
public struct ApprovalNumber: CodeValue {
    public static let assurance = CodeAssurance.wellFormed
    public let text: String

    /// `nil` when the normalised text is none of these.
    public init?(_ received: String) {
        var body = CodeText(received).text
        for caption in ["批准文号:", "批准文号"] where body.hasPrefix(caption) { body.removeFirst(caption.count) }
        var isNational = false
        for prefix in ["国药准字号", "国药准字"] where !isNational && body.hasPrefix(prefix) {
            body.removeFirst(prefix.count)
            isNational = true
        }
        guard let shape = Shape(body), isNational || shape.isRegistration else { return nil }
        text = isNational || shape.isOverseas ? "国药准字\(body)" : body
    }

    /// The letters and digits after `国药准字`.
    private struct Shape {
        let isRegistration: Bool
        let isOverseas: Bool

        init?(_ body: String) {
            let digits = body.drop(while: \.isLetter).prefix(while: \.isNumber)
            let letters = body.prefix(while: \.isLetter)
            let suffix = body.dropFirst(letters.count + digits.count)
            guard body.utf8.count == body.count, digits.count == 8, let kind = letters.first, "HZSJBTF".contains(kind),
                ["", "J", "C"].contains(letters.dropFirst()), ["", "J", "C"].contains(suffix),
                letters.count == 1 || suffix.isEmpty
            else { return nil }
            let hasDrugLetter = "HZS".contains(kind)
            guard hasDrugLetter || (letters.count == 1 && suffix.isEmpty) else { return nil }
            isRegistration = hasDrugLetter && suffix.isEmpty
            isOverseas = letters.count == 2 && letters.last == "J"
        }
    }
}
