/// What the prescriber found the patient to have.
public struct Diagnosis: Sendable, Hashable, Codable {
    /// A code of ICD-10, on a herbal prescription also of the national classification of Chinese medicine; empty when only
    /// words are given.
    public let code: String
    public let name: String

    public init(code: String = "", name: String) {
        self.code = code
        self.name = name
    }

    /// Whether the code has the form of one: `J18.9`, in the national clinical edition also `I10.x00x002` and `G63.2*`.
    ///
    /// Source: ICD-10 (WHO), volume 2, 2.4: a letter, two digits, a point and up to further places; daggers and asterisks;
    /// the national clinical and insurance editions add `x` as a filler and three digits of their own.
    public var isICD10: Bool {
        code.wholeMatch(of: /[A-Z][0-9]{2}(\.[0-9xX][0-9]{0,3}([xX][0-9]{3})?)?[+*†]?/) != nil
    }

    /// Whether the code has the form of the classification of Chinese medicine: `BNP050`, `A04.01.01`.
    ///
    /// Source: GB/T 15657 (中医病证分类与代码), editions of 1995 and 2021.
    public var isChineseMedicine: Bool {
        code.wholeMatch(of: /[A-Z]{3}[0-9A-Z]{3}|[AB][0-9]{2}(\.[0-9]{2}){0,5}\.?/) != nil
    }
}
