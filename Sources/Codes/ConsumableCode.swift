/// A national insurance code of a consumable (国家医保医用耗材编码): `C` and digits, at one of three depths.
///
/// 15 characters name the class, material and feature; 20 add the manufacturer; 27 add model and specification. How
/// the 15 are divided further is described in different ways, so only the three depths are told apart. No check digit
/// is known.
public struct ConsumableCode: CodeValue {
    public static let assurance = CodeAssurance.wellFormed
    public enum Depth: Int, Sendable, CaseIterable {
        case classification = 15, manufacturer = 20, specification = 27
    }

    public let text: String
    public let depth: Depth

    /// `nil` when the normalised text is not `C` with 14, 19 or 26 digits.
    public init?(_ received: String) {
        let code = CodeText(received)
        guard let depth = Depth(rawValue: code.text.utf8.count),
            code.consists(of: [.exactly("C"), .digits(depth.rawValue - 1)])
        else { return nil }
        text = code.text
        self.depth = depth
    }

    /// Class, material and feature: the first 15 characters.
    public var classification: String { String(text.prefix(15)) }
    /// The manufacturer's five digits; `nil` for a bare classification.
    public var manufacturer: String? { depth == .classification ? nil : String(text.dropFirst(15).prefix(5)) }
}
