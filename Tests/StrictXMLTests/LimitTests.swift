import Foundation
import Synchronization
import Testing

@testable import StrictXML

@Suite("Limits of documents")
struct LimitTests {
    struct Case: Sendable {
        let limits: XMLLimits
        let allowed: String
        let refused: String
        let kind: XMLRefusal.Kind

        init(_ change: (inout XMLLimits) -> Void, _ allowed: String, _ refused: String, _ kind: XMLRefusal.Kind) {
            var limits = XMLLimits()
            change(&limits)
            self.limits = limits
            self.allowed = allowed
            self.refused = refused
            self.kind = kind
        }
    }

    private static let cases: [Case] = [
        Case({ $0.bytes = 9 }, "<a>12</a>", "<a>123</a>", .tooManyBytes(max: 9)),
        Case({ $0.depth = 3 }, nested(3), nested(4), .tooDeep(max: 3)),
        Case({ $0.elements = 3 }, "<a><b/><c/></a>", "<a><b/><c/><d/></a>", .tooManyElements(max: 3)),
        Case({ $0.elements = 3 }, "<?p?><a><?p?></a>", "<?p?><a><?p?></a><?p?>", .tooManyElements(max: 3)),
        Case({ $0.attributes = 2 }, "<a b='' c=''/>", "<a b='' c='' d=''/>", .tooManyAttributes(max: 2)),
        Case({ $0.attributes = 2 }, "<a b='' xmlns='u'><b b='' c=''/></a>", "<a b='' c='' xmlns='u'/>", .tooManyAttributes(max: 2)),
        Case(
            { $0.attributes = 2 }, "<a xmlns='u' xmlns:p='v'/>", "<a xmlns='u' xmlns:p='v' xmlns:q='w'/>",
            .tooManyAttributes(max: 2)),
        Case(
            { $0.textBytes = 6 }, "<a>药&amp;<!-- -->\r\n1<b/>123456</a>", "<a>药&amp;<!-- --><![CDATA[123]]></a>",
            .textTooLong(max: 6)),
        Case({ $0.attributeBytes = 6 }, "<a b='药&#x836F;'/>", "<a b='药&#x836F;1'/>", .attributeTooLong(max: 6)),
        Case({ $0.nameBytes = 3 }, "<abc d=''/>", "<abcd/>", .nameTooLong(max: 3)),
        Case({ $0.nameBytes = 3 }, "<药/>", "<a 药药=''/>", .nameTooLong(max: 3)),
        Case({ $0.nameBytes = 3 }, "<a xmlns='u'/>", "<ab xmlns='u'/>", .nameTooLong(max: 3)),
        Case({ $0.nameBytes = 3 }, "<a xmlns:p='urn'/>", "<a xmlns:p='urn:'/>", .nameTooLong(max: 3)),
    ]

    @Test("what is at a limit is read, one more is refused", arguments: cases)
    func limits(of document: Case) throws {
        _ = try XMLReader(limits: document.limits).read(Array(document.allowed.utf8))
        expectRefused(Array(document.refused.utf8), document.kind, limits: document.limits)
    }

    @Test(
        "nothing more is asked for once a limit is passed",
        arguments: [
            // Sixteen kibibytes are looked at at a time.
            ("<a>", "<bcd/>..........", 1_024, .tooManyElements(max: 1_000)),
            ("<a>", "<?p?>...........", 1_024, .tooManyElements(max: 1_000)),
            ("", "<bcdefghijklmn>.", 1_024, .tooDeep(max: 64)),
            ("<a>", "0123456789abcdef", 7 * 1_024, .textTooLong(max: 100_000)),
            ("<a><![CDATA[", "0123456789abcdef", 7 * 1_024, .textTooLong(max: 100_000)),
            ("<a><!-- ", "0123456789abcdef", 8 * 1_024, .markupTooLong(max: 100_000)),
            ("<a b='", "0123456789abcdef", 7 * 1_024, .markupTooLong(max: 100_000)),
            ("<a", "0123456789abcdef", 7 * 1_024, .markupTooLong(max: 100_000)),
            ("<?p ", "0123456789abcdef", 7 * 1_024, .markupTooLong(max: 100_000)),
            ("<!DOCTYPE a [ ", "<!ENTITY a 'b'> ", 1_024, .documentType),
            ("", "               \n", 64 * 1_024, .tooManyBytes(max: 1_000_000)),
            ("<a/>", "               \n", 64 * 1_024, .tooManyBytes(max: 1_000_000)),
        ] as [(String, String, Int, XMLRefusal.Kind)])
    func stopsEarly(head: String, piece: String, askedMax: Int, kind: XMLRefusal.Kind) {
        var limits = XMLLimits()
        limits.bytes = 1_000_000
        limits.elements = 1_000
        limits.textBytes = 100_000
        limits.markupBytes = 100_000
        let pieces = EndlessPieces(head: head, piece: piece)
        let refusal = #expect(throws: XMLRefusal.self) { try XMLReader(limits: limits).read(pieces: pieces) }
        #expect(refusal?.kind == kind)
        #expect(pieces.asked <= askedMax + 1)
    }

    @Test("what follows a passed limit in the same piece is not built")
    func handlersStop() throws {
        var limits = XMLLimits()
        limits.elements = 10
        let parser = try ExpatParser(limits: limits, encoding: .declared)
        let document = "<a>" + String(repeating: "<b/>", count: 1_000) + "</a>"
        let refusal = #expect(throws: XMLRefusal.self) { try parser.feed(Array(document.utf8)) }
        #expect(refusal?.kind == .tooManyElements(max: 10) && refusal?.column == 3 + 9 * 4 + 1)
        // Ten starts, nine ends, and the start that was refused.
        #expect(parser.events == 20)
    }

    @Test(
        "trees at the depth that may be asked for live on half a megabyte of stack",
        arguments: [XMLLimits().depth, XMLLimits.deepest])
    func deepTrees(depth: Int) async {
        let outcome = await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: Result { try live(depth: depth) }) }
            thread.stackSize = 512 << 10
            thread.start()
        }
        #expect(throws: Never.self) { try outcome.get() }
        var limits = XMLLimits()
        limits.depth = depth
        expectRefused(Array(nested(depth + 1).utf8), .tooDeep(max: depth), limits: limits)
    }
}

/// Reads, compares, changes, writes and destroys a tree.
private func live(depth: Int) throws {
    var limits = XMLLimits()
    limits.depth = depth
    let reader = XMLReader(limits: limits)
    var writer = XMLWriter(declaration: false)
    writer.depthMax = depth
    var tree = try reader.read(nested(depth))
    let other = try reader.read(nested(depth))
    #expect(tree == other)
    #expect(try writer.text(tree) == nested(depth))
    tree.attributes.append(XMLAttribute("b", ""))
    #expect(tree != other)
    #expect(throws: XMLUnwritable.self) { try writer.text(XMLTree("a", elements: [tree])) }
}
