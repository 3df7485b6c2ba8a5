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
    /// Instalments that a patient came for, and those of them whose stock was there at the first visit.
    public var visits = 0
    public var found = 0
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

    /// Instalments that found their stock, in ten-thousandths of those that patients came for.
    public var foundPerMyriad: Int { visits == 0 ? 0 : found * 10_000 / visits }

    /// What all pharmacies held on average, base units.
    public var averageStock: Int64 { days == 0 ? 0 : unitDays / Int64(days) }
}
