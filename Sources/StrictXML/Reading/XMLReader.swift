/// Reads a document into a tree, or refuses it.
///
/// Encodings: UTF-8, US-ASCII and ISO-8859-1 as declared; UTF-16 by its byte order mark or its first character; GB2312, GBK
/// and GB18030, which are all read as GB 18030, the largest of the three. Any other is refused by its name.
///
/// Line ends in text become line feeds, as XML demands; a carriage return survives only as a reference.
public struct XMLReader: Sendable {
    public let limits: XMLLimits

    /// - Precondition: `limits.depth` is at most ``XMLLimits/deepest``.
    public init(limits: XMLLimits = XMLLimits()) {
        precondition(limits.depth <= XMLLimits.deepest, "so deep a tree could overflow a thread's stack")
        self.limits = limits
    }

    /// Reads the bytes of a document.
    public func read(_ bytes: [UInt8]) throws(XMLRefusal) -> XMLTree {
        try read(pieces: CollectionOfOne(bytes))
    }

    /// Reads a document that has already been decoded, such as one inside another's text. What encoding it declares is of
    /// no meaning.
    public func read(_ text: String) throws(XMLRefusal) -> XMLTree {
        var source = PieceSource(CollectionOfOne(Array(text.utf8)), bytesMax: limits.bytes)
        return try tree(from: source.next() ?? [], and: &source, as: .decodedText)
    }

    /// Reads a document that comes in pieces of any size. No piece is asked for after the document has been refused.
    public func read(pieces: some Sequence<[UInt8]>) throws(XMLRefusal) -> XMLTree {
        var source = PieceSource(pieces, bytesMax: limits.bytes)
        let head = try source.next() ?? []
        if let byteOrder = InputEncoding.utf16(head) { return try tree(from: head, and: &source, as: byteOrder) }
        do {
            return try tree(from: head, and: &source, as: .declared)
        } catch {
            // The declaration stands in the first bytes, so nothing but the head has been asked for.
            guard case .encoding(let name) = error.kind, let chinese = InputEncoding.chinese(name), source.piecesGiven <= 1 else {
                throw error
            }
            return try tree(from: head, and: &source, as: chinese)
        }
    }

    private func tree<Pieces>(
        from head: [UInt8], and source: inout PieceSource<Pieces>, as encoding: InputEncoding
    ) throws(XMLRefusal) -> XMLTree {
        let parser = try ExpatParser(limits: limits, encoding: encoding)
        let decoder = try CharacterDecoder(for: encoding)
        var piece: [UInt8]? = head
        while let bytes = piece {
            try parser.feed(decoder.decode(bytes, at: parser.place))
            piece = try source.next(at: parser.place)
        }
        try decoder.finish(at: parser.place)
        return try parser.finish()
    }
}
