import Postgres
public import Primitives

/// Whether the boxes that are handed out are scanned.
public enum TraceScanning: String, StoredText, Codable, CaseIterable {
    case optional
    /// Boxes of articles of which a prefix is known need a code or a reason why there is none.
    case whereKnown = "where-known"
    /// Every box needs a code or a reason.
    case required
}

/// What of a dispensed line needs codes.
public struct BoxesOfLine: Sendable, Hashable {
    /// The line of the dispensing, from 1.
    public let line: Int
    public let article: ArticleID
    public let batch: BatchID
    /// Packs that are handed out whole.
    public let whole: Int
    /// Packs that are opened for it.
    public let opened: Int

    public init(line: Int, article: ArticleID, batch: BatchID, whole: Int, opened: Int) {
        self.line = line
        self.article = article
        self.batch = batch
        self.whole = whole
        self.opened = opened
    }
}

/// A code that was scanned, with what is known of it.
public struct ScannedBox: Sendable, Hashable {
    public let code: String
    public let isSplit: Bool?
    public let article: ArticleID
    /// `nil` when the code was never seen: the box then belongs to whichever batch is still without a code.
    public let batch: BatchID?
    public let field: String

    public init(code: String, isSplit: Bool?, article: ArticleID, batch: BatchID?, field: String) {
        self.code = code
        self.isSplit = isSplit
        self.article = article
        self.batch = batch
        self.field = field
    }
}

/// A code that belongs to a dispensed line.
public struct AssignedBox: Sendable, Hashable {
    public let line: Int
    public let code: String
    public let isSplit: Bool

    public init(line: Int, code: String, isSplit: Bool) {
        self.line = line
        self.code = code
        self.isSplit = isSplit
    }
}

/// Decides which box belongs to which line. Pure: reads nothing.
public enum TraceRules {
    /// Gives every scanned box to a line of its article and batch, whole boxes before opened ones. Boxes whose batch is known
    /// come first; one that was never seen goes to the line of its article that expires first and lacks a code.
    ///
    /// Source: codes.md §4 rules 1 and 4; R-TC-02: a code is one sale.
    ///
    /// - Parameter lines: in the order of expiry.
    /// - Throws: ``DispensingRefusal``: a code twice, of an article or batch that is not handed out, more codes than boxes.
    public static func assign(
        _ scanned: [ScannedBox], to lines: [BoxesOfLine]
    ) throws(DispensingRefusal) -> [AssignedBox] {
        var lacking = lines.map { (whole: $0.whole, opened: $0.opened) }
        var seen: Set<String> = []
        var assigned: [AssignedBox] = []
        for box in scanned.filter({ $0.batch != nil }) + scanned.filter({ $0.batch == nil }) {
            guard seen.insert(box.code).inserted else {
                throw DispensingRefusal(.traceCodesTooMany, "\(box.code) was scanned twice", field: box.field)
            }
            let ofArticle = lines.indices.filter { lines[$0].article == box.article }
            guard !ofArticle.isEmpty else {
                throw DispensingRefusal(.traceCodeWrongArticle, "\(box.code): article \(box.article)", field: box.field)
            }
            let ofBatch = ofArticle.filter { box.batch == nil || lines[$0].batch == box.batch }
            guard !ofBatch.isEmpty else {
                let wanted = ofArticle.map { lines[$0].batch.description }.joined(separator: ", ")
                throw DispensingRefusal(
                    .traceCodeWrongBatch, "\(box.code): batch \(box.batch?.description ?? ""), wanted \(wanted)",
                    field: box.field)
            }
            if box.isSplit != true, let index = ofBatch.first(where: { lacking[$0].whole > 0 }) {
                lacking[index].whole -= 1
                assigned.append(AssignedBox(line: lines[index].line, code: box.code, isSplit: false))
            } else if box.isSplit != false, let index = ofBatch.first(where: { lacking[$0].opened > 0 }) {
                lacking[index].opened -= 1
                assigned.append(AssignedBox(line: lines[index].line, code: box.code, isSplit: true))
            } else {
                throw DispensingRefusal(.traceCodesTooMany, "\(box.code): no such box is handed out", field: box.field)
            }
        }
        return assigned
    }

    /// How many boxes of each line are without a code though they need one.
    ///
    /// - Parameter coded: articles of which a prefix is known.
    public static func missing(
        _ assigned: [AssignedBox], of lines: [BoxesOfLine], scanning: TraceScanning, coded: Set<ArticleID>
    ) -> [Int: Int] {
        let given = Dictionary(assigned.map { ($0.line, 1) }, uniquingKeysWith: +)
        var missing: [Int: Int] = [:]
        for line in lines where scanning == .required || scanning == .whereKnown && coded.contains(line.article) {
            let lacking = line.whole + line.opened - (given[line.line] ?? 0)
            if lacking > 0 { missing[line.line] = lacking }
        }
        return missing
    }

    /// Refuses to hand out a box that is not here to be handed out.
    ///
    /// - Throws: ``DispensingRefusal``: dispensed already, or in another store, opened, or quarantined after a return.
    public static func requireHere(_ box: TracedBox, in store: StoreID, field: String) throws(DispensingRefusal) {
        guard box.state != .dispensed else {
            throw DispensingRefusal(.traceCodeDispensed, box.code, field: field)
        }
        guard box.state == .inStock, box.store == store else {
            throw DispensingRefusal(.traceCodeNotInStock, "\(box.code): \(box.state.rawValue) in store \(box.store)", field: field)
        }
    }
}
