import Primitives
import Testing

@testable import PlatformMessages

@Suite("Records by neutral names")
struct RecordTests {
    @Test("of a fact have the names that catalogues may fill its messages from", arguments: PlatformFactKind.allCases)
    func facts(kind: PlatformFactKind) {
        #expect(Told.fact(kind).kind == kind)
        let record = Record(Told.fact(kind)).stamped(Platforms.stamp, by: Platforms.account)
        let vocabulary = Vocabulary(telling: kind)
        #expect(Set(record.values.keys) == vocabulary.names)
        for (list, lines) in record.lists {
            for line in lines { #expect(Set(record.around(line).values.keys) == vocabulary.lists[list]) }
        }
    }

    @Test("of a question as well", arguments: PlatformQuestionKind.allCases)
    func questions(kind: PlatformQuestionKind) {
        #expect(Told.question(kind).kind == kind)
        let record = Record(Told.question(kind)).stamped(Platforms.stamp, by: Platforms.account).asking(for: nil, rows: 10)
        #expect(Set(record.values.keys) == Vocabulary(asking: kind).names)
    }

    @Test("a line's own values hide those around it")
    func lines() {
        let outer = Record([.packs: .integer(1), .note: .text("outside")])
        let inner = outer.around(Record([.packs: .integer(2)]))
        #expect(inner[.packs] == .integer(2) && inner[.note] == .text("outside") && inner[.batch] == nil)
    }

    @Test("what no platform can be told is kept as the reason why")
    func untellable() {
        var order = Told.order
        order.lines[0].packs = .max
        #expect(Record(order)[.orderAmount] == .untellable("is more than an amount can be"))
        order.lines = order.lines.map { line in
            var line = line
            (line.packs, line.packPrice) = (1, Money(tenThousandths: .max))
            return line
        }
        #expect(Record(order)[.orderAmount] == .untellable("is more than an amount can be"))
        #expect(Record(Told.order)[.orderAmount] == .money(Money(tenThousandths: 1_501_125)))
    }

    @Test("a product's code has halves where it has a slash")
    func halves() {
        #expect(NeutralValue.halves(of: "C01/07/1") == (.text("C01"), .text("07/1")))
        #expect(NeutralValue.halves(of: "C01") == (.text("C01"), .absent))
        #expect(NeutralValue.halves(of: "C01/") == (.text("C01"), .absent))
    }

    @Test("a catalogue says what in it is less sure")
    func doubts() throws {
        let doubts = try Platforms.catalogue("zhejiang-drugs").doubts
        let memo = "the field is seen; that our key stands first in it is ours"
        #expect(doubts.contains(PlatformDoubt(message: "create-order", field: "list.planDetlMemo", source: "", confidence: memo)))
        #expect(doubts.contains { $0.field == "codes.envelope" && $0.source == "TR" })
        #expect(doubts.allSatisfy { !($0.source.isEmpty && $0.confidence.isEmpty) })
    }
}
