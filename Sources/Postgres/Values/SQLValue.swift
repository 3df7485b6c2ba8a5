/// A parameter as it is sent: its type, and its text or binary form.
public struct SQLValue: Sendable {
    /// What goes over the wire.
    public enum Form: Sendable, Hashable {
        case null
        /// PostgreSQL's text form; no zero bytes.
        case text(String)
        /// PostgreSQL's binary form of the type.
        case binary([UInt8])
    }

    public let type: SQLType
    public let form: Form

    /// - Parameter text: `nil` for NULL.
    public init(type: SQLType, text: String?) {
        self.type = type
        form = text.map(Form.text) ?? .null
    }

    public init(type: SQLType, binary: [UInt8]) {
        self.type = type
        form = .binary(binary)
    }
}
