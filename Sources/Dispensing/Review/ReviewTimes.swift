public import Postgres
public import Primitives

/// How long prescriptions waited for review and how long reviewing took, of one day, facility or reviewer. Seconds.
public struct ReviewTimes: Sendable, Hashable, Codable {
    /// The day, or the number of the facility or the reviewer, as text.
    public let key: String
    public let reviews: Int
    public let returned: Int
    /// From the moment it came to wait until a pharmacist took it up.
    public let waitMedianSeconds: Int
    public let waitP90Seconds: Int
    public let waitLongestSeconds: Int
    /// From then until the decision.
    public let reviewMedianSeconds: Int
    public let reviewP90Seconds: Int
}

/// What ``ReviewTimes`` are told apart by.
public enum ReviewTimesBy: String, Sendable, Codable, CaseIterable {
    /// The business day of the decision.
    case day
    /// Where the prescription was written.
    case facility
    case reviewer
}

/// Reads how long reviews took.
public struct ReviewTimesReading {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, of consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// Reviews decided on some business days, both counted.
    public func times(
        by grouping: ReviewTimesBy, from: CalendarDate, through: CalendarDate, facility: FacilityID? = nil
    ) throws -> [ReviewTimes] {
        let key: SQL =
            switch grouping {
            case .day: "(review.reviewed_at AT TIME ZONE 'Asia/Shanghai')::date::text"
            case .facility: "prescription.facility_id::text"
            case .reviewer: "review.reviewer_id::text"
            }
        let place: SQL = facility.map { "prescription.facility_id = \($0)" } ?? "TRUE"
        return try transaction.query(
            """
            SELECT key, count(*) AS reviews, count(*) FILTER (WHERE outcome = 'returned') AS returned,
                   percentile_disc(0.5) WITHIN GROUP (ORDER BY waited) AS wait_median,
                   percentile_disc(0.9) WITHIN GROUP (ORDER BY waited) AS wait_p90, max(waited) AS wait_longest,
                   percentile_disc(0.5) WITHIN GROUP (ORDER BY looked) AS review_median,
                   percentile_disc(0.9) WITHIN GROUP (ORDER BY looked) AS review_p90
              FROM (SELECT \(key) AS key, review.outcome,
                           greatest(0, floor(extract(epoch FROM review.held_at - review.queued_at)))::bigint AS waited,
                           greatest(0, floor(extract(epoch FROM review.reviewed_at - review.held_at)))::bigint AS looked
                      FROM dispensing.review
                      JOIN dispensing.prescription USING (consortium_id, prescription_id)
                     WHERE consortium_id = \(consortium) AND review.queued_at IS NOT NULL
                       AND review.reviewed_at >= \(Instant.begin(of: from))
                       AND review.reviewed_at < \(Instant.begin(of: through.adding(days: 1))) AND \(place)) AS measured
             GROUP BY key ORDER BY key
            """
        ) { row in
            ReviewTimes(
                key: try row["key"], reviews: try row["reviews"], returned: try row["returned"],
                waitMedianSeconds: try row["wait_median"], waitP90Seconds: try row["wait_p90"],
                waitLongestSeconds: try row["wait_longest"], reviewMedianSeconds: try row["review_median"],
                reviewP90Seconds: try row["review_p90"])
        }
    }
}
