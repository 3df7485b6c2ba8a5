import StrictXML

/// Trees with everything in them that could be lost on the way.
enum RandomTree {
    private static let locals = ["a", "B", "_c", "x-1.2", "药品", "名称-1", "é", "e\u{301}"]
    private static let namespaces: [String?] = [nil, nil, nil, "urn:a", "urn:b", "http://例.cn/?q=\"'<&>", "urn:line\nend\r\ttab "]
    private static let pieces = [
        "a", "药", "𠀀", "💊", "é", "e\u{301}", " ", "\t", "\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{A0}", "\u{FEFF}", "\u{FFFD}",
        "\u{7F}", "\u{10FFFD}", "\u{E000}", "&", "<", ">", "\"", "'", "]]>", "&amp;", "&#13;", "<!--", "-->", "<![CDATA[",
        "<?xml?>", "%s",
    ]

    static func make(_ random: inout some RandomNumberGenerator, depth: Int = 6) -> XMLTree {
        var tree = XMLTree(name(&random), attributes: attributes(&random))
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            if depth > 1, Bool.random(using: &random) {
                tree.append(make(&random, depth: depth - 1))
            } else {
                tree.append(text(&random))
            }
        }
        return tree
    }

    static func name(_ random: inout some RandomNumberGenerator) -> XMLName {
        XMLName(locals.randomElement(using: &random) ?? "a", in: namespaces.randomElement(using: &random) ?? nil)
    }

    private static func attributes(_ random: inout some RandomNumberGenerator) -> [XMLAttribute] {
        var attributes: [XMLAttribute] = []
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let isReserved = Int.random(in: 0..<8, using: &random) == 0
            let name = isReserved ? XMLName("lang", in: "http://www.w3.org/XML/1998/namespace") : name(&random)
            if !attributes.contains(where: { $0.name == name }) { attributes.append(XMLAttribute(name, text(&random))) }
        }
        return attributes
    }

    private static func text(_ random: inout some RandomNumberGenerator) -> String {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }
}
