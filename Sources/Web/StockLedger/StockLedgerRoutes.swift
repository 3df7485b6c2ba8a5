import Formulary
import Identity
import Parties
import Postgres
import Primitives
import StockLedger

/// The stock ledger's operations.
public enum StockLedgerRoutes {
    static let tag = Phrase("库存台账", "Stock ledger")
    private static let keepers: Set<Role> = [.storekeeper, .supervisor]
    /// The consortium's own people; they see each other's stock, so that it can be shared.
    static let insiders = Set(Role.allCases).subtracting([.supplier])
    private static let storeRefusals: [any RefusalCode] = [
        PartiesRefusalCode.storeUnknown, IdentityRefusalCode.otherFacility, StockLedgerRefusalCode.frozen,
    ]

    public static let endpoints: [Endpoint] = readings + commands + batchHolds

    // MARK: - Readings

    private static let readings: [Endpoint] = [
        .reading(
            "stock-ledger.stock", "/stores/{storeID:number}/stock", tag: tag,
            summary: Phrase("库存（可查任一日）", "What a store holds, now or at the end of a day"),
            roles: insiders,
            query: [
                .day("asOf", Phrase("截至日", "The day, today unless told")),
                .integer("product", Phrase("品种", "Only this product")),
            ] + .paging,
            refusals: [PartiesRefusalCode.storeUnknown],
            answer: PageOf<StockLine>.self
        ) { call, transaction in
            let store = try store(call, transaction)
            let page = try call.page()
            let lines = try StockReadings(transaction).stock(
                in: store.id, of: call.principal.consortium, asOf: call.query(day: "asOf") ?? call.today,
                product: call.query(number: "product"), after: try page.afterNumber().map(ProductID.init), limit: page.limit + 1)
            return PageOf(byProduct: lines, limit: page.limit)
        },
        .reading(
            "stock-ledger.movements", "/stock-ledger/movements", tag: tag,
            summary: Phrase("流水，新的在前", "Movements with both their sides, newest first"),
            roles: insiders,
            query: [.integer("store", Phrase("库房", "Only those that touch this store"))] + .paging,
            answer: PageOf<MovementLine>.self
        ) { call, transaction in
            let page = try call.page()
            let lines = try MovementReadings(transaction, call.principal.consortium).latest(
                in: call.query(number: "store"), before: try page.afterNumber().map(MovementID.init), limit: page.limit)
            let isFull = Set(lines.map(\.movement)).count == page.limit
            return PageOf(
                items: lines, next: isFull ? lines.last.map { Cursor.encode([String($0.movement.rawValue)]) } : nil)
        },
        .reading(
            "stock-ledger.at-risk", "/stock-ledger/stock-at-risk", tag: tag,
            summary: Phrase("近效期与过期库存", "Batches that have expired or will within some days, first expiry first"),
            roles: insiders,
            query: [.integer("days", Phrase("天数，默认180", "How many days ahead, 180 unless told"), in: 0...3_660)],
            answer: PageOf<StockAtRisk>.self
        ) { call, transaction in
            let day = call.today.adding(days: Int(call.query(integer: "days") ?? 180))
            return PageOf(
                items: try StockReadings(transaction).atRisk(of: call.principal.consortium, through: day, limit: 200), next: nil)
        },
        .reading(
            "stock-ledger.closings", "/stores/{storeID:number}/closings", tag: tag,
            summary: Phrase("结账记录，新的在前", "Through which days a store is closed, newest first"), roles: insiders,
            refusals: [PartiesRefusalCode.storeUnknown], answer: PageOf<Closing>.self
        ) { call, transaction in
            let store = try store(call, transaction)
            return PageOf(
                items: try ClosingStore(transaction, call.principal.consortium).latest(of: store.id, limit: 200), next: nil)
        },
        .reading(
            "stock-ledger.transfers", "/transfers", tag: tag, summary: Phrase("调拨单", "Transfers between stores, newest first"),
            roles: insiders,
            query: [.integer("store", Phrase("库房", "Only those from or to this store"))], answer: PageOf<Transfer>.self
        ) { call, transaction in
            PageOf(
                items: try TransferStore(transaction, call.principal.consortium)
                    .latest(of: call.query(number: "store"), limit: 200), next: nil)
        },
    ]

