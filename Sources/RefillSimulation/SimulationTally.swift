import Primitives

/// How the quantities that pharmacies ask for are suggested in a run.
public enum SuggestedBy: String, Sendable, CaseIterable {
    /// From past consumption, in which the instalments are.
    case consumptionAlone = "consumption-alone"
    /// Instalments that are due stand apart from the statistics of all others.
    case dueInstalments = "due-instalments"
}

/// What a run counted, over the days that count.
public struct SimulationTally: Sendable, Hashable {
    /// Instalments by how well they could be foreseen.
    public enum Kind: String, Sendable, CaseIterable {
        /// The first of a patient's first plan: nobody could foresee it.
        case begun
        /// The first of a further plan: expected when the plan before ends.
        case renewed
        /// Any other: its due day was known from the plan's beginning.
        case continued
    }

    /// Instalments that a patient came for, and those of them whose stock was there at the first visit.
    public struct Visits: Sendable, Hashable {
        public var all = 0
        public var found = 0

        /// Those that found their stock, in ten-thousandths.
        public var foundPerMyriad: Int { all == 0 ? 0 : found * 10_000 / all }

        mutating func count(isFound: Bool) {
            all += 1
            if isFound { found += 1 }
        }
    }

    public var visitsOfKind: [Kind: Visits] = [:]
    /// Instalments that were collected, at the first visit or a later one.
    public var collected = 0
    public var prescriptions = 0
    /// What walk-in patients asked for, and got.
    public var walkIns = 0
    public var walkInsServed = 0
    /// The sum over the days of what all pharmacies held at the day's end, available and reserved, base units.
    public var unitDays: Int64 = 0
    public var days = 0
    /// Refusals other than for want of stock, by code.
    public var refusals: [String: Int] = [:]

    public init() {}

    public var visits: Visits {
        visitsOfKind.values.reduce(into: Visits()) { sum, kind in
            (sum.all, sum.found) = (sum.all + kind.all, sum.found + kind.found)
        }
    }

    /// What all pharmacies held on average, base units.
    public var averageStock: Int64 { days == 0 ? 0 : unitDays / Int64(days) }
}
