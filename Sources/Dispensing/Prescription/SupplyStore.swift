import Postgres
public import Primitives

/// What an earlier prescription still gives a patient.
public struct RemainingSupply: Sendable, Hashable, Codable {
    public let prescription: PrescriptionID
    public let number: String
    public let state: PrescriptionState
    public let product: ProductID
    /// The day it was first handed out or, before that, written.
    public let from: CalendarDate
    /// The last day it covers.
    public let through: CalendarDate
    /// Days ahead, today counted.
    public let daysAhead: Int
}

/// The SQL statement about what patients still have.
struct SupplyStore {
    /// The longest course there is, in days: what was written earlier covers nothing any more.
    private static let courseMax = 366

    private let transaction: Transaction
    private let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// Lines of a patient's other prescriptions that cover `today` or a later day: those that were handed out, or are still
    /// to be. One whose rest was ended covers the share of its days that was handed out.
    func supplies(of patient: PatientID, except: PrescriptionID?, on today: CalendarDate) throws -> [RemainingSupply] {
        try transaction.query(
            """
            SELECT prescription_id, prescription.number, state, product_id, coalesce(first_on, written_on) AS covered_from,
                   CASE state WHEN 'ended' THEN ((days * handed_out + quantity - 1) / quantity)::integer ELSE days END AS days
              FROM dispensing.prescription
              JOIN dispensing.prescription_version USING (consortium_id, prescription_id, version)
              JOIN dispensing.prescription_line USING (consortium_id, prescription_id, version)
              LEFT JOIN (SELECT consortium_id, prescription_id, dispensed_on AS first_on
                           FROM dispensing.dispensing WHERE part = 1) AS begun USING (consortium_id, prescription_id)
             WHERE consortium_id = \(consortium) AND patient_id = \(patient) AND prescription_id IS DISTINCT FROM \(except)
               AND issued_at >= \(Instant.begin(of: today.adding(days: -Self.courseMax)))
               AND state IN ('issued', 'approved', 'partly-dispensed', 'dispensed', 'ended')
             ORDER BY issued_at, prescription_id, line_number
            """
        ) { row in
            let from: CalendarDate = try row["covered_from"]
            let days: Int = try row["days"]
            return RemainingSupply(
                prescription: try row["prescription_id"], number: try row["number"], state: try row["state"],
                product: try row["product_id"], from: from, through: from.adding(days: days - 1),
                daysAhead: from.adding(days: days).days(since: max(from, today)))
        }.filter { $0.daysAhead > 0 }
    }
}

extension Instant {
    /// The first moment of a business day, in Asia/Shanghai.
    static func begin(of day: CalendarDate) -> Instant {
        Instant(microseconds: Int64(day.day) * 86_400_000_000 - 8 * 3_600_000_000)
    }
}
