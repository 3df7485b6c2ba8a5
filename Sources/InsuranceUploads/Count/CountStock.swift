import Audit
import Identity
import PlatformMessages
public import Postgres
public import Primitives

/// Announces to their insurers what is in stock in every institution, batch by batch (3501). A batch is counted once a day.
///
/// What is in stock is what the ledger has in the stores of the facility, reserved and quarantined goods among it, and not what is on
/// its way there. A batch of which nothing is left is counted once more, as none.
public struct CountStock: Sendable {
    /// Whose stock; `nil` for every institution's.
    public var facility: FacilityID?

    public init(facility: FacilityID? = nil) { self.facility = facility }

    /// - Returns: how many batches are announced.
    /// - Throws: ``InsuranceUploadsRefusal`` when the facility is not registered.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Int {
        try principal.require(oneOf: [.supervisor, .storekeeper])
        let institutions = try InsuranceUploadsStore(transaction, principal.consortium).institutions()
            .filter { $0.isActive && (facility == nil || $0.facility == facility) }
        guard !institutions.isEmpty else {
            throw InsuranceUploadsRefusal(.institutionUnknown, facility.map { "facility \($0)" } ?? "none is registered")
        }
        // What moved before is told before: a count holds only while the feed finds nothing new after it.
        let records = RecordsStore(transaction, principal.consortium)
        var counts: [(Institution, [RecordsStore.Held])]
        repeat {
            counts = try institutions.map { ($0, try records.held(in: $0.facility)) }
        } while try FeedUploads().run(in: transaction, for: principal.consortium, at: now).movements > 0
        var announced: [UploadAnnouncement] = []
        for (institution, batches) in counts {
            for held in batches {
                let draft = UploadDraft(
                    facility: institution.facility, batch: held.batch, kind: .count, countedOn: now.businessDay, units: held.units,
                    quantity: PricingPacks.counted(held.units, of: held.packSize), happenedAt: now)
                guard let record = try records.insert(draft, at: now) else { continue }
                announced.append(UploadAnnouncement(record: record, draft: draft))
            }
        }
        try UploadAnnouncement.announce(announced, in: transaction, for: principal.consortium, at: now)
        try AuditTrail(transaction).append(
            "insurance-uploads.count", subject: facility.map { "facility \($0)" } ?? "every institution", by: principal, at: now,
            detail: ["batches": "\(announced.count)"])
        return announced.count
    }
}

extension RecordsStore {
    struct Held: Sendable, Hashable {
        let batch: BatchID
        let units: BaseUnits
        let packSize: BaseUnits
    }

    /// What a facility has, and batches of which its insurer was last told a count above none.
    func held(in facility: FacilityID) throws -> [Held] {
        try transaction.query(
            """
            WITH here AS (
                SELECT balance.batch_id, sum(balance.quantity)::bigint AS units
                  FROM stock_ledger.balance JOIN parties.store USING (consortium_id, store_id)
                 WHERE balance.consortium_id = \(consortium) AND store.facility_id = \(facility) AND balance.state <> 'in-transit'
                   AND balance.quantity > 0
                 GROUP BY balance.batch_id
            ), counted AS (
                SELECT DISTINCT ON (batch_id) batch_id, units FROM insurance_uploads.record
                 WHERE consortium_id = \(consortium) AND facility_id = \(facility) AND kind = 'count'
                 ORDER BY batch_id, record_id DESC
            )
            SELECT batch.batch_id, coalesce(here.units, 0) AS units, article.pack_size
              FROM here FULL JOIN (SELECT * FROM counted WHERE units > 0) AS counted ON counted.batch_id = here.batch_id
              JOIN stock_ledger.batch ON batch.consortium_id = \(consortium) AND batch.batch_id = coalesce(here.batch_id, counted.batch_id)
              JOIN formulary.article ON article.article_id = batch.article_id
             ORDER BY 1
            """
        ) { Held(batch: try $0["batch_id"], units: try $0["units"], packSize: try $0["pack_size"]) }
    }
}
