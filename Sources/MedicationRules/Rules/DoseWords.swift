import Primitives

/// A dose in words, next to its limit.
struct DoseWords {
    /// Thousandths of the amount.
    let dose: Int128
    let measure: Amount.Measure

    /// Rounded up to a whole nanogram or unit, which nobody measures.
    private var amount: Amount { Amount(measure, Int64(clamping: (dose + 999) / 1_000)) }

    func more(than most: Amount, _ period: Phrase, grams: Int64? = nil) -> Phrase {
        let weight = grams.map { "/kg × \($0 / 1_000).\($0 % 1_000 / 100)kg" } ?? ""
        return Phrase(
            "\(period.chinese) \(amount)，最多 \(most)\(weight)", "\(amount) \(period.english), at most \(most)\(weight)")
    }

    func less(than least: Amount) -> Phrase { Phrase("单次 \(amount)，一般不少于 \(least)", "\(amount) at once, usually at least \(least)") }
}

extension DosingFrequency {
    /// Doses that fall on one day, at most; `nil` when the frequency does not tell.
    var dosesInADay: Int64? { cycleHours > 0 ? (timesPerCycle * 24 + cycleHours - 1) / cycleHours : nil }

    func isTooOften(forHoursApart hours: Int) -> Bool { cycleHours > 0 && cycleHours < Int64(hours) * timesPerCycle }
}

extension DoseLimit {
    func isMeant(for patient: CheckedPatient, on day: CalendarDate) -> Bool {
        (ageFrom.map { day >= $0.reached(by: patient.birthOn) } ?? true)
            && (ageUnder.map { day < $0.reached(by: patient.birthOn) } ?? true)
    }

    /// In which measures the amounts of the limit are written: one, unless a row is wrong.
    var measures: [Amount.Measure] {
        [singleLeast, singleMost, dayMost, kilogramSingleMost, kilogramDayMost].compactMap { $0?.measure }
    }
}
