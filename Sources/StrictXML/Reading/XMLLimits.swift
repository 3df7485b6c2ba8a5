/// How much of a document is read before it is refused. A document exactly at a limit is read.
public struct XMLLimits: Sendable, Equatable {
    /// The deepest nesting that may be asked for: a tree of it is built, compared, written and destroyed on half a megabyte
    /// of stack, also without optimisation.
    public static let deepest = 256

    /// Bytes of the whole document, as they arrive.
    public var bytes = 8 << 20
    /// Elements inside one another, the root counted; at most ``deepest``.
    public var depth = 64
    /// Elements in the document; a processing instruction counts as one.
    public var elements = 200_000
    /// Attributes of one element, declarations of namespaces counted.
    public var attributes = 64
    /// Bytes of one piece of text between tags, in UTF-8. The answer inside a SOAP envelope is one such piece.
    public var textBytes = 4 << 20
    /// Bytes of one attribute's value, in UTF-8.
    public var attributeBytes = 64 << 10
    /// Bytes of one name with its namespace's address, or of an address that is declared, in UTF-8.
    public var nameBytes = 512
    /// Bytes that may arrive while one tag, comment or processing instruction is still open.
    public var markupBytes = 1 << 20

    public init() {}
}
