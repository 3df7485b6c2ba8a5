/// How herbal pieces are prepared and taken. A dose (剂) is one boiling of the whole mixture; each line gives the grams of
/// its piece in one dose.
public struct HerbalDirections: Sendable, Hashable, Codable {
    /// How many doses are handed out (剂数).
    public let doses: Int
    /// How many of them are used up in a day.
    public let dosesPerDay: Int
    /// How it is boiled and taken (煎服方法): `水煎400ml，分早晚两次温服`.
    public let method: String
    /// Whether the pharmacy boils it (代煎).
    public let isBoiledByPharmacy: Bool

    /// The most doses of one prescription.
    public static let dosesMax = 60

    public init(doses: Int, dosesPerDay: Int = 1, method: String, isBoiledByPharmacy: Bool = false) {
        self.doses = doses
        self.dosesPerDay = dosesPerDay
        self.method = method
        self.isBoiledByPharmacy = isBoiledByPharmacy
    }

    /// How long the doses last, the last begun day counted.
    ///
    /// - Precondition: both numbers are above zero.
    public var days: Int { (doses + dosesPerDay - 1) / dosesPerDay }

    /// Whether numbers and words are within what may be entered.
    var isEnterable: Bool {
        (1...Self.dosesMax).contains(doses) && (1...4).contains(dosesPerDay) && (1...200).contains(method.trimmed.count)
    }
}
