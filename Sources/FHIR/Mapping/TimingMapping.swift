public import MedicationRules

extension R4.Timing {
    /// Frequencies that HL7 has a code for.
    ///
    /// Source: value set `timing-abbreviation` of R4.
    static let published: [String: String] = [
        "bid": "BID", "tid": "TID", "qid": "QID", "qd": "QD", "qod": "QOD", "q1h": "Q1H", "q2h": "Q2H", "q3h": "Q3H",
        "q4h": "Q4H", "q6h": "Q6H", "q8h": "Q8H",
    ]

    /// Frequencies that say no more than how often; of several that say the same, the first is read from a timing without
    /// a code. Meals and times of day have codes of their own and are not guessed.
    static let plain = [
        "qd", "bid", "tid", "qid", "quingid", "sexid", "qod", "q3d", "q4d", "q5d", "q10d", "qw", "biw", "tiw", "qiw", "fiw",
        "q2w", "q3w", "q4w", "q6w", "q8w", "q12w", "q24w", "q30min", "q1h", "q2h", "q3h", "q4h", "q6h", "q8h", "q12h", "q36h",
    ]

    /// How often a dose is taken: our code, HL7's where there is one, and the numbers.
    public init(_ frequency: DosingFrequency, systems: CodeSystems = .standard) {
        self.init()
        let published = Self.published[frequency.code].map { R4.Coding(CodeSystems.timing, $0) }
        code = R4.CodeableConcept(
            [R4.Coding(systems.frequency, frequency.code)] + (published.map { [$0] } ?? []), text: frequency.code)
        if frequency.cycleHours > 0 {
            var cycle = Repeat()
            let unit: Unit = [.week, .day].first { frequency.cycleHours % $0.hours == 0 } ?? .hour
            cycle.frequency = Int(frequency.timesPerCycle)
            cycle.period = R4.Number(whole: frequency.cycleHours / unit.hours)
            cycle.periodUnit = unit
            self.repeat = cycle
        } else if !frequency.isAsNeeded {
            var once = Repeat()
            once.count = 1
            self.repeat = once
        }
    }

    /// The frequency of the catalogue that this timing says; `nil` when it says none, or its code and numbers differ.
    public func frequency(systems: CodeSystems = .standard) -> DosingFrequency? {
        let coded = code?.code(in: systems.frequency)
        let published = code?.code(in: CodeSystems.timing).flatMap { code in
            Self.published.first { $0.value == code }?.key
        }
        guard let code = coded ?? published ?? plainCode, let frequency = DosingFrequency(code: code) else { return nil }
        let repeated = R4.Timing(frequency, systems: systems).repeat
        return self.repeat.map { $0.hours != nil && $0.hours == repeated?.hours } ?? true ? frequency : nil
    }

    private var plainCode: String? {
        guard let said = self.repeat?.hours else { return nil }
        return Self.plain.first { code in
            DosingFrequency(code: code).map { R4.Timing($0).repeat?.hours == said } ?? false
        }
    }
}

extension R4.Timing.Repeat {
    /// Doses and the hours they spread over, so that three a day and three in 24 hours compare equal; `nil` when it does not
    /// say, or says more than that.
    fileprivate var hours: [Int64]? {
        if let count { return frequency == nil && period == nil ? [0, Int64(count)] : nil }
        guard let unit = periodUnit, let period = period?.whole, period > 0, period <= 1_000, let frequency, frequency > 0
        else { return nil }
        return [period * unit.hours, Int64(frequency)]
    }
}

extension DosingFrequency {
    /// Whether it is taken when needed, not by the clock.
    public var isAsNeeded: Bool { ["prn", "sos"].contains(code) }
}
