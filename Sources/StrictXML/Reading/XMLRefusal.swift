/// Why a document is not read, and where. Nothing of the document's content is in it, so that it may be logged.
public struct XMLRefusal: Error, Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// The document is larger, deeper or richer than ``XMLLimits`` allow; the limit is given.
        case tooManyBytes(max: Int)
        case tooDeep(max: Int)
        case tooManyElements(max: Int)
        case tooManyAttributes(max: Int)
        case textTooLong(max: Int)
        case attributeTooLong(max: Int)
        case nameTooLong(max: Int)
        case markupTooLong(max: Int)
        /// A DOCTYPE: there are no document types, so no entities and nothing to fetch.
        case documentType
        /// A reference to an entity other than the five that are built in.
        case undefinedEntity
        /// A version other than 1.0 is declared.
        case version
        /// An encoding is declared that is not read here; its name is given.
        case encoding(String)
        /// The declared encoding is not that of the bytes: UTF-16 in a document of single bytes, or the reverse.
        case wrongEncoding
        /// Bytes that are no text of the document's encoding, where that is UTF-16 or GB 18030.
        case undecodable
        /// Nothing, or nothing but blanks.
        case noElement
        /// The document ends before its root does.
        case truncated
        /// A second root, or text after the root.
        case contentAfterRoot
        /// An end tag that is not that of the element which is open.
        case mismatchedTag
        /// An attribute stands twice in one element.
        case repeatedAttribute
        /// A prefix without a namespace, or a declaration that takes one away.
        case undeclaredPrefix
        /// A declaration that changes `xml` or `xmlns`.
        case reservedNamespace
        /// A reference to a character that XML does not know (`&#0;`).
        case forbiddenCharacter
        /// A byte, character or mark that cannot stand where it does; bytes that are not UTF-8.
        case notWellFormed
        /// No memory was left to read it.
        case outOfMemory
    }

    public let kind: Kind
    /// From 1.
    public let line: Int
    /// Characters from 1.
    public let column: Int

    init(_ kind: Kind, at place: Place) {
        self.kind = kind
        line = place.line
        column = place.column
    }

    struct Place {
        var line = 1
        var column = 1
    }
}

extension XMLRefusal: CustomStringConvertible {
    public var description: String { "XML refused at line \(line), column \(column): \(kind.sentence)" }
}

extension XMLRefusal.Kind {
    /// What is wrong, in plain words.
    public var sentence: String {
        switch self {
        case .tooManyBytes(let max): "the document has more than \(max) bytes"
        case .tooDeep(let max): "more than \(max) elements are nested"
        case .tooManyElements(let max): "the document has more than \(max) elements"
        case .tooManyAttributes(let max): "an element has more than \(max) attributes"
        case .textTooLong(let max): "a piece of text has more than \(max) bytes"
        case .attributeTooLong(let max): "an attribute has more than \(max) bytes"
        case .nameTooLong(let max): "a name has more than \(max) bytes"
        case .markupTooLong(let max): "a tag, comment or instruction is not closed after \(max) bytes"
        case .documentType: "the document declares a document type"
        case .undefinedEntity: "an entity is not defined"
        case .version: "the version of XML is not 1.0"
        case .encoding(let name): "the encoding \(name) is not read"
        case .wrongEncoding: "the declared encoding is not that of the document"
        case .undecodable: "the bytes are no text of the document's encoding"
        case .noElement: "there is no element"
        case .truncated: "the document ends too early"
        case .contentAfterRoot: "something follows the root element"
        case .mismatchedTag: "an end tag does not fit its start tag"
        case .repeatedAttribute: "an attribute stands twice"
        case .undeclaredPrefix: "a prefix has no namespace"
        case .reservedNamespace: "a reserved prefix or namespace is declared"
        case .forbiddenCharacter: "a reference names a character that XML does not allow"
        case .notWellFormed: "the document is not well-formed"
        case .outOfMemory: "there is not enough memory"
        }
    }
}
