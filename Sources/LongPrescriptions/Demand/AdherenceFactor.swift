public import Postgres
public import Primitives

/// The share of instalments that are collected, in time or later, in thousandths: by it future need is weighed.
///
/// Source: own rule. What is collected late is needed as well, about as much in any month as was missed in the one before. While few instalments are known the share says little, so a cautious one stands for it; and a bad half
/// year does not empty the shelves.
public struct AdherenceFactor: Sendable, Hashable, Codable {
    public static let days = 180
    /// While fewer instalments are known than this, ``perMilleUnknown`` holds.
    public static let knownMin: Int64 = 50
    public static let perMilleUnknown: Int64 = 900
    public static let perMilleMin: Int64 = 500

    /// Instalments that were due, and those of them that were collected.
    public let due: Int64
    public let collected: Int64

    /// - Precondition: no more are collected than due.
    public init(due: Int64, collected: Int64) {
        precondition((0...due).contains(collected), "what is collected was due")
        self.due = due
        self.collected = collected
    }

    public var perMille: Int64 { due < Self.knownMin ? Self.perMilleUnknown : max(Self.perMilleMin, collected * 1_000 / due) }

    /// Of a need, what is expected to be collected, rounded up.
    public func expected(of need: BaseUnits) -> BaseUnits { BaseUnits((need.rawValue * perMille + 999) / 1_000) }

    /// The factor of a consortium as it is on a day, from the instalments that were due in the days before and are decided:
    /// collected, or missed and given up. What lapsed because the plan was interrupted or had moved past its end was not for
    /// patients to collect, and plans of which nothing was ever collected say nothing about patients who come.
    public static func read(
        _ transaction: Transaction, of consortium: ConsortiumID, on today: CalendarDate
    ) throws -> AdherenceFactor {
        try transaction.first(
            """
            SELECT count(*)::bigint AS due, count(*) FILTER (WHERE instalment.state = 'collected')::bigint AS collected
              FROM long_prescriptions.instalment
              JOIN long_prescriptions.plan USING (consortium_id, plan_id)
             WHERE consortium_id = \(consortium) AND due_on BETWEEN \(today.adding(days: -days)) AND \(today)
               AND (instalment.state = 'collected' OR (instalment.state = 'lapsed' AND instalment.missed_on IS NOT NULL))
               AND plan.supply_through IS NOT NULL
            """
        ) { AdherenceFactor(due: try $0["due"], collected: try $0["collected"]) } ?? AdherenceFactor(due: 0, collected: 0)
    }
}
