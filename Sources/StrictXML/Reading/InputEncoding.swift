/// Who decodes a document, and from what.
enum InputEncoding {
    /// The parser, from what the document declares.
    case declared
    /// Nobody: it is text already, and what it declares is of no meaning.
    case decodedText
    /// iconv, before the parser sees it; the document may declare nothing or one of these names.
    case converted(from: String, declarable: Set<String>)

    /// UTF-16 by its byte order mark, or by the zero in one of the first two bytes of a document without one (XML 1.0, appendix F,
    /// for any first character of markup or blank).
    ///
    /// The parser's own decoder is not used: it takes whatever follows half a surrogate pair for the other half.
    static func utf16(_ head: [UInt8]) -> InputEncoding? {
        let names: Set = ["UTF-16", "UTF-16LE", "UTF-16BE", "ISO-10646-UCS-2"]
        guard head.count >= 2 else { return nil }
        return switch (head[0], head[1]) {
        case (0xFF, 0xFE), (1..., 0x00): .converted(from: "UTF-16LE", declarable: names)
        case (0xFE, 0xFF), (0x00, 1...): .converted(from: "UTF-16BE", declarable: names)
        default: nil
        }
    }

    /// The national standards, read by the largest: GB 2312 is part of GBK, and GBK of GB 18030.
    static func chinese(_ declared: String) -> InputEncoding? {
        let names: Set = ["GB2312", "GBK", "GB18030", "CP936", "EUC-CN"]
        return names.contains(declared.uppercased()) ? .converted(from: "GB18030", declarable: names) : nil
    }

    /// What the parser is told; nil lets it look for itself.
    var forParser: String? {
        if case .declared = self { nil } else { "UTF-8" }
    }

    /// Whether a document that is decoded this way may declare that name.
    func agrees(with declared: String) -> Bool {
        if case .converted(_, let names) = self { names.contains(declared.uppercased()) } else { true }
    }
}
