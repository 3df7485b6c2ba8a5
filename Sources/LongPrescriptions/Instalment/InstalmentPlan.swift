import MedicationRules
public import Dispensing
public import Primitives

/// How much of one line of the prescription an instalment hands out.
public struct InstalmentLine: Sendable, Hashable, Codable {
    /// The line of the prescription, from 1.
    public let line: Int
    public let product: ProductID
    /// Base units.
    public let quantity: BaseUnits

    public init(line: Int, product: ProductID, quantity: BaseUnits) {
        self.line = line
        self.product = product
        self.quantity = quantity
    }
}

/// An instalment as it is first planned.
public struct PlannedInstalment: Sendable, Hashable {
    /// 1, 2, … within the plan.
    public let number: Int
    /// The day from which what it gives is used.
    public let dueOn: CalendarDate
    /// How many days it lasts.
    public let days: Int
    public let lines: [InstalmentLine]
}

/// A long prescription split into instalments. Pure.
///
/// Source: long-term prescription norm (长期处方管理规范, 2021), one authorisation with several dispensings (§4).
public struct InstalmentPlan: Sendable, Hashable {
    public let startsOn: CalendarDate
    /// How many days the course is: that of its longest line.
    public let days: Int
    public let instalments: [PlannedInstalment]

    /// The last day of the course.
    public var endsOn: CalendarDate { startsOn.adding(days: days - 1) }

    /// Splits each line in whole base units. An instalment gives what its days and all days before need, less what was
    /// given before; the last one of a line gives the rest, so the parts add up to what was prescribed. An instalment
    /// without anything to give is left out, and the one before lasts through its days.
    ///
    /// - Precondition: there are lines, each with a quantity and days above zero, and `instalmentDays` is above zero.
    public init(_ lines: [PrescriptionLine], startsOn: CalendarDate, instalmentDays: Int) {
        precondition(!lines.isEmpty && instalmentDays > 0, "a plan splits something")
        self.startsOn = startsOn
        let days = lines.map(\.days).max() ?? 1
        self.days = days
        let uses = lines.map { DailyUse(quantity: $0.quantity, dose: $0.dose, frequency: $0.frequency, days: $0.days) }
        var given = lines.map { _ in BaseUnits.zero }
        var planned: [PlannedInstalment] = []
        for from in stride(from: 0, to: days, by: instalmentDays) {
            let through = min(from + instalmentDays, days)
            var parts: [InstalmentLine] = []
            for (index, line) in lines.enumerated() {
                let needed = through >= line.days ? line.quantity : min(line.quantity, uses[index].units(for: through))
                guard needed > given[index] else { continue }
                parts.append(InstalmentLine(line: index + 1, product: line.product, quantity: needed - given[index]))
                given[index] = needed
            }
            if parts.isEmpty, let before = planned.popLast() {
                planned.append(
                    PlannedInstalment(
                        number: before.number, dueOn: before.dueOn, days: before.days + through - from, lines: before.lines))
            } else {
                planned.append(
                    PlannedInstalment(
                        number: planned.count + 1, dueOn: startsOn.adding(days: from), days: through - from, lines: parts))
            }
        }
        instalments = planned
    }
}
