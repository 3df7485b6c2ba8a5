import Dispensing
import Formulary
import Identity
import Parties
import Postgres
import PrescriptionFlow
import Primitives
import StockLedger

extension PrescriptionFlowRoutes {
    private static let sharingTag = Phrase("药品共享", "Sharing between stores")
    private static let askers: Set<Role> = [.storekeeper, .pharmacist, .dispenser]
    private static let onlookers: Set<Role> = [.procurementOfficer, .supervisor, .auditor]
    private static let ofSharing: [any RefusalCode] =
        codes(.sharingUnknown, .sharingWrongState) + [IdentityRefusalCode.otherFacility]

    static let sharing: [Endpoint] = [
        .command(
            "prescription-flow.request-sharing", "/sharing-requests", tag: sharingTag,
            summary: Phrase("申请药品共享", "Asks another store for what is lacking"), roles: askers,
            refusals: ofStore
                + codes(.sameStore, .productNotShared, .quantityInvalid, .reasonMissing, .productNotPrescribed, .documentIDTaken)
                + [FormularyRefusalCode.productUnknown, DispensingRefusalCode.prescriptionUnknown],
            creates: true, body: SharingBody.self, answer: SharingRequest.self
        ) { call, transaction in
            try RequestSharing(
                sharing: call.body.sharing ?? SharingID(call.requestID), asking: call.body.asking, holding: call.body.holding,
                product: call.body.product, quantity: call.body.quantity, prescription: call.body.prescription,
                reason: call.body.reason
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .reading(
            "prescription-flow.sharing-requests", "/stores/{storeID:number}/sharing-requests", tag: sharingTag,
            summary: Phrase("本库房申请和被申请的共享，新的在前", "What a store asks and is asked, newest first"),
            roles: askers.union(onlookers),
            query: [.choice("state", SharingState.self, Phrase("状态", "Only in this state"))] + .paging, refusals: ofStore,
            answer: PageOf<SharingRequest>.self
        ) { call, transaction in
            let store = try ownStore(call, transaction)
            let page = try call.page()
            let found = try SharingStore(transaction, call.principal.consortium).requests(
                of: store, state: call.query(choice: "state"), after: try after(page), limit: page.limit + 1)
            return PageOf(found, of: page) { [$0.id.description] }
        },
        .reading(
            "prescription-flow.sharing-request", "/sharing-requests/{sharingID:uuid}", tag: sharingTag,
            summary: Phrase("共享申请", "A sharing request"), roles: askers.union(onlookers),
            refusals: codes(.sharingUnknown) + [IdentityRefusalCode.otherFacility], answer: SharingRequest.self
        ) { call, transaction in
            try SharingStore(transaction, call.principal.consortium).request(try call.id("sharingID"), for: call.principal)
        },
        .command(
            "prescription-flow.answer-sharing", "/sharing-requests/{sharingID:uuid}/answer", tag: sharingTag,
            summary: Phrase("答复共享申请：同意或婉拒", "Agrees to share, or declines"), roles: [.storekeeper, .pharmacist, .supervisor],
            refusals: ofSharing + codes(.quantityInvalid, .reasonMissing), body: SharingAnswerBody.self,
            answer: SharingRequest.self
        ) { call, transaction in
            try AnswerSharing(sharing: try call.id("sharingID"), answer: call.body.answer)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "prescription-flow.ship-sharing", "/sharing-requests/{sharingID:uuid}/shipment", tag: sharingTag,
            summary: Phrase("发出共享药品（调出）", "Sends what was agreed, as a transfer"), roles: [.storekeeper],
            refusals: ofSharing + [
                StockLedgerRefusalCode.insufficientStock, StockLedgerRefusalCode.frozen, StockLedgerRefusalCode.alreadyRecorded,
            ],
            body: SharingShipmentBody.self, answer: SharingRequest.self
        ) { call, transaction in
            try ShipSharing(
                sharing: try call.id("sharingID"), transfer: call.body.transfer ?? TransferID(call.requestID),
                requestID: call.requestID
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "prescription-flow.receive-sharing", "/sharing-requests/{sharingID:uuid}/receipt", tag: sharingTag,
            summary: Phrase("接收共享药品（调入）", "Takes in what was sent; what is missing is lost with a reason"),
            roles: [.storekeeper],
            refusals: ofSharing + [
                StockLedgerRefusalCode.reasonMissing, StockLedgerRefusalCode.moreThanShipped, StockLedgerRefusalCode.frozen,
            ],
            body: SharingReceiptBody.self, answer: SharingRequest.self
        ) { call, transaction in
            try ReceiveSharing(
                sharing: try call.id("sharingID"), missing: call.body.missing ?? [], reason: call.body.reason ?? "",
                requestID: call.requestID
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "prescription-flow.withdraw-sharing", "/sharing-requests/{sharingID:uuid}/withdrawal", tag: sharingTag,
            summary: Phrase("撤回共享申请", "Takes a request back before it is on its way"), roles: askers,
            refusals: ofSharing + codes(.reasonMissing), body: FlowReasonBody.self, answer: SharingRequest.self
        ) { call, transaction in
            try WithdrawSharing(sharing: try call.id("sharingID"), reason: call.body.reason)
                .run(in: transaction, by: call.principal, at: call.now)
        },
    ]
}
