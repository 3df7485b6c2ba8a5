public import Postgres
public import Primitives

/// The share of plans that are followed by another of the same patient and diagnosis, in thousandths: by it the need after their end is
/// weighed.
///
/// Source: own rule, as ``AdherenceFactor``.
public struct RenewalShare: Sendable, Hashable, Codable {
    public static let days = 180
    /// How long after a plan's end the next may begin and still be its renewal.
    public static let gapDays = 14
    /// How long before the supply ends patients come for the next prescription.
    public static let aheadDays = 3
    /// While fewer plans are known than this, ``perMilleUnknown`` holds.
    public static let knownMin: Int64 = 50
    public static let perMilleUnknown: Int64 = 900

    /// Plans that patients began and that have ended, and those of them that were followed by another.
    public let ended: Int64
    public let renewed: Int64

    /// - Precondition: no more are renewed than ended.
    public init(ended: Int64, renewed: Int64) {
        precondition((0...ended).contains(renewed), "what is renewed has ended")
        self.ended = ended
        self.renewed = renewed
    }

    public var perMille: Int64 { ended < Self.knownMin ? Self.perMilleUnknown : renewed * 1_000 / ended }

    /// Of a need, what is expected to be prescribed again, rounded up.
    public func expected(of need: BaseUnits) -> BaseUnits { BaseUnits((need.rawValue * perMille + 999) / 1_000) }

    /// The share of a consortium as it is on a day, from the plans that ended in the days before and long enough ago. Those that
    /// a physician stopped are no such.
    public static func read(_ transaction: Transaction, of consortium: ConsortiumID, on today: CalendarDate) throws -> RenewalShare {
        try transaction.first(
            """
            SELECT count(*)::bigint AS ended,
                   count(*) FILTER (WHERE EXISTS (
                       SELECT FROM long_prescriptions.plan AS next
                        WHERE next.consortium_id = plan.consortium_id AND next.patient_id = plan.patient_id
                          AND upper(left(next.diagnosis_code, 3)) = upper(left(plan.diagnosis_code, 3))
                          AND next.started_at > plan.started_at AND next.state <> 'superseded'))::bigint AS renewed
              FROM long_prescriptions.plan
             WHERE consortium_id = \(consortium) AND state IN ('completed', 'expired') AND supply_through IS NOT NULL
               AND ends_on BETWEEN \(today.adding(days: -days)) AND \(today.adding(days: -gapDays))
            """
        ) { RenewalShare(ended: try $0["ended"], renewed: try $0["renewed"]) } ?? RenewalShare(ended: 0, renewed: 0)
    }
}
