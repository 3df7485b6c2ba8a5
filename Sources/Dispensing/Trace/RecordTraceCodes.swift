import Audit
import Codes
import Identity
import Parties
public import Postgres
public import Primitives
import StockLedger

/// Records which boxes of a batch are in a store: scanned when goods or a transfer come in, or when inspection lets boxes
/// out of quarantine.
///
/// A prefix that was never seen becomes the smallest pack of the batch's article. A box that is known in another store has
/// moved here; one that had come back is in stock again.
///
/// Source: R-TC-03, codes are captured at receiving and at transfer; codes.md §4 rules 1, 2 and 4.
public struct RecordTraceCodes: Sendable {
    public var store: StoreID
    public var batch: BatchID
    public var codes: [String]

    public init(store: StoreID, batch: BatchID, codes: [String]) {
        self.store = store
        self.batch = batch
        self.codes = codes
    }

    /// - Returns: how many boxes are new or moved; scanning a box a second time is no fault.
    /// - Throws: `IdentityRefusal` for anyone but a storekeeper, pharmacist or dispenser of the store's facility;
    ///   `StockLedgerRefusal` for an unknown batch; ``DispensingRefusal``, for the first code at fault: no trace code, no code at
    ///   all or more than 2,000, of another article or batch, of what holds several packs, dispensed, or opened.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Int {
        try principal.require(oneOf: [.storekeeper, .pharmacist, .dispenser])
        try principal.requireFacility(try PartiesStore(transaction).store(store, of: principal.consortium).facility)
        guard let article = try StockReadings(transaction).articles(of: [batch], of: principal.consortium)[batch] else {
            throw StockLedgerRefusal(.batchUnknown, "batch \(batch)", field: "batch")
        }
        guard (1...2_000).contains(codes.count) else {
            throw DispensingRefusal(.traceCodeInvalid, "1 to 2000 codes", field: "codes")
        }
        let scanned = try codes.enumerated().map { number, text in
            try TraceCode(scanned: text, on: now.businessDay, field: "codes[\(number)]")
        }
        let traces = TraceStore(transaction, principal.consortium)
        try learn(scanned, article, traces, principal, now)
        let known = try traces.locked(scanned.map(\.text))
        var moved: [String] = []
        for (number, code) in scanned.enumerated() {
            guard let box = known[code.text] else { continue }
            if try isMoved(box, field: "codes[\(number)]") { moved.append(box.code) }
        }
        try traces.set(.inStock, of: moved, in: store)
        let new = Set(scanned.map(\.text)).subtracting(known.keys)
        let added = try traces.add(
            new.map { TracedBox(code: $0, article: article, batch: batch, store: store, state: .inStock) },
            learntFrom: "receipt", by: principal.person, at: now)
        guard added == new else {
            throw DispensingRefusal(.traceCodeNotInStock, "a box became known elsewhere at the same moment", field: "codes")
        }
        try AuditTrail(transaction).append(
            "dispensing.record-trace-codes", subject: "store \(store)", by: principal, at: now,
            detail: ["batch": batch.description, "new": String(new.count), "moved": String(moved.count)])
        return new.count + Set(moved).count
    }

    /// Every prefix names the smallest pack of the article, and is learnt where it is new.
    private func learn(
        _ codes: [TraceCode], _ article: ArticleID, _ traces: TraceStore, _ principal: Principal, _ now: Instant
    ) throws {
        let known = try traces.prefixes(Set(codes.map(\.identification.text)))
        for (number, code) in codes.enumerated() {
            let field = "codes[\(number)]"
            guard let prefix = known[code.identification.text] else { continue }
            guard prefix.article == article else {
                throw DispensingRefusal(.traceCodeWrongArticle, "\(code.text): article \(prefix.article)", field: field)
            }
            guard prefix.level == 1 else {
                throw DispensingRefusal(.traceCodeNotAPack, "\(code.text): level \(prefix.level)", field: field)
            }
        }
        for prefix in Set(codes.map(\.identification.text)).subtracting(known.keys).sorted() {
            try traces.add(
                TracePrefix(prefix: prefix, article: article, level: 1), learntFrom: "receipt", by: principal.person, at: now)
        }
    }

    /// Whether a known box was not in stock here.
    private func isMoved(_ box: TracedBox, field: String) throws(DispensingRefusal) -> Bool {
        guard box.batch == batch else {
            throw DispensingRefusal(.traceCodeWrongBatch, "\(box.code): batch \(box.batch)", field: field)
        }
        switch box.state {
        case .inStock: return box.store != store
        case .returned: return true
        case .dispensed: throw DispensingRefusal(.traceCodeDispensed, box.code, field: field)
        case .opened: throw DispensingRefusal(.traceCodeNotInStock, "\(box.code) was opened", field: field)
        }
    }
}
