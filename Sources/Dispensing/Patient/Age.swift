public import Primitives

/// How old a patient is on a day, as prescriptions state it: years, under three months too, under a month days.
///
/// Source: prescription rules (处方管理办法): the age is written in full years, of newborns and infants in days and months.
public struct Age: Sendable, Hashable, Codable {
    /// Completed years.
    public let years: Int
    /// Completed months, of all years together.
    public let months: Int
    public let days: Int

    /// - Precondition: `birthOn` is not after `day`.
    public init(birthOn: CalendarDate, on day: CalendarDate) {
        let (born, now) = (birthOn.components, day.components)
        let isBeforeDay = now.day < born.day
        months = max(0, (now.year - born.year) * 12 + now.month - born.month - (isBeforeDay ? 1 : 0))
        years = months / 12
        days = max(0, day.days(since: birthOn))
    }

    /// `36岁`, `14月`, `9天`.
    public var chinese: String { months >= 36 ? "\(years)岁" : months >= 1 ? "\(months)月" : "\(days)天" }
}
