/// A document that is being written.
struct XMLOutput {
    let emptyElements: XMLWriter.EmptyElements
    let depthMax: Int
    var bytes: [UInt8] = []
    var names = NameCheck()

    init(emptyElements: XMLWriter.EmptyElements, depthMax: Int) {
        self.emptyElements = emptyElements
        self.depthMax = depthMax
    }

    mutating func write(_ tree: XMLTree, in outer: NamespaceScope, depth: Int) throws(XMLUnwritable) {
        guard depth <= depthMax else { throw XMLUnwritable(.tooDeep(max: depthMax), in: tree.name) }
        var scope = outer
        let tag = try writeStart(of: tree, in: &scope)
        guard !tree.children.isEmpty || emptyElements == .pair else {
            put("/>")
            return
        }
        put(">")
        let inside = scope.inside
        for (index, child) in tree.children.enumerated() {
            switch child {
            case .text(let text): try put(text, escaping: .text, of: tree)
            case .element(let element):
                do {
                    try write(element, in: inside, depth: depth + 1)
                } catch {
                    throw error.found(in: tree, at: index)
                }
            }
        }
        put("</\(tag)>")
    }

    /// Writes the start tag but for its end, declarations before attributes.
    private mutating func writeStart(of tree: XMLTree, in scope: inout NamespaceScope) throws(XMLUnwritable) -> String {
        guard names.accepts(tree.name.local) else { throw XMLUnwritable(.name, in: "?") }
        guard let tag = scope.tag(ofElement: tree.name) else { throw XMLUnwritable(.namespace, in: tree.name) }
        var tags: [String] = []
        var known: Set<[UInt8]> = []
        for attribute in tree.attributes {
            let isDeclaration = attribute.name.namespace == nil && attribute.name.local == "xmlns"
            guard names.accepts(attribute.name.local), !isDeclaration else { throw XMLUnwritable(.name, in: tree.name) }
            guard let tag = scope.tag(ofAttribute: attribute.name) else { throw XMLUnwritable(.namespace, in: tree.name) }
            guard known.insert(Array(tag.utf8)).inserted else { throw XMLUnwritable(.repeatedAttribute, in: tree.name) }
            tags.append(tag)
        }
        put("<\(tag)")
        for (prefix, namespace) in scope.declared {
            try put(prefix.isEmpty ? "xmlns" : "xmlns:\(prefix)", namespace, of: tree)
        }
        for (tag, attribute) in zip(tags, tree.attributes) { try put(tag, attribute.value, of: tree) }
        return tag
    }

    private mutating func put(_ markup: String) { bytes.append(contentsOf: markup.utf8) }

    private mutating func put(_ attribute: String, _ value: String, of tree: XMLTree) throws(XMLUnwritable) {
        put(" \(attribute)=\"")
        try put(value, escaping: .attribute, of: tree)
        put("\"")
    }

    private mutating func put(_ text: String, escaping place: Escape.Place, of tree: XMLTree) throws(XMLUnwritable) {
        for scalar in text.unicodeScalars {
            guard scalar.isAllowedInXML else { throw XMLUnwritable(.forbiddenCharacter(scalar.value), in: tree.name) }
            if let reference = Escape.reference(for: scalar, in: place) {
                put(reference)
            } else {
                bytes.append(contentsOf: scalar.utf8)
            }
        }
    }
}

extension XMLUnwritable {
    /// The same, seen from the element around the one at fault.
    fileprivate func found(in parent: XMLTree, at index: Int) -> XMLUnwritable {
        var seen = self
        if case .element(let child) = parent.children[index] {
            let before = parent.children[..<index].count {
                if case .element(let element) = $0 { element.name == child.name } else { false }
            }
            if before > 0 { seen.path[0] += "[\(before + 1)]" }
        }
        seen.path.insert(parent.name.local, at: 0)
        return seen
    }
}
