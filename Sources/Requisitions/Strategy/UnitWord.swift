public import Primitives

/// The words for a base unit, by its code in the catalogue of units.
public struct UnitWord: Sendable, Hashable {
    public let code: String
    public let name: Phrase

    /// A code that is not in the catalogue stands for itself.
    public init(code: String) {
        self.code = code
        self.name = Self.names[code] ?? Phrase(code, code)
    }

    /// Source: `Catalogs/units/units.csv`.
    static let names: [String: Phrase] = [
        "tablet": Phrase("片", "tablet"), "capsule": Phrase("粒", "capsule"), "sachet": Phrase("袋", "sachet"),
        "vial": Phrase("瓶", "vial"), "ampoule": Phrase("支", "ampoule"), "bag": Phrase("袋", "bag"),
        "bottle": Phrase("瓶", "bottle"), "ml": Phrase("毫升", "millilitre"), "g": Phrase("克", "gram"),
        "mg": Phrase("毫克", "milligram"), "pill": Phrase("丸", "pill"), "suppository": Phrase("枚", "suppository"),
        "patch": Phrase("贴", "patch"), "piece": Phrase("个", "piece"), "pen": Phrase("支", "pen"),
        "box": Phrase("盒", "box"), "roll": Phrase("卷", "roll"), "pair": Phrase("副", "pair"), "set": Phrase("套", "set"),
    ]
}
