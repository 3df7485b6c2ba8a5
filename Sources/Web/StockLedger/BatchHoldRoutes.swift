import Identity
import Postgres
import Primitives
import StockLedger

/// Why a batch is held, or let go again. The caller may choose the hold's id.
struct BatchHoldBody: Codable, Sendable {
    let hold: BatchHoldID?
    let reason: String
}

struct BatchHoldLiftingBody: Codable, Sendable {
    let reason: String
}

extension StockLedgerRoutes {
    /// Holding a batch at all stores at once, as in a recall.
    static let batchHolds: [Endpoint] = [
        .reading(
            "stock-ledger.batch-holds", "/batch-holds", tag: tag,
            summary: Phrase("停用批次，新的在前", "Held batches, newest first"), roles: insiders,
            query: [.flag("lifted", Phrase("包括已解除的", "Also those that were lifted"))], answer: PageOf<BatchHold>.self
        ) { call, transaction in
            PageOf(
                items: try BatchHoldStore(transaction, call.principal.consortium)
                    .latest(includingLifted: call.query(flag: "lifted"), limit: 200), next: nil)
        },
        .command(
            "stock-ledger.hold-batch", "/batches/{batchID:number}/holds", tag: tag,
            summary: Phrase("停用批次：全部库房同时生效", "Holds a batch at all stores at once"), roles: [.supervisor, .pharmacist],
            refusals: codes(.reasonMissing, .batchUnknown, .batchHeldAlready, .alreadyRecorded), creates: true,
            body: BatchHoldBody.self, answer: BatchHold.self
        ) { call, transaction in
            try HoldBatch(
                hold: call.body.hold ?? BatchHoldID(call.requestID), batch: try call.number("batchID"), reason: call.body.reason
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "stock-ledger.lift-batch-hold", "/batch-holds/{holdID:uuid}/lifting", tag: tag,
            summary: Phrase("解除停用", "Lets a held batch be taken again"), roles: [.supervisor, .pharmacist],
            refusals: codes(.reasonMissing, .holdUnknown, .holdLifted), body: BatchHoldLiftingBody.self, answer: BatchHold.self
        ) { call, transaction in
            try LiftBatchHold(hold: try call.id("holdID"), reason: call.body.reason)
                .run(in: transaction, by: call.principal, at: call.now)
        },
    ]
}
