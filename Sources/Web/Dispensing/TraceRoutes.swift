import Dispensing
import Formulary
import Identity
import Parties
import Postgres
import Primitives
import StockLedger

extension DispensingRoutes {
    /// What is refused of who prepares and who checks.
    static let ofPeople = codes(.secondPersonRequired, .checkerNotPharmacist, .preparationUnknown, .preparationDiffers)
    /// What is refused of a scanned box.
    static let ofScans = codes(
        .traceCodeInvalid, .tracePrefixUnknown, .traceCodeNotAPack, .traceCodeWrongArticle, .traceCodeWrongBatch,
        .traceCodeNotInStock, .traceCodeDispensed, .traceCodesTooMany, .traceCodesMissing)

    /// Preparing, and opened packs.
    static let preparing: [Endpoint] = [
        .command(
            "dispensing.prepare", "/prescriptions/{prescriptionID:uuid}/preparations", tag: tag,
            summary: Phrase("调配：由他人核对后发药", "Puts a prescription together for another person to check and hand out"),
            roles: [.dispenser, .pharmacist],
            refusals: ofStore
                + codes(
                    .prescriptionUnknown, .wrongState, .alreadyDispensed, .validityPassed, .claimedElsewhere, .linesInvalid,
                    .exceedsOpen, .traceCodeInvalid, .documentIDTaken),
            creates: true, body: PreparationBody.self, answer: Preparation.self
        ) { call, transaction in
            try PreparePrescription(
                preparation: call.body.preparation ?? PreparationID(call.requestID),
                prescription: try call.id("prescriptionID"), store: call.body.store, lines: call.body.lines,
                scans: call.body.scans ?? []
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .reading(
            "dispensing.opened-packs", "/stores/{storeID:number}/opened-packs", tag: tag,
            summary: Phrase("拆零包装余量，先到期在前", "Packs that are open in a store, first expiry first"),
            roles: clinicians.union(inspectors), refusals: ofStore, answer: PageOf<OpenedPack>.self
        ) { call, transaction in
            let store = try PartiesStore(transaction).store(try call.number("storeID"), of: call.principal.consortium)
            try call.principal.requireFacility(store.facility)
            let packs = try PrescriptionReadings(transaction, of: call.principal.consortium).openPacks(in: store.id, limit: 500)
            return PageOf(items: packs, next: nil)
        },
        .reading(
            "dispensing.sub-packaging", "/opened-packs/{packID:number}", tag: tag,
            summary: Phrase("拆零记录", "An opened pack with everything that was handed out of it"),
            roles: clinicians.union(inspectors), refusals: codes(.packUnknown), answer: SubPackagingRecord.self
        ) { call, transaction in
            try PrescriptionReadings(transaction, of: call.principal.consortium).subPackaging(try call.number("packID"))
        },
        .command(
            "dispensing.discard-pack", "/opened-packs/{packID:number}/discarding", tag: tag,
            summary: Phrase("拆零余药隔离", "Puts what is left in an opened pack into quarantine"), roles: [.pharmacist, .dispenser],
            refusals: [
                IdentityRefusalCode.otherFacility, StockLedgerRefusalCode.insufficientStock, StockLedgerRefusalCode.frozen,
            ] + codes(.packUnknown, .packChanged, .reasonRequired), body: PackDiscardBody.self, answer: OpenedPack.self
        ) { call, transaction in
            try DiscardOpenedPack(pack: try call.number("packID"), reason: call.body.reason, requestID: call.requestID)
                .run(in: transaction, by: call.principal, at: call.now)
        },
    ]

    /// Trace codes.
    static let tracing: [Endpoint] = [
        .command(
            "dispensing.record-trace-codes", "/stores/{storeID:number}/trace-codes", tag: tag,
            summary: Phrase("入库扫码：收货、调入或解除隔离的包装", "Records the boxes of a batch that came into a store"),
            roles: [.storekeeper, .pharmacist, .dispenser],
            refusals: ofStore + [StockLedgerRefusalCode.batchUnknown]
                + codes(
                    .traceCodeInvalid, .traceCodeNotAPack, .traceCodeWrongArticle, .traceCodeWrongBatch, .traceCodeNotInStock,
                    .traceCodeDispensed, .tracePrefixTaken),
            creates: true, body: TraceCodesBody.self, answer: TraceCodesAnswer.self
        ) { call, transaction in
            TraceCodesAnswer(
                recorded: try RecordTraceCodes(
                    store: try call.number("storeID"), batch: call.body.batch, codes: call.body.codes
                ).run(in: transaction, by: call.principal, at: call.now))
        },
        .reading(
            "dispensing.trace-code", "/trace-codes", tag: tag,
            summary: Phrase("查追溯码", "Where the box with a trace code is, if it was ever seen"),
            roles: clinicians.union(inspectors).union([.storekeeper]),
            query: [.text("code", Phrase("追溯码", "Twenty digits"), isRequired: true)], refusals: codes(.traceCodeInvalid),
            answer: PageOf<TracedBox>.self
        ) { call, transaction in
            let box = try PrescriptionReadings(transaction, of: call.principal.consortium)
                .box(scanned: call.query("code") ?? "", on: call.today)
            return PageOf(items: box.map { [$0] } ?? [], next: nil)
        },
        .command(
            "dispensing.register-trace-prefix", "/trace-prefixes/{prefix}", method: .put, tag: tag,
            summary: Phrase("登记药品标识码", "Says which pack the first seven digits of trace codes name"),
            roles: [.supervisor, .pharmacist],
            refusals: [FormularyRefusalCode.articleUnknown] + codes(.traceCodeInvalid, .tracePrefixTaken),
            body: TracePrefixBody.self, answer: TracePrefix.self
        ) { call, transaction in
            try RegisterTracePrefix(
                prefix: TracePrefix(prefix: try call.text("prefix"), article: call.body.article, level: call.body.level)
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "dispensing.declare-trace-policy", "/trace-policies", tag: tag,
            summary: Phrase("规定何时起须扫追溯码", "Says from which day on boxes are scanned"), roles: [.supervisor],
            refusals: [PartiesRefusalCode.facilityUnknown], creates: true, body: TracePolicyBody.self,
            answer: TracePolicyBody.self
        ) { call, transaction in
            try DeclareTracePolicy(
                facility: call.body.facility, scanning: call.body.scanning, validFrom: call.body.validFrom
            ).run(in: transaction, by: call.principal, at: call.now)
            return call.body
        },
    ]
}
