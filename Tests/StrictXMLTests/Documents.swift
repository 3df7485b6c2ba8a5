import Primitives
import StrictXML
import Testing

let soapNamespace = "http://schemas.xmlsoap.org/soap/envelope/"
let declaration = #"<?xml version="1.0" encoding="UTF-8"?>"#

/// Expects that a document is refused, and gives the refusal.
@discardableResult
func expectRefused(
    _ bytes: [UInt8], _ kind: XMLRefusal.Kind, limits: XMLLimits = XMLLimits(), sourceLocation: SourceLocation = #_sourceLocation
) -> XMLRefusal? {
    let refusal = #expect(throws: XMLRefusal.self, sourceLocation: sourceLocation) { try XMLReader(limits: limits).read(bytes) }
    #expect(refusal?.kind == kind, sourceLocation: sourceLocation)
    return refusal
}

/// A document of `depth` elements inside one another.
func nested(_ depth: Int) -> String {
    String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
}

/// UTF-16 with or without a byte order mark.
func utf16(_ text: String, bigEndian: Bool, mark: Bool = true) -> [UInt8] {
    ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
        bigEndian ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    }
}

/// Pieces without end: `head`, then `piece` again and again. Counts what has been asked for.
final class EndlessPieces: Sequence, IteratorProtocol {
    private let head: [UInt8]
    private let piece: [UInt8]
    private(set) var asked = 0

    init(head: String, piece: String) {
        self.head = Array(head.utf8)
        self.piece = Array(piece.utf8)
    }

    func next() -> [UInt8]? {
        asked += 1
        return asked == 1 ? head : piece
    }
}
