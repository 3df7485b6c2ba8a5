import Dispensing
import LongPrescriptions
import MedicationRules
import Primitives
import TestSupport
import Testing

@Suite("The plan of instalments")
struct InstalmentPlanTests {
    static let start = CalendarDate(day: 20_000)

    static func line(_ quantity: Int64, dose: Int64 = 1_000, _ frequency: String = "qd", days: Int, product: Int64 = 1) throws
        -> PrescriptionLine
    {
        PrescriptionLine(
            product: ProductID(product), quantity: BaseUnits(quantity), doseText: "1片", dose: DoseAmount(thousandths: dose),
            frequency: try #require(DosingFrequency(code: frequency)), days: days)
    }

    @Test(
        "splits a line into whole base units that last until the next date and add up to what was prescribed",
        arguments: [
            // quantity, dose, frequency, days, instalment days, parts, due days
            (84, 1_000, "qd", 84, 28, [28, 28, 28], [0, 28, 56]), (28, 1_000, "qd", 28, 28, [28], [0]),
            (28, 1_000, "qd", 28, 14, [14, 14], [0, 14]), (30, 1_000, "qd", 28, 14, [14, 16], [0, 14]),
            (45, 500, "qd", 90, 28, [14, 14, 14, 3], [0, 28, 56, 84]), (8, 500, "qd", 15, 7, [4, 3, 1], [0, 7, 14]),
            (252, 1_500, "bid", 84, 28, [84, 84, 84], [0, 28, 56]), (12, 1_000, "qw", 84, 28, [4, 4, 4], [0, 28, 56]),
            (12, 1_000, "qw", 84, 10, [2, 1, 2, 1, 2, 1, 1, 2], [0, 10, 20, 30, 40, 50, 60, 70]),
            (3, 1_000, "q4w", 84, 14, [1, 1, 1], [0, 28, 56]), (42, 1_000, "qod", 84, 28, [14, 14, 14], [0, 28, 56]),
            (30, 1_000, "prn", 28, 14, [15, 15], [0, 14]), (20, 1_000, "qd", 28, 14, [14, 6], [0, 14]),
        ] as [(Int64, Int64, String, Int, Int, [Int64], [Int])])
    func splits(
        quantity: Int64, dose: Int64, frequency: String, days: Int, instalmentDays: Int, parts: [Int64], due: [Int]
    ) throws {
        let plan = InstalmentPlan(
            [try Self.line(quantity, dose: dose, frequency, days: days)], startsOn: Self.start, instalmentDays: instalmentDays)
        #expect(plan.instalments.map { $0.lines.map(\.quantity).sum().rawValue } == parts)
        #expect(plan.instalments.map { $0.dueOn.days(since: Self.start) } == due)
        #expect(plan.instalments.map(\.days).reduce(0, +) == days)
        #expect(plan.endsOn == Self.start.adding(days: days - 1))
    }

    @Test("gives no more of a line that ends before the others")
    func shorterLine() throws {
        let lines = [try Self.line(84, days: 84), try Self.line(28, days: 28, product: 2)]
        let plan = InstalmentPlan(lines, startsOn: Self.start, instalmentDays: 28)
        #expect(plan.instalments.map { $0.lines.map(\.line) } == [[1, 2], [1], [1]])
    }

    @Test("over random courses parts add up, dates rise, no day is without, and nothing is ahead of its window", arguments: UInt64(0)..<200)
    func properties(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let codes = ["qd", "bid", "tid", "qod", "qw", "biw", "q8h", "q12h", "q3d"]
        let instalmentDays = Int.random(in: 7...28, using: &random)
        let lines = try (1...Int64.random(in: 1...5, using: &random)).map { number in
            let days = Int.random(in: 7...84, using: &random)
            let dose = Int64.random(in: 1...6, using: &random) * 250
            let code = try #require(codes.randomElement(using: &random))
            let frequency = try #require(DosingFrequency(code: code))
            let use = DailyUse(quantity: 1, dose: DoseAmount(thousandths: dose), frequency: frequency, days: days)
            let spare = Int64.random(in: 0...3, using: &random)
            return try Self.line(use.units(for: days).rawValue + spare, dose: dose, code, days: days, product: number)
        }
        let plan = InstalmentPlan(lines, startsOn: Self.start, instalmentDays: instalmentDays)
        for (index, line) in lines.enumerated() {
            let parts = plan.instalments.flatMap(\.lines).filter { $0.line == index + 1 }
            #expect(parts.map(\.quantity).sum() == line.quantity && parts.allSatisfy { $0.quantity > 0 }, "seed \(seed)")
            let use = DailyUse(quantity: line.quantity, dose: line.dose, frequency: line.frequency, days: line.days)
            var given = BaseUnits.zero
            for instalment in plan.instalments {
                given += instalment.lines.filter { $0.line == index + 1 }.map(\.quantity).sum()
                let day = min(line.days, instalment.dueOn.days(since: Self.start) + instalment.days)
                #expect(given >= use.units(for: day), "seed \(seed), line \(index + 1), day \(day)")
            }
        }
        var next = Self.start
        var supply = SupplyCourse()
        for instalment in plan.instalments {
            #expect(instalment.dueOn == next, "seed \(seed)")
            let window = InstalmentTerms.national.window(ofDays: instalment.days)
            // Collected as early as allowed, every time.
            let day = window.opens(for: instalment.dueOn, after: nil)
            supply.handOut(on: max(day, Self.start), days: instalment.days)
            #expect(supply.ahead(on: max(day, Self.start)) <= window.aheadMax(ofDays: instalment.days), "seed \(seed)")
            next = instalment.dueOn.adding(days: instalment.days)
        }
        #expect(next == plan.endsOn.adding(days: 1), "seed \(seed)")
    }
}

@Suite("Supply and windows")
struct SupplyTests {
    static let day = CalendarDate(day: 20_000)

    @Test(
        "a supply lasts from its day, or from the end of the one before",
        arguments: [
            ([], 0), ([(0, 28)], 28), ([(-10, 28)], 18), ([(-28, 28)], 0), ([(-28, 28), (0, 28)], 28), ([(-21, 28), (0, 28)], 35),
            ([(0, 28), (-21, 28)], 35), ([(-100, 7), (-7, 7)], 0), ([(-6, 7)], 1), ([(-5, 0)], 0),
        ] as [([(Int, Int)], Int)])
    func ahead(parts: [(Int, Int)], ahead: Int) {
        let course = SupplyCourse(parts.map { (on: Self.day.adding(days: $0.0), days: $0.1) })
        #expect(course.ahead(on: Self.day) == ahead)
    }

    @Test(
        "an instalment is collected from its early day through its grace, and not too soon after the last one",
        arguments: [
            // days of it, last collected (day, days), opens, closes
            (28, nil, -7, 7), (14, nil, -7, 7), (10, nil, -5, 5), (7, nil, -3, 3), (28, (-28, 28), -7, 7),
            (28, (-20, 28), 1, 7), (28, (-21, 28), 0, 7),
        ] as [(Int, (Int, Int)?, Int, Int)])
    func window(days: Int, last: (Int, Int)?, opens: Int, closes: Int) {
        let window = InstalmentTerms.national.window(ofDays: days)
        let before = last.map { (on: Self.day.adding(days: $0.0), days: $0.1) }
        #expect(window.opens(for: Self.day, after: before) == Self.day.adding(days: opens))
        #expect(window.closes(for: Self.day) == Self.day.adding(days: closes))
    }
}
