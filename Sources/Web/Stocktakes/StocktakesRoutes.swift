import Formulary
import Identity
import Parties
import Postgres
import Primitives
import StockLedger
import Stocktakes

/// The operations of stocktakes.
public enum StocktakesRoutes {
    public static let endpoints: [Endpoint] = readings + counting + decisions

    static let tag = Phrase("盘点", "Stocktakes")
    private static let insiders = Set(Role.allCases).subtracting([.supplier])
    private static let keepers: Set<Role> = [.storekeeper, .supervisor]
    private static let counters: Set<Role> = [.storekeeper, .supervisor, .dispenser, .pharmacist]

    private static func codes(_ codes: StocktakesRefusalCode...) -> [any RefusalCode] { codes }

    private static let ofKnownStocktake: [any RefusalCode] =
        codes(.stocktakeUnknown) + [IdentityRefusalCode.otherFacility]
    /// What a command on a stocktake that was read before may refuse.
    private static let ofReadStocktake: [any RefusalCode] = ofKnownStocktake + codes(.changedMeanwhile, .wrongState)

    // MARK: - Readings

    private static let readings: [Endpoint] = [
        .reading(
            "stocktakes.list", "/stocktakes", tag: tag, summary: Phrase("盘点单列表，新的在前", "Stocktakes, newest first"),
            roles: insiders,
            query: [
                .integer("store", Phrase("库房", "Only of this store")),
                .choice("state", StocktakeState.self, Phrase("状态", "Only in this state")),
            ] + .paging, answer: PageOf<StocktakeSummary>.self
        ) { call, transaction in
            let page = try call.page()
            var cursor: StocktakeCursor?
            if let keys = try page.afterKeys(2) {
                guard let read = StocktakeCursor(keys: keys) else { throw Cursor.foreign }
                cursor = read
            }
            let found = try StocktakeReadings(transaction, for: call.principal).list(
                store: call.query(number: "store"), state: call.query(choice: "state"), after: cursor, limit: page.limit + 1)
            return PageOf(found, of: page) { $0.cursor.keys }
        },
        .reading(
            "stocktakes.get", "/stocktakes/{stocktakeID:uuid}", tag: tag,
            summary: Phrase("盘点单", "A stocktake and how far it is counted"), roles: insiders, refusals: ofKnownStocktake,
            answer: StocktakeSummary.self
        ) { call, transaction in
            try StocktakeReadings(transaction, for: call.principal).summary(try call.id("stocktakeID"))
        },
        .reading(
            "stocktakes.lines", "/stocktakes/{stocktakeID:uuid}/lines", tag: tag,
            summary: Phrase("盘点表明细；盲盘时不含账面数", "The sheet; a blind one says nothing of the ledger while it is counted"),
            roles: insiders,
            query: [.choice("part", SheetPart.self, Phrase("待盘或有差异", "Only lines to be counted, or that differ"))] + .paging,
            refusals: ofKnownStocktake + codes(.stillBlind), answer: PageOf<SheetLineReading>.self
        ) { call, transaction in
            let page = try call.page()
            let lines = try StocktakeReadings(transaction, for: call.principal).lines(
                of: try call.id("stocktakeID"), call.query(choice: "part"),
                after: try page.afterNumber().map { Int($0) } ?? 0, limit: page.limit + 1)
            return PageOf(lines, of: page) { ["\($0.line)"] }
        },
        .reading(
            "stocktakes.differences", "/stocktakes/{stocktakeID:uuid}/differences", tag: tag,
            summary: Phrase("盘盈盘损汇总，按原因", "Gains and losses with their value, together and by reason"), roles: insiders,
            refusals: ofKnownStocktake + codes(.stillBlind), answer: StocktakeDifferences.self
        ) { call, transaction in
            try StocktakeReadings(transaction, for: call.principal).differences(of: try call.id("stocktakeID"))
        },
        .reading(
            "stocktakes.accuracy", "/stocktake-accuracy", tag: tag,
            summary: Phrase("账实相符情况，按库房", "How right the ledger was where it was counted, by store"), roles: insiders,
            query: [
                .day("from", Phrase("起始日", "The first day of posting, 365 days ago unless told")),
                .day("through", Phrase("截止日", "The last day, today unless told")),
                .integer("store", Phrase("库房", "Only of this store")),
            ], answer: PageOf<CountAccuracy>.self
        ) { call, transaction in
            let through = call.query(day: "through") ?? call.today
            let found = try StocktakeReadings(transaction, for: call.principal).accuracy(
                store: call.query(number: "store"), from: call.query(day: "from") ?? through.adding(days: -365), through: through)
            return PageOf(items: found, next: nil)
        },
        .reading(
            "stocktakes.batch-counts", "/batches/{batchID:number}/counts", tag: tag,
            summary: Phrase("批次盘点历史，新的在前", "Every count of a batch, newest first"), roles: insiders,
            answer: PageOf<BatchCount>.self
        ) { call, transaction in
            let found = try StocktakeReadings(transaction, for: call.principal).counts(
                of: try call.number("batchID"), limit: 200)
            return PageOf(items: found, next: nil)
        },
    ]

