import Foundation
import Outbox
import PlatformMessages
public import Postgres
public import Primitives

/// Announces what moved in the ledger since it last ran to the insurers of the institutions that it moved in: each movement once.
///
/// Any number may run beside each other; they wait for one another. What is announced is in the order of the ledger for each batch.
public struct FeedUploads: Sendable {
    /// Movements that are gone over in one transaction.
    public var limit: Int

    public init(limit: Int = 500) { self.limit = limit }

    /// What one run did.
    public struct Outcome: Sendable, Hashable {
        /// Movements that were gone over.
        public let movements: Int
        /// Records that were announced.
        public let records: Int
    }

    /// Runs best in a transaction of its own: in one that has written, it does not note how far the ledger is settled.
    @discardableResult
    public func run(in transaction: Transaction, for consortium: ConsortiumID, at now: Instant) throws -> Outcome {
        let feed = LedgerFeed(transaction, consortium)
        let next = try feed.mark()
        guard let progress = try feed.locked() else { return Outcome(movements: 0, records: 0) }
        let movements = try feed.untaken(after: progress.settled, limit: limit)
        var announced: [UploadAnnouncement] = []
        if !movements.isEmpty {
            try feed.take(movements)
            let records = RecordsStore(transaction, consortium)
            for moved in try feed.moved(by: movements) {
                let draft = try self.draft(of: moved, records)
                guard let record = try records.insert(draft, at: now) else { continue }
                announced.append(UploadAnnouncement(record: record, draft: draft))
            }
            try UploadAnnouncement.announce(announced, in: transaction, for: consortium, at: now)
        }
        try feed.advance(from: progress, isThrough: movements.count < limit, next: next, at: now)
        return Outcome(movements: movements.count, records: announced.count)
    }

    private func draft(of moved: MovedBatch, _ records: RecordsStore) throws -> UploadDraft {
        let serial = try records.serial(moved.batch, in: moved.facility)
        let told = PricingPacks.told(moved.units, of: moved.packSize, balance: serial.units + moved.units, told: serial.told)
        var draft = UploadDraft(
            facility: moved.facility, batch: moved.batch, kind: .change, movement: moved.movement, units: moved.units,
            quantity: abs(told), happenedAt: moved.happenedAt)
        switch moved.telling {
        case .purchase(let receipt): (draft.kind, draft.receipt) = (.purchase, receipt)
        case .purchaseReturn:
            draft.original = try records.purchase(of: moved.batch, in: moved.facility)
            if draft.original == nil {
                draft.change = moved.units < 0 ? .returnOut : .otherIn
            } else {
                draft.kind = .purchaseReturn
            }
        case .sale(let dispensing):
            (draft.kind, draft.dispensing, draft.dispensingLine) = (
                .sale, dispensing, try records.line(of: moved.batch, in: dispensing)
            )
        case .saleReturn(let patientReturn):
            guard let sale = try records.sale(of: moved.batch, in: moved.facility, returnedWith: patientReturn) else {
                // What was sold before the institution's beginning, or by another, was never told.
                draft.change = .otherIn
                break
            }
            (draft.kind, draft.patientReturn, draft.original) = (.saleReturn, patientReturn, sale.record)
            (draft.dispensing, draft.dispensingLine) = (sale.dispensing, sale.line)
            draft.quantity = PricingPacks.returned(moved.units, after: sale.returned, ofSold: sale.units, toldAs: sale.quantity)
        case .change(let change): draft.change = change
        case .reversal(let movement):
            let before = try records.change(of: movement, moved.batch, in: moved.facility)
            draft.change = .opposite(of: before, isIn: moved.units > 0)
        }
        return draft
    }
}
