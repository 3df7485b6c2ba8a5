/// A code that somebody else issued, held only when it is one: whoever has a value need not check it again.
///
/// Encoded as its text; decoding refuses a text that is not such a code.
public protocol CodeValue: Hashable, Sendable, Codable, CustomStringConvertible {
    /// How sure a value of this type is of being a code that was issued.
    static var assurance: CodeAssurance { get }
    /// The normalised form, by which codes are compared and stored.
    var text: String { get }
    /// `nil` when the normalised text is no such code.
    init?(_ received: String)
}

/// What a code's shape can tell. Only `verified` may be shown to anyone as checked.
public enum CodeAssurance: Sendable, Hashable {
    /// The scheme has a check digit and it agrees.
    case verified
    /// The scheme has no known check digit; length and characters agree.
    case wellFormed
    /// The scheme says nothing but a length.
    case opaque
}

extension CodeValue {
    public var description: String { text }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let code = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no \(Self.self)")
        }
        self = code
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