    // MARK: - Counting

    private static let counting: [Endpoint] = [
        .command(
            "stocktakes.open", "/stocktakes", tag: tag,
            summary: Phrase("开立盘点单并生成盘点表", "Opens a stocktake with its sheet"), roles: keepers,
            refusals: codes(.settingInvalid, .nothingNamed, .nothingToCount, .stocktakeExists, .storeIsBeingCounted) + [
                PartiesRefusalCode.storeUnknown, IdentityRefusalCode.otherFacility, IdentityRefusalCode.roleMissing,
                FormularyRefusalCode.productUnknown, StockLedgerRefusalCode.frozen,
            ], creates: true, body: StocktakeBody.self, answer: StocktakeSummary.self
        ) { call, transaction in
            let opened = try OpenStocktake(
                stocktake: call.body.stocktake ?? StocktakeID(call.requestID), store: call.body.store, name: call.body.name ?? "",
                scope: try call.body.scope.scope(), manner: call.body.manner, isBlind: call.body.isBlind,
                rule: call.body.recount ?? .standard
            ).run(in: transaction, by: call.principal, at: call.now)
            return try StocktakeReadings(transaction, for: call.principal).summary(opened.id)
        },
        .command(
            "stocktakes.count", "/stocktakes/{stocktakeID:uuid}/counts", tag: tag,
            summary: Phrase("录入实盘数", "Enters what was counted of some lines"), roles: counters,
            refusals: ofKnownStocktake
                + codes(
                    .wrongState, .nothingNamed, .quantityInvalid, .notFoundUnmarked, .lineRepeated, .lineUnknown, .lineNotToCount,
                    .countedByAnother, .recountBySamePerson),
            body: CountsBody.self, answer: StocktakeSummary.self
        ) { call, transaction in
            let counts = call.body.counts.map {
                CountLines.Count(line: $0.line, counted: $0.counted, isNotFound: $0.isNotFound ?? false)
            }
            return try summary(call, transaction) {
                try CountLines(stocktake: $0, counts: counts).run(in: transaction, by: call.principal, at: call.now)
            }
        },
        .command(
            "stocktakes.add-found-batch", "/stocktakes/{stocktakeID:uuid}/found-batches", tag: tag,
            summary: Phrase("登记盘点表以外的批次", "Adds a batch that stands on the shelf and not on the sheet"), roles: counters,
            refusals: ofKnownStocktake + codes(.wrongState, .quantityInvalid, .settingInvalid, .productOutOfScope, .batchOnSheet) + [
                FormularyRefusalCode.articleUnknown, StockLedgerRefusalCode.batchNumberInvalid,
            ], creates: true, body: FoundBatchBody.self, answer: FoundBatchAnswer.self
        ) { call, transaction in
            let id: StocktakeID = try call.id("stocktakeID")
            let line = try AddFoundBatch(
                stocktake: id, article: call.body.article, batchNumber: call.body.batchNumber, expiresOn: call.body.expiresOn,
                state: call.body.state, counted: call.body.counted
            ).run(in: transaction, by: call.principal, at: call.now)
            return FoundBatchAnswer(
                line: line, stocktake: try StocktakeReadings(transaction, for: call.principal).summary(id))
        },
        .command(
            "stocktakes.finish", "/stocktakes/{stocktakeID:uuid}/count-completion", tag: tag,
            summary: Phrase("结束本轮清点；差异较大的转复盘", "Ends a round; large differences are counted again"), roles: keepers,
            refusals: ofReadStocktake + codes(.notAllCounted), body: StocktakeVersionBody.self, answer: StocktakeSummary.self
        ) { call, transaction in
            try summary(call, transaction) {
                try FinishCounting(stocktake: $0, version: call.body.version)
                    .run(in: transaction, by: call.principal, at: call.now)
            }
        },
        .command(
            "stocktakes.recount", "/stocktakes/{stocktakeID:uuid}/recounts", tag: tag,
            summary: Phrase("指定明细复盘", "Has lines counted again"), roles: keepers,
            refusals: ofReadStocktake + codes(.reasonMissing, .nothingNamed, .lineUnknown), body: StocktakeRecountBody.self,
            answer: StocktakeSummary.self
        ) { call, transaction in
            try summary(call, transaction) {
                try RecountLines(stocktake: $0, version: call.body.version, lines: call.body.lines, reason: call.body.reason)
                    .run(in: transaction, by: call.principal, at: call.now)
            }
        },
    ]

