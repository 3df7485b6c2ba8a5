/// How an invoice stands on the platform.
public struct PlatformInvoiceState: Sendable, Hashable, Codable {
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// The supplier has not finished it.
        case draft
        case waiting, accepted, refused, paid, void
    }

    public var platformInvoice: String
    public var code: String
    public var number: String
    public var state: State

    public init(platformInvoice: String, code: String = "", number: String, state: State) {
        self.platformInvoice = platformInvoice
        self.code = code
        self.number = number
        self.state = state
    }
}
