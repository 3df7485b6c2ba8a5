public import Primitives

/// The names of the strategies, as they are stored and sent.
public enum StrategyKind: String, Sendable, Codable, CaseIterable {
    case averageMonthlyConsumption = "average-monthly-consumption"
    case reorderPoint = "reorder-point"
}

/// How the quantities of a requisition are suggested. A suggestion follows from a product's figures alone.
public enum ReplenishmentStrategy: Sendable, Hashable {
    case averageMonthlyConsumption(AverageMonthlyConsumption)
    case reorderPoint(ReorderPoint)

    /// Average monthly consumption over 90 days, from 1 up to 3 months.
    public static let standard = ReplenishmentStrategy.averageMonthlyConsumption(AverageMonthlyConsumption())

    /// The longest period a strategy may look back, days.
    public static let periodDaysMax = 730

    public var kind: StrategyKind {
        switch self {
        case .averageMonthlyConsumption: .averageMonthlyConsumption
        case .reorderPoint: .reorderPoint
        }
    }

    /// How many whole days before today the consumption is read from.
    public var periodDays: Int {
        switch self {
        case .averageMonthlyConsumption(let strategy): strategy.periodDays
        case .reorderPoint(let strategy): strategy.periodDays
        }
    }

    /// How many days ahead known refills count: those that stock and orders must cover already, and those that an order is to
    /// last for. What a reorder point leaves for the next review comes a review period and a lead time from now at the
    /// earliest, so whatever is known until then must be covered now.
    public var daysAhead: (minimum: Int, maximum: Int) {
        switch self {
        case .averageMonthlyConsumption(let strategy):
            let month = Int(AverageMonthlyConsumption.daysOfMonth)
            return (strategy.minimumMonths * month, strategy.maximumMonths * month)
        case .reorderPoint(let strategy):
            let days = strategy.leadTimeDays + strategy.reviewDays
            return (days, days)
        }
    }

    public func suggestion(for figures: ProductFigures) -> Suggestion {
        switch self {
        case .averageMonthlyConsumption(let strategy): strategy.suggestion(for: figures)
        case .reorderPoint(let strategy): strategy.suggestion(for: figures)
        }
    }

    /// - Throws: ``RequisitionsRefusal`` `requisitions.strategy-invalid` for the first parameter out of its range.
    public func check() throws(RequisitionsRefusal) {
        func require(_ name: String, _ value: Int, in range: ClosedRange<Int>) throws(RequisitionsRefusal) {
            guard range.contains(value) else {
                throw RequisitionsRefusal(
                    .strategyInvalid, "\(name) is \(value), from \(range.lowerBound) through \(range.upperBound) is expected",
                    field: "strategy.\(name)")
            }
        }
        try require("periodDays", periodDays, in: 1...Self.periodDaysMax)
        switch self {
        case .averageMonthlyConsumption(let strategy):
            try require("maximumMonths", strategy.maximumMonths, in: 1...12)
            try require("minimumMonths", strategy.minimumMonths, in: 1...strategy.maximumMonths)
        case .reorderPoint(let strategy):
            try require("leadTimeDays", strategy.leadTimeDays, in: 1...365)
            try require("reviewDays", strategy.reviewDays, in: 1...365)
            try require("safetyPerMille", strategy.safetyPerMille, in: 0...5_000)
        }
    }
}

extension ReplenishmentStrategy: Codable {
    private enum Key: String, CodingKey {
        case kind, periodDays, minimumMonths, maximumMonths, leadTimeDays, reviewDays, safetyPerMille
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        switch try container.decode(StrategyKind.self, forKey: .kind) {
        case .averageMonthlyConsumption:
            self = .averageMonthlyConsumption(try AverageMonthlyConsumption(from: decoder))
        case .reorderPoint:
            self = .reorderPoint(try ReorderPoint(from: decoder))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind, forKey: .kind)
        switch self {
        case .averageMonthlyConsumption(let strategy): try strategy.encode(to: encoder)
        case .reorderPoint(let strategy): try strategy.encode(to: encoder)
        }
    }
}
