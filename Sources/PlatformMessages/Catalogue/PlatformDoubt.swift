/// A part of a catalogue that comes from elsewhere than the rest of it, or is less sure than the rest.
public struct PlatformDoubt: Sendable, Hashable {
    /// The message it is in; empty for what belongs to the platform as a whole.
    public var message: String
    /// The field or the part: `list.planDetlMemo`, `codes.envelope`.
    public var field: String
    /// Empty when it is the catalogue's own.
    public var source: String
    /// Empty when it is the catalogue's own.
    public var confidence: String

    public init(message: String, field: String, source: String, confidence: String) {
        self.message = message
        self.field = field
        self.source = source
        self.confidence = confidence
    }
}
