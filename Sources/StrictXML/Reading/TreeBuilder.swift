/// Builds a tree from what a parser reports, and says when a limit is passed. Knows nothing of the parser.
struct TreeBuilder {
    /// Stands between a namespace and a local name; no document can hold it (XML 1.0 §2.2).
    static let separator: UInt8 = 0x1F

    let limits: XMLLimits
    private(set) var root: XMLTree?
    /// Elements and processing instructions so far.
    private(set) var elements = 0
    private var open: [XMLTree] = []
    private var text: [UInt8] = []
    /// Every name once, so that many elements share the text of a few names. By bytes: equal strings may differ in them.
    private var names: [NameKey: XMLName] = [:]
    /// Every namespace's address once, with its number.
    private var addresses: [[UInt8]: (number: Int, text: String)] = [:]
    /// Declarations of namespaces, which are reported before the element they stand in.
    private var declarations = 0

    init(limits: XMLLimits) { self.limits = limits }

    var hasRoot: Bool { root != nil || !open.isEmpty }

    mutating func declareNamespace(_ address: UnsafeBufferPointer<UInt8>) -> XMLRefusal.Kind? {
        declarations += 1
        if declarations > limits.attributes { return .tooManyAttributes(max: limits.attributes) }
        return address.count > limits.nameBytes ? .nameTooLong(max: limits.nameBytes) : nil
    }

    /// Begins an element whose ``attribute(_:_:)`` follow.
    mutating func start(_ name: UnsafeBufferPointer<UInt8>, attributeCount: Int) -> XMLRefusal.Kind? {
        if let refused = count() { return refused }
        if open.count >= limits.depth { return .tooDeep(max: limits.depth) }
        if declarations + attributeCount > limits.attributes { return .tooManyAttributes(max: limits.attributes) }
        declarations = 0
        guard let name = self.name(of: name) else { return .nameTooLong(max: limits.nameBytes) }
        endText()
        open.append(XMLTree(name))
        return nil
    }

    mutating func attribute(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) -> XMLRefusal.Kind? {
        if value.count > limits.attributeBytes { return .attributeTooLong(max: limits.attributeBytes) }
        guard let name = self.name(of: name) else { return .nameTooLong(max: limits.nameBytes) }
        open[open.count - 1].attributes.append(XMLAttribute(name, String(decoding: value, as: UTF8.self)))
        return nil
    }

    mutating func characters(_ bytes: UnsafeBufferPointer<UInt8>) -> XMLRefusal.Kind? {
        if text.count + bytes.count > limits.textBytes { return .textTooLong(max: limits.textBytes) }
        text.append(contentsOf: bytes)
        return nil
    }

    mutating func end() {
        endText()
        guard let element = open.popLast() else { return }
        if open.isEmpty { root = element } else { open[open.count - 1].append(element) }
    }

    /// Counts an element or a processing instruction.
    mutating func count() -> XMLRefusal.Kind? {
        elements += 1
        return elements > limits.elements ? .tooManyElements(max: limits.elements) : nil
    }

    private mutating func endText() {
        guard !text.isEmpty, !open.isEmpty else { return }
        open[open.count - 1].append(String(decoding: text, as: UTF8.self))
        // A large buffer is given back, a small one is used again.
        text.removeAll(keepingCapacity: text.capacity <= 4096)
    }

    /// The name that the parser reports as one text; nil when it is too long.
    private mutating func name(of bytes: UnsafeBufferPointer<UInt8>) -> XMLName? {
        guard bytes.count <= limits.nameBytes else { return nil }
        let end = bytes.firstIndex(of: Self.separator)
        var known: (number: Int, text: String)?
        var local = bytes[...]
        if let end {
            known = address(of: Array(bytes[..<end]))
            local = bytes[(end + 1)...]
        }
        let key = NameKey(address: known?.number, local: Array(local))
        if let name = names[key] { return name }
        let name = XMLName(String(decoding: key.local, as: UTF8.self), in: known?.text)
        names[key] = name
        return name
    }

    private mutating func address(of bytes: [UInt8]) -> (number: Int, text: String) {
        if let known = addresses[bytes] { return known }
        let address = (addresses.count, String(decoding: bytes, as: UTF8.self))
        addresses[bytes] = address
        return address
    }

    private struct NameKey: Hashable {
        let address: Int?
        let local: [UInt8]
    }
}