    // MARK: - Commands

    private static let commands: [Endpoint] = [
        .command(
            "stock-ledger.open", "/stores/{storeID:number}/opening-stock", tag: tag,
            summary: Phrase("登记期初库存", "Records what was there when the ledger began"), roles: keepers,
            refusals: storeRefusals + [FormularyRefusalCode.articleUnknown] + ofDay + codes(
                .reasonMissing, .nothingToMove, .quantityNotPositive, .batchNumberInvalid, .alreadyRecorded),
            creates: true, body: OpeningStockBody.self, answer: MovementAnswer.self
        ) { call, transaction in
            let store = try keptStore(call, transaction)
            let articles = try ProductsStore(transaction).articles(call.body.lines.map(\.article))
            let lines = try call.body.lines.enumerated().map { number, line in
                guard let article = articles[line.article] else {
                    throw FormularyRefusal(.articleUnknown, "article \(line.article)", field: "lines[\(number)].article")
                }
                return BatchQuantity(
                    batch: BatchKey(
                        article: article.id, product: article.product, batchNumber: line.batchNumber, expiresOn: line.expiresOn),
                    quantity: line.quantity)
            }
            let movement = try ReceiveStock(
                store: store.id, lines: lines, from: .opening, document: "opening of store \(store.code)",
                requestID: call.requestID, occurredOn: call.body.occurredOn, reason: call.body.reason ?? ""
            ).run(in: transaction, by: call.principal, at: call.now)
            return MovementAnswer(movement: movement)
        },
        .command(
            "stock-ledger.issue", "/stores/{storeID:number}/issues", tag: tag,
            summary: Phrase("科室领用", "Issues stock to a ward, first expired first out"), roles: keepers,
            refusals: storeRefusals + ofDay + codes(
                .reasonMissing, .nothingToMove, .quantityNotPositive, .insufficientStock, .wouldTurnNegative, .alreadyRecorded),
            creates: true, body: WardIssueBody.self, answer: IssueAnswer.self
        ) { call, transaction in
            let store = try keptStore(call, transaction)
            let issued = try IssueStock(
                store: store.id, lines: call.body.lines.map(\.quantityOfProduct), to: .ward,
                document: "ward \(call.body.ward)", requestID: call.requestID, occurredOn: call.body.occurredOn,
                reason: call.body.reason ?? ""
            ).run(in: transaction, by: call.principal, at: call.now)
            return IssueAnswer(movement: issued.movement, picks: issued.picks)
        },
        .command(
            "stock-ledger.decide", "/stores/{storeID:number}/batch-decisions", tag: tag,
            summary: Phrase("批次处置：隔离、解除、销毁、退供、盘盈亏", "Quarantines, releases, destroys, sends back or adjusts batches"),
            roles: keepers,
            refusals: storeRefusals + ofDay + codes(
                .nothingToMove, .reasonMissing, .quantityNotPositive, .batchUnknown, .insufficientStock, .wouldTurnNegative,
                .alreadyRecorded),
            creates: true, body: BatchDecisionBody.self, answer: MovementAnswer.self
        ) { call, transaction in
            let store = try keptStore(call, transaction)
            let movement = try MoveBatches(
                store: store.id, decision: call.body.decision, lines: call.body.lines, reason: call.body.reason,
                requestID: call.requestID, occurredOn: call.body.occurredOn
            ).run(in: transaction, by: call.principal, at: call.now)
            return MovementAnswer(movement: movement)
        },
        .command(
            "stock-ledger.reverse", "/stock-ledger/movements/{movementID:number}/reversal", tag: tag,
            summary: Phrase("冲销流水", "Undoes a movement by an opposite one"), roles: [.supervisor],
            refusals: ofDay + codes(
                .reasonMissing, .movementUnknown, .notReversible, .documentDecides, .alreadyReversed, .insufficientStock,
                .wouldTurnNegative, .frozen),
            creates: true, body: ReversalBody.self, answer: MovementAnswer.self
        ) { call, transaction in
            let movement = try ReverseMovement(
                movement: try call.number("movementID"), reason: call.body.reason, requestID: call.requestID,
                occurredOn: call.body.occurredOn
            ).run(in: transaction, by: call.principal, at: call.now)
            return MovementAnswer(movement: movement)
        },
        .command(
            "stock-ledger.ship-transfer", "/transfers", tag: tag,
            summary: Phrase("调出", "Sends stock to another store of the consortium"), roles: keepers,
            refusals: storeRefusals + ofDay + codes(
                .sameStore, .reasonMissing, .controlledTransfer, .nothingToMove, .quantityNotPositive, .insufficientStock,
                .wouldTurnNegative, .alreadyRecorded),
            creates: true, body: TransferBody.self, answer: TransferAnswer.self
        ) { call, transaction in
            let origin = try PartiesStore(transaction).store(call.body.from, of: call.principal.consortium)
            try call.principal.requireFacility(origin.facility)
            let id = call.body.transfer ?? TransferID(call.requestID)
            let shipped = try ShipTransfer(
                transfer: id, from: origin.id, to: call.body.to, lines: call.body.lines.map(\.quantityOfProduct),
                reason: call.body.reason, requestID: call.requestID, occurredOn: call.body.occurredOn
            ).run(in: transaction, by: call.principal, at: call.now)
            return TransferAnswer(transfer: id, number: shipped.number, picks: shipped.picks)
        },
        .command(
            "stock-ledger.receive-transfer", "/transfers/{transferID:uuid}/receipt", tag: tag,
            summary: Phrase("调入", "Takes in what a transfer brought; what is missing is lost with a reason"), roles: keepers,
            refusals: [IdentityRefusalCode.otherFacility] + ofDay + codes(
                .transferUnknown, .transferReceived, .reasonMissing, .moreThanShipped, .frozen),
            creates: true, body: TransferReceiptBody.self, answer: MovementAnswer.self
        ) { call, transaction in
            let id: TransferID = try call.id("transferID")
            let transfer = try TransferStore(transaction, call.principal.consortium).transfer(id)
            let destination = try PartiesStore(transaction).store(transfer.to, of: call.principal.consortium)
            try call.principal.requireFacility(destination.facility)
            let movement = try ReceiveTransfer(
                transfer: id, missing: call.body.missing, reason: call.body.reason, requestID: call.requestID,
                occurredOn: call.body.occurredOn
            ).run(in: transaction, by: call.principal, at: call.now)
            return MovementAnswer(movement: movement)
        },
        .command(
            "stock-ledger.close-days", "/stores/{storeID:number}/closings", tag: tag,
            summary: Phrase("结账", "Closes the days of a store: nothing more is recorded for them"), roles: keepers,
            refusals: storeRefusals + codes(.dayNotOver, .dayClosed), creates: true, body: ClosingBody.self,
            answer: Closing.self
        ) { call, transaction in
            let store = try keptStore(call, transaction)
            return try CloseDays(store: store.id, through: call.body.through)
                .run(in: transaction, by: call.principal, at: call.now)
        },
    ]

    /// Why a movement is not recorded for the day it is asked for.
    private static let ofDay = codes(.dayInFuture, .dayTooEarly, .dayClosed)

    static func codes(_ codes: StockLedgerRefusalCode...) -> [any RefusalCode] { codes }

    private static func store<Body>(_ call: Call<Body>, _ transaction: Transaction) throws -> Store {
        try PartiesStore(transaction).store(try call.number("storeID"), of: call.principal.consortium)
    }

    /// The store of the path, for somebody who works at its facility.
    private static func keptStore<Body>(_ call: Call<Body>, _ transaction: Transaction) throws -> Store {
        let store = try store(call, transaction)
        try call.principal.requireFacility(store.facility)
        return store
    }
}

extension PageOf<StockLine> {
    /// A page of whole products from the batches of up to `limit + 1` of them.
    fileprivate init(byProduct lines: [StockLine], limit: Int) {
        let products = lines.map(\.product).reduce(into: [ProductID]()) { if $0.last != $1 { $0.append($1) } }
        let shown = products.prefix(limit)
        self.init(
            items: lines.filter { line in shown.last.map { line.product <= $0 } ?? false },
            next: products.count > limit ? shown.last.map { Cursor.encode([String($0.rawValue)]) } : nil)
    }
}
