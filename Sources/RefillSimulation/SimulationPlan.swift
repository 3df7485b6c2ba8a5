import Primitives

/// How large the simulated consortium is, and how its patients, suppliers and pharmacies behave. The same plan gives the
/// same patients, visits and deliveries in every run.
public struct SimulationPlan: Sendable, Hashable {
    public var seed: UInt64
    /// Chronic patients at the end of the year; seven tenths of them are there from the beginning.
    public var patients: Int
    /// Township pharmacies, at one of which each patient collects.
    public var pharmacies: Int
    /// Medicines of long prescriptions.
    public var products: Int
    /// Days that are counted.
    public var days: Int
    /// Days before them, in which the first patients are taken on and pharmacies gather a history.
    public var warmUpDays: Int
    /// Days that suggestions look back on.
    public var historyDays: Int
    /// Days between two requisitions of a pharmacy.
    public var reviewDays: Int
    /// From asking to receiving; each delivery takes a number of days of its own.
    public var leadTimeDays: ClosedRange<Int>
    /// The service factor z of each way of suggesting, in thousandths. Safety stock covers chance, and what is known to be due
    /// is none: the same service needs a smaller factor.
    public var safetyPerMille: [SuggestedBy: Int]

    /// What a reorder point has unless told otherwise; and a smaller one, so chosen that knowing the refills holds no more stock.
    public static let safetyPerMilleStandard: [SuggestedBy: Int] = [.consumptionAlone: 1_645, .dueInstalments: 1_400]

    public init(
        seed: UInt64 = 1, patients: Int = 10_000, pharmacies: Int = 20, products: Int = 24, days: Int = 365, warmUpDays: Int = 84,
        historyDays: Int = 84, reviewDays: Int = 14, leadTimeDays: ClosedRange<Int> = 8...14,
        safetyPerMille: [SuggestedBy: Int] = safetyPerMilleStandard
    ) {
        self.seed = seed
        self.patients = patients
        self.pharmacies = pharmacies
        self.products = products
        self.days = days
        self.warmUpDays = warmUpDays
        self.historyDays = historyDays
        self.reviewDays = reviewDays
        self.leadTimeDays = leadTimeDays
        self.safetyPerMille = safetyPerMille
    }

    /// Every day of the run, from 0.
    var allDays: Range<Int> { 0..<(warmUpDays + days) }

    func isCounted(_ day: Int) -> Bool { day >= warmUpDays }

    /// Random numbers for one purpose and thing, apart from all others.
    func random(_ purpose: Purpose, _ numbers: Int...) -> SeededGenerator {
        var mixed = SeededGenerator(seed: seed ^ (UInt64(purpose.rawValue) << 56))
        for number in numbers { mixed = SeededGenerator(seed: mixed.next() &+ UInt64(bitPattern: Int64(number))) }
        return mixed
    }

    enum Purpose: Int {
        case patient = 1, campaign, visit, renewal, delivery, walkIn, document
    }
}
