/// What a supplier sends together.
public struct PlatformDeliveryNote: Sendable, Hashable, Codable {
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        case draft, confirmed, void
    }

    /// The platform's number.
    public var platformNote: String
    /// The supplier's number.
    public var note: String
    /// Empty when the platform does not say.
    public var supplier: String
    public var state: State

    public init(platformNote: String, note: String, supplier: String = "", state: State) {
        self.platformNote = platformNote
        self.note = note
        self.supplier = supplier
        self.state = state
    }
}
