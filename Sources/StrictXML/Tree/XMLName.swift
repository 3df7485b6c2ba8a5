/// The name of an element or attribute: its namespace and its local part. The prefix a document chose is of no meaning.
public struct XMLName: Sendable, Hashable {
    /// The namespace's address; nil for a name that is in none.
    public let namespace: String?
    /// The name without prefix.
    public let local: String

    /// An empty namespace is none.
    public init(_ local: String, in namespace: String? = nil) {
        self.local = local
        self.namespace = namespace?.isEmpty == true ? nil : namespace
    }
}

extension XMLName: ExpressibleByStringLiteral {
    /// A name in no namespace.
    public init(stringLiteral local: String) { self.init(local) }
}

extension XMLName: CustomStringConvertible {
    /// `{namespace}local`, or the local name alone.
    public var description: String { namespace.map { "{\($0)}\(local)" } ?? local }
}

/// An attribute of an element: its name and its value with every reference resolved.
public struct XMLAttribute: Sendable, Hashable {
    public var name: XMLName
    public var value: String

    public init(_ name: XMLName, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// The namespaces that are bound before a document begins.
enum ReservedNamespace {
    static let xml = "http://www.w3.org/XML/1998/namespace"
    static let declarations = "http://www.w3.org/2000/xmlns/"
}
