public import Primitives

/// How a unit of the catalogue of units is called on a label.
public struct UnitWords: Sendable, Hashable {
    public let chinese: String
    public let english: String
    /// Whether it is measured, in millilitres or grams, rather than counted.
    public let isMeasured: Bool
    /// Whether it holds many doses, so that a part of it says nothing to a patient.
    public let isContainer: Bool

    /// The unit with a code of `Catalogs/units`; one the catalogue does not have keeps its code.
    public init(code: String) {
        let words = Self.known[code]
        chinese = words?.chinese ?? code
        english = words?.english ?? code
        isMeasured = ["ml", "g", "mg"].contains(code)
        isContainer = ["bottle", "pen", "box", "roll", "set", "vial"].contains(code)
    }

    /// A number of them: `42粒`, `42 capsules`.
    public func count(_ quantity: BaseUnits) -> Phrase {
        Phrase("\(quantity)\(chinese)", "\(quantity) \(quantity == 1 || isMeasured ? english : plural)")
    }

    var plural: String {
        if english.hasSuffix("x") || english.hasSuffix("ch") { return english + "es" }
        if english.hasSuffix("y") { return english.dropLast() + "ies" }
        return english + "s"
    }

    var withArticle: String { "aeiou".contains(english.prefix(1)) ? "an \(english)" : "a \(english)" }

    /// Code to words, as `Catalogs/units` has them; measures in short.
    static let known: [String: (chinese: String, english: String)] = [
        "tablet": ("片", "tablet"), "capsule": ("粒", "capsule"), "sachet": ("袋", "sachet"), "vial": ("瓶", "vial"),
        "ampoule": ("支", "ampoule"), "bag": ("袋", "bag"), "bottle": ("瓶", "bottle"), "ml": ("毫升", "ml"), "g": ("克", "g"),
        "mg": ("毫克", "mg"), "pill": ("丸", "pill"), "suppository": ("枚", "suppository"), "patch": ("贴", "patch"),
        "piece": ("个", "piece"), "pen": ("支", "pen"), "box": ("盒", "box"), "roll": ("卷", "roll"), "pair": ("副", "pair"),
        "set": ("套", "set"),
    ]
}
