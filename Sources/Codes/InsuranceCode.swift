/// A national insurance code of a medicine or herbal piece (国家医保药品编码).
///
/// - Western, 23 characters: `X` · category 5 · name 4 · dosage form 4 · strength and pack 4 · manufacturer 5.
/// - Chinese patent, 20 characters: `Z` · category 5 · name 5 · strength and pack 4 · manufacturer 5.
/// - Herbal piece, 10 characters: `T` and nine digits.
///
/// No check digit is known, so a code that can be made is well formed, not verified.
public struct InsuranceCode: CodeValue {
    public static let assurance = CodeAssurance.wellFormed
    public enum Scheme: Sendable, Hashable, CaseIterable { case western, patent, herbal }

    public let text: String
    public let scheme: Scheme

    /// `nil` when the normalised text has the shape of no scheme.
    public init?(_ received: String) {
        let code = CodeText(received)
        guard let scheme = Scheme.allCases.first(where: { code.consists(of: Self.parts(of: $0)) }) else { return nil }
        text = code.text
        self.scheme = scheme
    }

    private static func parts(of scheme: Scheme) -> [CodeText.Part] {
        switch scheme {
        case .western:
            [
                .exactly("X"), .letters(1), .digits(2), .letters(2), .letters(1), .digits(3), .letters(1), .digits(3),
                .digits(9),
            ]
        case .patent: [.exactly("Z"), .lettersOrDigits(10), .digits(9)]
        case .herbal: [.exactly("T"), .digits(9)]
        }
    }

    /// The class with the scheme's letter: `XR05CB`, `ZI01AA`; `nil` for herbal pieces, whose digits say nothing.
    public var category: String? { scheme == .herbal ? nil : prefix(6) }
    /// The same active ingredient and class: the first 10 characters of a western code, 11 of a patent one.
    public var nameStem: String? {
        switch scheme {
        case .western: prefix(10)
        case .patent: prefix(11)
        case .herbal: nil
        }
    }
    /// ``nameStem`` and the same dosage form: the first 14 characters of a western code.
    public var formStem: String? { scheme == .western ? prefix(14) : nil }
    /// ``formStem`` and the same strength and pack, whoever makes it: 18 characters of a western code, 15 of a patent one.
    public var packStem: String? {
        switch scheme {
        case .western: prefix(18)
        case .patent: prefix(15)
        case .herbal: nil
        }
    }
    /// The manufacturer's five digits.
    public var manufacturer: String? { scheme == .herbal ? nil : String(text.suffix(5)) }

    private func prefix(_ length: Int) -> String { String(text.prefix(length)) }
}
