/// How much of a substance is taken at once and in a day, by people of an age, given in one way.
public struct DoseLimit: Sendable, Hashable {
    /// The catalogue's own stable code: `D001`.
    public let code: String
    public let substance: String
    public let route: RouteGroup
    /// The age from which it holds; `nil`: from birth.
    public let ageFrom: AgeLimit?
    /// The age that is no longer meant; `nil`: none.
    public let ageUnder: AgeLimit?
    public let singleLeast: Amount?
    public let singleMost: Amount?
    public let dayMost: Amount?
    /// For each kilogram of body weight.
    public let kilogramSingleMost: Amount?
    public let kilogramDayMost: Amount?
    /// The least hours from one dose to the next; `nil`: not limited.
    public let hoursApart: Int?
    public let source: String

    public init(
        code: String, substance: String, route: RouteGroup, ageFrom: AgeLimit? = nil, ageUnder: AgeLimit? = nil,
        singleLeast: Amount? = nil, singleMost: Amount? = nil, dayMost: Amount? = nil, kilogramSingleMost: Amount? = nil,
        kilogramDayMost: Amount? = nil, hoursApart: Int? = nil, source: String
    ) {
        self.code = code
        self.substance = substance
        self.route = route
        self.ageFrom = ageFrom
        self.ageUnder = ageUnder
        self.singleLeast = singleLeast
        self.singleMost = singleMost
        self.dayMost = dayMost
        self.kilogramSingleMost = kilogramSingleMost
        self.kilogramDayMost = kilogramDayMost
        self.hoursApart = hoursApart
        self.source = source
    }
}
