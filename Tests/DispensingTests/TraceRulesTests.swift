import Dispensing
import Primitives
import TestSupport
import Testing

@Suite("Which box belongs to which line")
struct TraceRulesTests {
    /// Line 1 of article 1: batch 10, two whole packs. Line 2 of article 1: batch 11, one whole and one that is opened. Line 3
    /// of article 2: batch 20, one that is opened.
    static let lines = [
        BoxesOfLine(line: 1, article: ArticleID(1), batch: BatchID(10), whole: 2, opened: 0),
        BoxesOfLine(line: 2, article: ArticleID(1), batch: BatchID(11), whole: 1, opened: 1),
        BoxesOfLine(line: 3, article: ArticleID(2), batch: BatchID(20), whole: 0, opened: 1),
    ]

    private static func box(_ code: String, _ article: Int64, _ batch: Int64? = nil, split: Bool? = nil) -> ScannedBox {
        ScannedBox(
            code: code, isSplit: split, article: ArticleID(article), batch: batch.map { BatchID($0) }, field: "scans")
    }

    @Test(
        "by article and batch; what was never seen goes where a code lacks, whole boxes first",
        arguments: [
            ([box("a", 1), box("b", 1), box("c", 1), box("d", 1)], ["a1", "b1", "c2", "d2s"]),
            ([box("a", 1, 11), box("b", 1, 11)], ["a2", "b2s"]),
            ([box("a", 1, 11, split: true), box("b", 1)], ["a2s", "b1"]),
            // Boxes of a known batch come first, wherever they were scanned.
            ([box("a", 1), box("b", 1), box("c", 1, 10)], ["c1", "a1", "b2"]),
            ([box("a", 2)], ["a3s"]), ([box("a", 1, split: true)], ["a2s"]), ([], []),
        ] as [([ScannedBox], [String])])
    func assigns(boxes: [ScannedBox], expected: [String]) throws {
        let found = try TraceRules.assign(boxes, to: Self.lines)
        #expect(found.map { "\($0.code)\($0.line)\($0.isSplit ? "s" : "")" } == expected)
    }

    @Test(
        "and refuses what belongs to none",
        arguments: [
            ([box("a", 3)], "dispensing.trace-code-wrong-article"),
            ([box("a", 1, 12)], "dispensing.trace-code-wrong-batch"),
            ([box("a", 2, 20), box("a", 2, 20)], "dispensing.trace-codes-too-many"),
            ([box("a", 2), box("b", 2)], "dispensing.trace-codes-too-many"),
            ([box("a", 2, split: false)], "dispensing.trace-codes-too-many"),
            ([box("a", 1, 10, split: true)], "dispensing.trace-codes-too-many"),
            ([box("a", 1, 10), box("b", 1, 10), box("c", 1, 10)], "dispensing.trace-codes-too-many"),
        ] as [([ScannedBox], String)])
    func refuses(boxes: [ScannedBox], code: String) {
        do {
            _ = try TraceRules.assign(boxes, to: Self.lines)
            Issue.record("not refused")
        } catch {
            #expect(error.code.rawValue == code)
        }
    }

    @Test(
        "boxes lack a code where scanning is required, or the article is known to be coded",
        arguments: [
            (TraceScanning.optional, [1, 2], [:]), (.whereKnown, [], [:]), (.whereKnown, [2], [3: 1]),
            (.whereKnown, [1], [1: 1, 2: 2]), (.required, [], [1: 1, 2: 2, 3: 1]),
        ] as [(TraceScanning, Set<Int64>, [Int: Int])])
    func missing(scanning: TraceScanning, coded: Set<Int64>, expected: [Int: Int]) {
        let one = [AssignedBox(line: 1, code: "a", isSplit: false)]
        let found = TraceRules.missing(
            one, of: Self.lines, scanning: scanning, coded: Set(coded.map { ArticleID($0) }))
        #expect(found == expected)
    }

    @Test("only what is in stock in this store is handed out", arguments: TraceState.allCases, [1, 2] as [Int64])
    func here(state: TraceState, store: Int64) {
        let box = TracedBox(
            code: "x", article: ArticleID(1), batch: BatchID(1), store: StoreID(store), state: state)
        let expected: String? =
            state == .dispensed
            ? "dispensing.trace-code-dispensed" : state == .inStock && store == 1 ? nil : "dispensing.trace-code-not-in-stock"
        do {
            try TraceRules.requireHere(box, in: StoreID(1), field: "x")
            #expect(expected == nil)
        } catch {
            #expect(error.code.rawValue == expected)
        }
    }
}
