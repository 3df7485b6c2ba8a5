import Foundation
import PlatformMessages
import Postgres
public import Primitives
import StockLedger

extension Subject {
    public enum UploadRecord {}
}

public typealias UploadRecordID = Identifier<Subject.UploadRecord>

/// A record about to be written: what an insurer is told of a batch.
struct UploadDraft: Sendable, Hashable {
    let facility: FacilityID
    let batch: BatchID
    var kind: PlatformUploadKind
    var change: PlatformStockChange?
    var movement: MovementID?
    var countedOn: CalendarDate?
    /// Base units: positive came in, negative went out; of a count what is there.
    var units: BaseUnits
    /// Ten-thousandths of the smallest pricing pack; never negative.
    var quantity: Int64
    var receipt: UUID?
    var dispensing: UUID?
    var dispensingLine: Int?
    var patientReturn: UUID?
    var original: UploadRecordID?
    var happenedAt: Instant
}
