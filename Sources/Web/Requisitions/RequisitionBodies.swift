import Primitives
import Requisitions

/// How quantities are suggested. Parameters left out take their usual values; those of another kind are refused.
struct StrategyBody: Codable, Sendable {
    let kind: StrategyKind
    var periodDays: Int?
    var minimumMonths: Int?
    var maximumMonths: Int?
    var leadTimeDays: Int?
    var reviewDays: Int?
    var safetyPerMille: Int?
}

extension StrategyBody {
    init(_ strategy: ReplenishmentStrategy) {
        self.init(kind: strategy.kind, periodDays: strategy.periodDays)
        switch strategy {
        case .averageMonthlyConsumption(let strategy):
            (minimumMonths, maximumMonths) = (strategy.minimumMonths, strategy.maximumMonths)
        case .reorderPoint(let strategy):
            (leadTimeDays, reviewDays, safetyPerMille) = (strategy.leadTimeDays, strategy.reviewDays, strategy.safetyPerMille)
        }
    }

    /// - Throws: ``RequisitionsRefusal`` `requisitions.strategy-invalid` for a parameter of another kind.
    func strategy() throws(RequisitionsRefusal) -> ReplenishmentStrategy {
        let foreign: [(String, Int?)] =
            switch kind {
            case .averageMonthlyConsumption:
                [("leadTimeDays", leadTimeDays), ("reviewDays", reviewDays), ("safetyPerMille", safetyPerMille)]
            case .reorderPoint: [("minimumMonths", minimumMonths), ("maximumMonths", maximumMonths)]
            }
        if let (name, _) = foreign.first(where: { $0.1 != nil }) {
            throw RequisitionsRefusal(.strategyInvalid, "\(kind.rawValue) has no \(name)", field: "strategy.\(name)")
        }
        switch kind {
        case .averageMonthlyConsumption:
            var strategy = AverageMonthlyConsumption()
            strategy.periodDays = periodDays ?? strategy.periodDays
            strategy.minimumMonths = minimumMonths ?? strategy.minimumMonths
            strategy.maximumMonths = maximumMonths ?? strategy.maximumMonths
            return .averageMonthlyConsumption(strategy)
        case .reorderPoint:
            var strategy = ReorderPoint()
            strategy.periodDays = periodDays ?? strategy.periodDays
            strategy.leadTimeDays = leadTimeDays ?? strategy.leadTimeDays
            strategy.reviewDays = reviewDays ?? strategy.reviewDays
            strategy.safetyPerMille = safetyPerMille ?? strategy.safetyPerMille
            return .reorderPoint(strategy)
        }
    }
}

/// A store's requisition in a cycle. The caller may choose its id.
struct RegularRequisitionBody: Codable, Sendable {
    let requisition: RequisitionID?
    let store: StoreID
    let cycle: CycleID
    let strategy: StrategyBody?
}

/// A store's requisition of chosen products. The caller may choose its id.
struct EmergencyRequisitionBody: Codable, Sendable {
    let requisition: RequisitionID?
    let store: StoreID
    let products: [ProductID]
    let strategy: StrategyBody?
}

/// What is requested; products that are not on the requisition yet are added.
struct RequisitionLinesBody: Codable, Sendable {
    struct Change: Codable, Sendable {
        let product: ProductID
        /// Base units in whole packs.
        let requested: BaseUnits
        /// Left out, the reason stays as it is.
        let reason: String?
    }

    /// The version the caller has read.
    let version: Int64
    let changes: [Change]
}

struct RequisitionSubmissionBody: Codable, Sendable {
    /// The version the caller has read.
    let version: Int64
}

/// Approves as requested, but for the changed lines.
struct RequisitionApprovalBody: Codable, Sendable {
    struct Change: Codable, Sendable {
        let product: ProductID
        /// Base units in whole packs.
        let approved: BaseUnits
        let reason: String
    }

    /// The version the caller has read.
    let version: Int64
    let changes: [Change]
    let reason: String?
}

/// Why a requisition is sent back or given up.
struct RequisitionReasonBody: Codable, Sendable {
    /// The version the caller has read.
    let version: Int64
    let reason: String
}

/// A requisition with everything on it.
struct RequisitionView: Codable, Sendable {
    let requisition: RequisitionSummary
    let strategy: StrategyBody
    let lines: [RequisitionLineReading]

    init(_ reading: RequisitionReading) {
        requisition = reading.summary
        strategy = StrategyBody(reading.requisition.strategy)
        lines = reading.lines
    }
}

struct RequisitionCountsView: Codable, Sendable {
    /// Every state once.
    let counts: [RequisitionCount]
}

/// A cycle to be opened. The caller may choose its id.
struct RequisitionCycleBody: Codable, Sendable {
    let cycle: CycleID?
    let name: String
    let opensOn: CalendarDate
    let closesOn: CalendarDate
}

/// Something that was asked for and is not there. The caller may choose its id. It names no patient.
struct ShortageReportBody: Codable, Sendable {
    let shortage: ShortageID?
    let facility: FacilityID
    /// Either this or ``describedName``.
    let product: ProductID?
    let describedName: String?
    /// Base units.
    let quantity: BaseUnits
    let reason: String?
}

struct ShortageStepBody: Codable, Sendable {
    let transition: ShortageTransition
    /// Needed when nobody came, or nobody wants it any more.
    let reason: String?
}
