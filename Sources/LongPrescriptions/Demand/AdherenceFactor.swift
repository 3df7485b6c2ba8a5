public import Postgres
public import Primitives

/// The share of instalments that are collected in time, in thousandths: by it future need is weighed.
///
/// Source: own rule. While few instalments are known the share says little, so a cautious one stands for it; and a bad half
/// year does not empty the shelves.
public struct AdherenceFactor: Sendable, Hashable, Codable {
    public static let days = 180
    /// While fewer instalments are known than this, ``perMilleUnknown`` holds.
    public static let knownMin: Int64 = 50
    public static let perMilleUnknown: Int64 = 900
    public static let perMilleMin: Int64 = 500

    /// Instalments that were due, and those of them that were collected in time.
    public let due: Int64
    public let inTime: Int64

    /// - Precondition: no more are in time than due.
    public init(due: Int64, inTime: Int64) {
        precondition((0...due).contains(inTime), "what is in time was due")
        self.due = due
        self.inTime = inTime
    }

    public var perMille: Int64 { due < Self.knownMin ? Self.perMilleUnknown : max(Self.perMilleMin, inTime * 1_000 / due) }

    /// Of a need, what is expected to be collected, rounded up.
    public func expected(of need: BaseUnits) -> BaseUnits { BaseUnits((need.rawValue * perMille + 999) / 1_000) }

    /// The factor of a consortium as it is on a day, from the instalments that were due in the days before and are decided:
    /// collected or missed. One that was missed and collected after a follow-up was not in time.
    public static func read(
        _ transaction: Transaction, of consortium: ConsortiumID, on today: CalendarDate
    ) throws -> AdherenceFactor {
        try transaction.first(
            """
            SELECT count(*)::bigint AS due, count(*) FILTER (WHERE state = 'collected' AND missed_on IS NULL)::bigint AS in_time
              FROM long_prescriptions.instalment
             WHERE consortium_id = \(consortium) AND due_on BETWEEN \(today.adding(days: -days)) AND \(today)
               AND (state = 'collected' OR missed_on IS NOT NULL)
            """
        ) { AdherenceFactor(due: try $0["due"], inTime: try $0["in_time"]) } ?? AdherenceFactor(due: 0, inTime: 0)
    }
}
