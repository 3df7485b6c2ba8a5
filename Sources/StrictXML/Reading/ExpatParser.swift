import CExpat

/// One parse of one document: the only owner of the C parser's pointer, and what its callbacks report to.
///
/// Entities are never expanded because a document type is refused where it begins. The protection of the C library against
/// their amplification stays on, as does its own random salt for hashing.
final class ExpatParser {
    private let parser: OpaquePointer
    private let encoding: InputEncoding
    private var builder: TreeBuilder
    private var refusal: XMLRefusal?
    /// What the parser has reported so far; stands still while a tag or comment stays open.
    private(set) var events = 0
    /// Bytes fed since `events` moved.
    private var silentBytes = 0
    private var fedBytes = 0

    init(limits: XMLLimits, encoding: InputEncoding) throws(XMLRefusal) {
        guard let parser = XML_ParserCreateNS(encoding.forParser, CChar(TreeBuilder.separator)) else {
            throw XMLRefusal(.outOfMemory, at: .init())
        }
        self.parser = parser
        self.encoding = encoding
        builder = TreeBuilder(limits: limits)
        report(from: parser)
    }

    deinit { XML_ParserFree(parser) }

    /// Where the parser stands.
    var place: XMLRefusal.Place {
        .init(line: Int(XML_GetCurrentLineNumber(parser)), column: Int(XML_GetCurrentColumnNumber(parser)) + 1)
    }

    func feed(_ piece: [UInt8]) throws(XMLRefusal) {
        let before = events
        try parse(piece, isLast: false)
        silentBytes = events == before ? silentBytes + piece.count : 0
        let markupMax = builder.limits.markupBytes
        guard silentBytes <= markupMax else { throw XMLRefusal(.markupTooLong(max: markupMax), at: place) }
    }

    /// The tree, once all pieces have been fed.
    func finish() throws(XMLRefusal) -> XMLTree {
        try parse([], isLast: true)
        guard let root = builder.root else { throw XMLRefusal(.noElement, at: place) }
        return root
    }

    private func parse(_ piece: [UInt8], isLast: Bool) throws(XMLRefusal) {
        // The parser takes a zero in the first two bytes for UTF-16, whatever it was told.
        if fedBytes < 2, piece.prefix(2 - fedBytes).contains(0) { throw XMLRefusal(.notWellFormed, at: place) }
        fedBytes += piece.count
        let status = piece.withUnsafeBytes { bytes in
            XML_Parse(parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), isLast ? 1 : 0)
        }
        if let refusal { throw refusal }
        guard status == XML_STATUS_OK else {
            let kind = XMLRefusal.Kind(XML_GetErrorCode(parser), isInRoot: builder.hasRoot, isAfterRoot: builder.root != nil)
            throw XMLRefusal(kind, at: place)
        }
    }

    /// Takes one report of the parser; the first that is refused stops it. A few may still come after that.
    func take(_ report: (inout TreeBuilder) -> XMLRefusal.Kind?) {
        guard refusal == nil else { return }
        events += 1
        if let kind = report(&builder) { refuse(kind) }
    }

    /// Takes the declaration: nil for what it does not say.
    func takeDeclaration(version: String?, encoding declared: String?) {
        take { _ in
            if let version, version != "1.0" { return .version }
            if let declared, !encoding.agrees(with: declared) { return .wrongEncoding }
            return nil
        }
    }

    /// Takes the name of an encoding that the parser does not know.
    func takeUnknownEncoding(_ name: String) {
        take { _ in .encoding(Self.named(name)) }
    }

    private func refuse(_ kind: XMLRefusal.Kind) {
        refusal = XMLRefusal(kind, at: place)
        _ = XML_StopParser(parser, 0)
    }

    /// The name as it may be logged: what a name of an encoding can look like, and no more of it than one needs.
    private static func named(_ declared: String) -> String {
        String(declared.unicodeScalars.prefix(40).filter { $0.isASCII && $0.value > 0x20 && $0.value < 0x7F }.map(Character.init))
    }
}
