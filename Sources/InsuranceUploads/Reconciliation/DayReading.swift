import PlatformMessages
import Postgres
import Primitives

/// What was told of a batch for one day, of one of the kinds that are asked for together.
struct DayBatch: Sendable, Hashable {
    let platform: String
    let institution: PlatformInstitution
    let serial: String
    let about: PlatformUploadQuestion.About
    /// Records that are under way or wait for a person; what a person has discarded is neither open nor ours.
    var open = 0
    /// Those that are.
    var records: [UploadComparison.Ours] = []

    var name: String { "\(institution.code)/\(serial), \(about.rawValue)" }
}

struct DayReading {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// Batches with records that happened on a day in China, by institution and batch.
    func batches(on day: CalendarDate) throws -> [DayBatch] {
        let rows = try transaction.query(
            """
            SELECT record.record_id, record.kind, record.quantity, record.batch_id, record.accepted_at IS NOT NULL AS is_accepted,
                   record.accepted_at IS NULL AND message.state <> 'discarded' AS is_open,
                   institution.platform, institution.code, institution.name
              FROM insurance_uploads.record
              JOIN insurance_uploads.institution USING (consortium_id, facility_id)
              JOIN outbox.message ON message.consortium_id = record.consortium_id AND message.destination = institution.platform
                                 AND message.business_key = 'upload/' || record.record_id
             WHERE record.consortium_id = \(consortium)
               AND record.happened_at >= (\(day)::date + time '00:00') AT TIME ZONE 'Asia/Shanghai'
               AND record.happened_at < (\(day)::date + 1 + time '00:00') AT TIME ZONE 'Asia/Shanghai'
             ORDER BY institution.facility_id, record.batch_id,
                      CASE record.kind WHEN 'count' THEN 1 WHEN 'change' THEN 2 WHEN 'purchase' THEN 3 WHEN 'purchase-return' THEN 3
                                       ELSE 4 END, record.record_id
            """
        ) { row -> DayBatch? in
            guard let kind = PlatformUploadKind(rawValue: try row["kind"]), let about = kind.asked else { return nil }
            let (batch, record): (BatchID, UploadRecordID) = (try row["batch_id"], try row["record_id"])
            let (isAccepted, isOpen): (Bool, Bool) = (try row["is_accepted"], try row["is_open"])
            let ours = UploadComparison.Ours(
                key: UploadAnnouncement.key(record), quantity: PlatformQuantity(tenThousandths: try row["quantity"]),
                isReturn: kind == .purchaseReturn || kind == .saleReturn)
            return DayBatch(
                platform: try row["platform"], institution: PlatformInstitution(code: try row["code"], name: try row["name"]),
                serial: UploadAnnouncement.serial(batch), about: about, open: isOpen ? 1 : 0, records: isAccepted ? [ours] : [])
        }
        return rows.compactMap { $0 }.reduce(into: []) { batches, row in
            if batches.last?.name != row.name {
                batches.append(row)
            } else {
                batches[batches.count - 1].open += row.open
                batches[batches.count - 1].records += row.records
            }
        }
    }
}
