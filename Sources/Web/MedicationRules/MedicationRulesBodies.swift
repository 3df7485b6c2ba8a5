import MedicationRules
import Primitives

/// Rows of the rule catalogue with the edition they are of.
struct InteractionList: Codable, Sendable {
    /// Left out when no edition was imported.
    let edition: RuleEdition?
    let items: [Interaction]
}

struct AllergenList: Codable, Sendable {
    let edition: RuleEdition?
    let items: [Allergen]
}

struct DoseLimitList: Codable, Sendable {
    let edition: RuleEdition?
    let items: [DoseLimitReading]
}

/// A dose limit as labels write it: `0.5g`, `18y`.
struct DoseLimitReading: Codable, Sendable {
    let code: String
    let substance: String
    let route: RouteGroup
    let ageFrom: String?
    let ageUnder: String?
    let singleLeast: String?
    let singleMost: String?
    let dayMost: String?
    let kilogramSingleMost: String?
    let kilogramDayMost: String?
    let hoursApart: Int?
    let source: String

    init(_ limit: DoseLimit) {
        code = limit.code
        substance = limit.substance
        route = limit.route
        ageFrom = limit.ageFrom?.description
        ageUnder = limit.ageUnder?.description
        singleLeast = limit.singleLeast?.description
        singleMost = limit.singleMost?.description
        dayMost = limit.dayMost?.description
        kilogramSingleMost = limit.kilogramSingleMost?.description
        kilogramDayMost = limit.kilogramDayMost?.description
        hoursApart = limit.hoursApart
        source = limit.source
    }
}

/// Every limit as it counts for the consortium on a day.
struct LimitsReading: Codable, Sendable {
    let day: CalendarDate
    /// Where the consortium practises; left out when it has not said.
    let region: String?
    let items: [LimitInForce]
}

struct LimitBody: Codable, Sendable {
    let key: LimitKey
    let value: Int
    /// The first day; today unless told.
    let validFrom: CalendarDate?
    /// The last day; until further notice when left out.
    let validThrough: CalendarDate?
    let reason: String
}

struct RegionBody: Codable, Sendable {
    /// Six digits (GB/T 2260).
    let region: String
}
