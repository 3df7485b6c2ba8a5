import Foundation
import PlatformMessages
import Postgres
import Primitives
import StockLedger

/// The SQL of records and of what was told of each batch.
struct RecordsStore {
    let transaction: Transaction
    let consortium: ConsortiumID

    init(_ transaction: Transaction, _ consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// What was told of a batch in an institution so far: base units, and ten-thousandths of packs.
    func serial(_ batch: BatchID, in facility: FacilityID) throws -> (units: BaseUnits, told: Int64) {
        try transaction.first(
            """
            SELECT units, told FROM insurance_uploads.serial
             WHERE consortium_id = \(consortium) AND facility_id = \(facility) AND batch_id = \(batch)
            """
        ) { (units: try $0["units"] as BaseUnits, told: try $0["told"] as Int64) } ?? (.zero, 0)
    }

    func insert(_ draft: UploadDraft, at now: Instant) throws -> UploadRecordID? {
        let isCount = draft.kind == .count
        let told = draft.units < 0 ? -draft.quantity : draft.quantity
        try transaction.execute(
            """
            INSERT INTO insurance_uploads.serial (consortium_id, facility_id, batch_id, units, told)
            VALUES (\(consortium), \(draft.facility), \(draft.batch), \(isCount ? .zero : draft.units), \(isCount ? 0 : told))
            ON CONFLICT (consortium_id, facility_id, batch_id) DO UPDATE
               SET units = serial.units + excluded.units, told = serial.told + excluded.told
            """)
        return try transaction.query(
            """
            INSERT INTO insurance_uploads.record
                   (consortium_id, facility_id, batch_id, kind, change, movement_id, counted_on, units, quantity, receipt_id,
                    dispensing_id, dispensing_line, return_id, original_id, happened_at, announced_at)
            VALUES (\(consortium), \(draft.facility), \(draft.batch), \(draft.kind.rawValue), \(draft.change?.rawValue), \(draft.movement),
                    \(draft.countedOn), \(draft.units), \(draft.quantity), \(draft.receipt), \(draft.dispensing), \(draft.dispensingLine),
                    \(draft.patientReturn), \(draft.original), \(draft.happenedAt), \(now))
            ON CONFLICT (consortium_id, facility_id, batch_id, counted_on) WHERE kind = 'count' DO NOTHING
            RETURNING record_id
            """
        ) { try $0["record_id"] as UploadRecordID }.first
    }

    /// The line that a batch served in a dispensing.
    func line(of batch: BatchID, in dispensing: UUID) throws -> Int? {
        try transaction.first(
            """
            SELECT min(line_number) AS line FROM dispensing.dispensing_line
             WHERE consortium_id = \(consortium) AND dispensing_id = \(dispensing) AND batch_id = \(batch)
            """
        ) { try $0["line"] as Int? }.flatMap { $0 }
    }

    /// The sale that a return goes back on, and base units of it that came back before.
    func sale(of batch: BatchID, in facility: FacilityID, returnedWith patientReturn: UUID) throws -> ToldSale? {
        try transaction.first(
            """
            SELECT sale.record_id, sale.dispensing_id, sale.dispensing_line, -sale.units AS units, sale.quantity,
                   coalesce((SELECT sum(back.units) FROM insurance_uploads.record AS back
                              WHERE back.consortium_id = sale.consortium_id AND back.dispensing_id = sale.dispensing_id
                                AND back.dispensing_line = sale.dispensing_line AND back.kind = 'sale-return'), 0)::bigint AS returned
              FROM dispensing.patient_return
              JOIN insurance_uploads.record AS sale
                ON sale.consortium_id = patient_return.consortium_id AND sale.dispensing_id = patient_return.dispensing_id
               AND sale.kind = 'sale'
             WHERE patient_return.consortium_id = \(consortium) AND patient_return.return_id = \(patientReturn)
               AND sale.facility_id = \(facility) AND sale.batch_id = \(batch)
            """
        ) { row in
            ToldSale(
                record: try row["record_id"], dispensing: try row["dispensing_id"], line: try row["dispensing_line"],
                units: try row["units"], quantity: try row["quantity"], returned: try row["returned"])
        }
    }

    /// The last purchase of a batch that the institution's insurer was told of.
    func purchase(of batch: BatchID, in facility: FacilityID) throws -> UploadRecordID? {
        try transaction.first(
            """
            SELECT record_id FROM insurance_uploads.record
             WHERE consortium_id = \(consortium) AND facility_id = \(facility) AND batch_id = \(batch) AND kind = 'purchase'
             ORDER BY record_id DESC LIMIT 1
            """
        ) { try $0["record_id"] as UploadRecordID }
    }

    /// What change a movement was told as; `nil` when it was told as none.
    func change(of movement: MovementID, _ batch: BatchID, in facility: FacilityID) throws -> PlatformStockChange? {
        try transaction.first(
            """
            SELECT change FROM insurance_uploads.record
             WHERE consortium_id = \(consortium) AND movement_id = \(movement) AND facility_id = \(facility) AND batch_id = \(batch)
            """
        ) { try $0["change"] as String? }.flatMap { $0 }.flatMap(PlatformStockChange.init)
    }
}

/// A sale as it was told.
struct ToldSale: Sendable, Hashable {
    let record: UploadRecordID
    let dispensing: UUID
    let line: Int
    let units: BaseUnits
    let quantity: Int64
    /// Base units of it that came back before.
    let returned: BaseUnits
}
