/// Why a tree has no document, and which element is at fault. It holds names only, nothing of text or values.
public struct XMLUnwritable: Error, Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// Text or a value holds a character that XML 1.0 has no way to write, such as U+0000 or U+FFFE; its number is given.
        case forbiddenCharacter(UInt32)
        /// The name of the element or of one of its attributes is none.
        case name
        /// An attribute stands twice.
        case repeatedAttribute
        /// A namespace that nothing may be in, or that holds a forbidden character.
        case namespace
        /// A prefix of the writer is no name, is reserved, stands twice, or its namespace is impossible or has another.
        case prefix(String)
        /// More elements are nested than the writer writes.
        case tooDeep(max: Int)
    }

    public let kind: Kind
    /// The local names from the root to the element; one that has others of its name before it carries its number: `STRUCT[3]`.
    public internal(set) var path: [String]

    init(_ kind: Kind, in element: XMLName) {
        self.kind = kind
        path = [element.local]
    }
}

extension XMLUnwritable: CustomStringConvertible {
    public var description: String {
        let reason =
            switch kind {
            case .forbiddenCharacter(let scalar): "holds the character number \(scalar), which XML does not allow"
            case .name: "or one of its attributes has no name of XML"
            case .repeatedAttribute: "has an attribute twice"
            case .namespace: "or one of its attributes is in a namespace that cannot be"
            case .prefix(let prefix): "cannot have the prefix \(prefix)"
            case .tooDeep(let max): "is nested deeper than \(max) elements"
            }
        return "XML cannot be written: \(path.joined(separator: "/")) \(reason)"
    }
}
