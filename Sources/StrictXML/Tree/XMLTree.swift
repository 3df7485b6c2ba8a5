/// An element with everything below it, as a value.
///
/// Text is kept to the last blank. Pieces of text that touch are one child, and there is no child of empty text, so that a
/// tree and what is read back after writing it are equal. Comments and processing instructions are no part of it.
///
/// Trees are copied, compared and destroyed by recursion: a program that builds one by itself keeps it shallower than
/// ``XMLLimits/deepest``, as the reader and the writer do.
public struct XMLTree: Sendable, Equatable {
    /// What stands inside an element.
    public enum Child: Sendable, Equatable {
        case element(XMLTree)
        case text(String)
    }

    public var name: XMLName
    /// In the order of the document; no name twice.
    public var attributes: [XMLAttribute]
    /// In the order of the document.
    public private(set) var children: [Child] = []

    public init(_ name: XMLName, attributes: [XMLAttribute] = [], children: [Child] = []) {
        self.name = name
        self.attributes = attributes
        self.children.reserveCapacity(children.count)
        for child in children {
            switch child {
            case .element(let element): append(element)
            case .text(let text): append(text)
            }
        }
    }

    /// An element that holds elements only.
    public init(_ name: XMLName, attributes: [XMLAttribute] = [], elements: [XMLTree]) {
        self.init(name, attributes: attributes, children: elements.map(Child.element))
    }

    /// An element that holds text only.
    public init(_ name: XMLName, attributes: [XMLAttribute] = [], text: String) {
        self.init(name, attributes: attributes, children: [.text(text)])
    }

    public mutating func append(_ element: XMLTree) {
        children.append(.element(element))
    }

    /// Adds text at the end; it joins text that already stands there.
    public mutating func append(_ text: String) {
        guard !text.isEmpty else { return }
        if case .text(let before) = children.last {
            children[children.count - 1] = .text(before + text)
        } else {
            children.append(.text(text))
        }
    }
}
