public import MedicationRules
public import Postgres
public import Primitives

/// The terms of instalments. They are limits with a scope and days of effect (`LimitKey`): provinces set others.
///
/// Source: long-term prescription norm (长期处方管理规范, 2021), R-LP-04, R-LP-08 and §4; the platform's `minInrvDays` is an
/// instalment's days less ``earlyDays``. Where the norm gives no number the default is an own rule.
public struct InstalmentTerms: Sendable, Hashable {
    /// How many days one instalment may last.
    public var instalmentDays: ClosedRange<Int> = 7...28
    /// Days before the due day from which it may be collected; at most half of the instalment's days.
    public var earlyDays = 7
    /// Days after the due day through which it may be collected; at most half of the instalment's days.
    public var graceDays = 7
    /// Days from the last assessment, from which on a collection needs a follow-up.
    public var followUpDays = 28
    /// How old the assessment may be when a plan begins.
    public var assessmentDaysMax = 14
    /// Days before the due day from which stock is reserved.
    public var reserveDays = 7

    public init() {}

    public static let national = InstalmentTerms()

    /// The most days of grace that any plan has: a plan keeps the terms it began with.
    public static let graceDaysMost = LimitKey.instalmentGraceDays.range.upperBound

    /// The fewest days that one instalment may last.
    private static let daysMin = 7

    /// The terms that settings hold; those they do not name are the national ones.
    public init(_ settings: [LimitKey: Int]) {
        func value(_ key: LimitKey) -> Int { settings[key] ?? key.national }
        instalmentDays = Self.daysMin...max(Self.daysMin, value(.instalmentDaysMost))
        earlyDays = value(.instalmentEarlyDays)
        graceDays = value(.instalmentGraceDays)
        followUpDays = value(.followUpDays)
        assessmentDaysMax = value(.assessmentDaysMost)
        reserveDays = value(.reserveDays)
    }

    /// The terms in force for a consortium on a day.
    public static func inForce(
        _ transaction: Transaction, of consortium: ConsortiumID, on day: CalendarDate
    ) throws -> InstalmentTerms {
        InstalmentTerms(try LimitSettings(transaction).limits(of: consortium, on: day))
    }

    /// The days before and after the due day within which an instalment of some days is collected.
    public func window(ofDays days: Int) -> CollectionWindow {
        CollectionWindow(earlyDays: min(earlyDays, days / 2), graceDays: min(graceDays, days / 2))
    }
}

/// The days around a due day on which an instalment is collected.
public struct CollectionWindow: Sendable, Hashable, Codable {
    public let earlyDays: Int
    public let graceDays: Int

    public init(earlyDays: Int, graceDays: Int) {
        self.earlyDays = earlyDays
        self.graceDays = graceDays
    }

    /// The first day of collection: not before the window of the due day, nor earlier than the interval less the window after
    /// the last collection.
    ///
    /// - Parameter last: when the instalment before was collected, and how many days it lasts.
    public func opens(for dueOn: CalendarDate, after last: (on: CalendarDate, days: Int)?) -> CalendarDate {
        let byPlan = dueOn.adding(days: -earlyDays)
        guard let last else { return byPlan }
        return max(byPlan, last.on.adding(days: last.days - earlyDays))
    }

    /// The last day of collection; the day after it the instalment is missed.
    public func closes(for dueOn: CalendarDate) -> CalendarDate { dueOn.adding(days: graceDays) }

    /// The most days that may be covered right after a collection.
    public func aheadMax(ofDays days: Int) -> Int { days + earlyDays }
}
