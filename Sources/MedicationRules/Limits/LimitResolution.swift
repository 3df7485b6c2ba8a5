import Primitives

/// Decides which of the limits that stand side by side counts. Pure.
///
/// The most specific scope counts: a consortium's own before its city's, before its province's, before the country's; of one
/// scope, what begins last, and of a consortium's own what was set last. A consortium's own hard limit never counts looser
/// than its region's, also when the region's came later.
struct LimitResolution {
    /// Of the country, the consortium's province and its city.
    let regional: [LimitValue]
    /// The consortium's own, the last set first.
    let own: [LimitValue]

    /// The value of the region.
    func regional(_ key: LimitKey, on day: CalendarDate) -> LimitValue? {
        regional.filter { $0.key == key && $0.holds(on: day) }.max { left, right in
            (left.scope.rank, left.validFrom) < (right.scope.rank, right.validFrom)
        }
    }

    /// What counts on a day; `nil` when nothing does.
    func value(_ key: LimitKey, on day: CalendarDate) -> LimitValue? {
        let region = regional(key, on: day)
        guard let own = own.first(where: { $0.key == key && $0.holds(on: day) }) else { return region }
        if let region, key.isHard, own.value > region.value { return region }
        return own
    }

    /// The first day from `from` through `through` on which `value` would be looser than the region's; `nil` when none is.
    func firstDayLooser(_ key: LimitKey, _ value: Int, from: CalendarDate, through: CalendarDate?) -> CalendarDate? {
        let changes = regional.filter { $0.key == key }.flatMap { [$0.validFrom, $0.validThrough?.adding(days: 1)].compactMap { $0 } }
        let days = Set([from] + changes.filter { day in day > from && (through.map { day <= $0 } ?? true) }).sorted()
        return days.first { day in regional(key, on: day).map { value > $0.value } ?? false }
    }
}

extension LimitScope {
    fileprivate var rank: Int {
        switch self {
        case .national: 0
        case .province: 1
        case .city: 2
        case .consortium: 3
        }
    }
}
