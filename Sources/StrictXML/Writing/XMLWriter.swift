/// Writes a tree as a document: the same tree and options always give the same bytes, and reading them gives the tree.
///
/// Nothing is laid out: no line ends and no blanks but those of the tree. An element in a namespace gets the prefix given
/// for it, or declares its namespace as the default where it begins; an attribute in one that has no prefix gets `ns1`, `ns2`, ….
public struct XMLWriter: Sendable {
    /// How an element with nothing in it looks.
    public enum EmptyElements: Sendable {
        /// `<A></A>`
        case pair
        /// `<A/>`
        case single
    }

    /// Whether the document begins with `<?xml version="1.0" encoding="UTF-8"?>`.
    public var declaration: Bool
    public var emptyElements: EmptyElements
    /// Prefixes and their namespaces, declared at the root in this order, also where they are not used: `["soap": "http://…"]`.
    public var prefixes: KeyValuePairs<String, String>
    /// Elements that may be nested; what is written can be read back.
    public var depthMax = XMLLimits().depth

    public init(declaration: Bool = true, emptyElements: EmptyElements = .pair, prefixes: KeyValuePairs<String, String> = [:]) {
        self.declaration = declaration
        self.emptyElements = emptyElements
        self.prefixes = prefixes
    }

    /// The document in UTF-8.
    public func bytes(_ tree: XMLTree) throws(XMLUnwritable) -> [UInt8] {
        var output = XMLOutput(emptyElements: emptyElements, depthMax: depthMax)
        if declaration { output.bytes += Array(#"<?xml version="1.0" encoding="UTF-8"?>"#.utf8) }
        var scope = NamespaceScope()
        for (prefix, namespace) in prefixes {
            guard output.names.accepts(prefix), scope.declare(prefix, for: namespace) else {
                throw XMLUnwritable(.prefix(prefix), in: tree.name)
            }
        }
        try output.write(tree, in: scope, depth: 1)
        return output.bytes
    }

    /// The document as text, to be put into another one's.
    public func text(_ tree: XMLTree) throws(XMLUnwritable) -> String {
        String(decoding: try bytes(tree), as: UTF8.self)
    }
}
