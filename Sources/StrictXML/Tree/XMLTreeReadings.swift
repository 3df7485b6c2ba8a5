// What a program asks of a tree it has read.
extension XMLTree {
    /// The elements directly inside, without the text between them.
    public var elements: [XMLTree] {
        children.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// The first element of that name directly inside.
    public func first(_ name: XMLName) -> XMLTree? {
        for case .element(let element) in children where element.name == name { return element }
        return nil
    }

    /// The elements of that name directly inside.
    public func all(_ name: XMLName) -> [XMLTree] {
        children.compactMap { if case .element(let element) = $0, element.name == name { element } else { nil } }
    }

    /// The element reached by taking the first child of each name in turn: `at("HEAD", "ZTCLJG")`.
    public func at(_ path: XMLName...) -> XMLTree? {
        var reached = self
        for name in path {
            guard let next = reached.first(name) else { return nil }
            reached = next
        }
        return reached
    }

    /// The value of the attribute of that name.
    public func attribute(_ name: XMLName) -> String? {
        attributes.first { $0.name == name }?.value
    }

    /// The text directly inside, exactly as it stands; empty when there is none. Text of elements inside does not count.
    public var text: String {
        if children.count == 1, case .text(let text) = children[0] { return text }
        return children.reduce(into: "") { joined, child in if case .text(let text) = child { joined += text } }
    }

    /// ``text`` without the blanks, tabs and line ends around it.
    public var trimmedText: String {
        let scalars = text.unicodeScalars
        guard let start = scalars.firstIndex(where: { !$0.isBlank }), let end = scalars.lastIndex(where: { !$0.isBlank }) else {
            return ""
        }
        return String(scalars[start...end])
    }
}

extension Unicode.Scalar {
    /// White space in the sense of XML 1.0 §2.3: blank, tab, line feed, carriage return.
    var isBlank: Bool { self == " " || self == "\t" || self == "\n" || self == "\r" }

    /// A character that a document may hold, as itself or as a reference.
    ///
    /// Source: XML 1.0, fifth edition, §2.2, production 2.
    var isAllowedInXML: Bool {
        switch value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