    // MARK: - Deciding

    private static let decisions: [Endpoint] = [
        .command(
            "stocktakes.explain", "/stocktakes/{stocktakeID:uuid}/difference-reasons", tag: tag,
            summary: Phrase("说明差异原因", "Says why lines differ"), roles: keepers,
            refusals: ofReadStocktake
                + codes(.nothingNamed, .lineUnknown, .lineRepeated, .noDifference, .reasonDoesNotFit, .noteMissing),
            body: DifferenceReasonsBody.self, answer: StocktakeSummary.self
        ) { call, transaction in
            let explanations = call.body.reasons.map {
                ExplainDifferences.Explanation(line: $0.line, reason: $0.reason, note: $0.note ?? "")
            }
            return try summary(call, transaction) {
                try ExplainDifferences(stocktake: $0, version: call.body.version, explanations: explanations)
                    .run(in: transaction, by: call.principal, at: call.now)
            }
        },
        .command(
            "stocktakes.submit", "/stocktakes/{stocktakeID:uuid}/submission", tag: tag,
            summary: Phrase("提交审批", "Hands a counted stocktake in for approval"), roles: keepers,
            refusals: ofReadStocktake + codes(.differenceUnexplained), body: StocktakeVersionBody.self,
            answer: StocktakeSummary.self
        ) { call, transaction in
            try summary(call, transaction) {
                try SubmitStocktake(stocktake: $0, version: call.body.version)
                    .run(in: transaction, by: call.principal, at: call.now)
            }
        },
        .command(
            "stocktakes.approve", "/stocktakes/{stocktakeID:uuid}/approval", tag: tag,
            summary: Phrase("批准并一次调账", "Approves and brings the ledger to the count, once"), roles: [.supervisor],
            refusals: ofReadStocktake + codes(.approverTookPart, .bookCorrected, .lossNoLongerFits),
            body: StocktakeVersionBody.self, answer: StocktakeSummary.self
        ) { call, transaction in
            try summary(call, transaction) {
                try ApproveStocktake(stocktake: $0, version: call.body.version, requestID: call.requestID)
                    .run(in: transaction, by: call.principal, at: call.now)
            }
        },
        .command(
            "stocktakes.reject", "/stocktakes/{stocktakeID:uuid}/rejection", tag: tag,
            summary: Phrase("退回复盘", "Sends a stocktake back to be counted again"), roles: [.supervisor],
            refusals: ofReadStocktake + codes(.reasonMissing, .lineUnknown), body: StocktakeRecountBody.self,
            answer: StocktakeSummary.self
        ) { call, transaction in
            try summary(call, transaction) {
                try RejectStocktake(stocktake: $0, version: call.body.version, lines: call.body.lines, reason: call.body.reason)
                    .run(in: transaction, by: call.principal, at: call.now)
            }
        },
        .command(
            "stocktakes.cancel", "/stocktakes/{stocktakeID:uuid}/cancellation", tag: tag,
            summary: Phrase("作废", "Gives a stocktake up"), roles: keepers,
            refusals: ofReadStocktake + codes(.reasonMissing) + [IdentityRefusalCode.roleMissing],
            body: StocktakeReasonBody.self, answer: StocktakeSummary.self
        ) { call, transaction in
            try summary(call, transaction) {
                try CancelStocktake(stocktake: $0, version: call.body.version, reason: call.body.reason)
                    .run(in: transaction, by: call.principal, at: call.now)
            }
        },
    ]

    /// Runs a command on the stocktake of the path and answers how it stands afterwards.
    private static func summary<Body>(
        _ call: Call<Body>, _ transaction: Transaction, _ command: (StocktakeID) throws -> Stocktake
    ) throws -> StocktakeSummary {
        let stocktake = try command(try call.id("stocktakeID"))
        return try StocktakeReadings(transaction, for: call.principal).summary(stocktake.id)
    }
}
