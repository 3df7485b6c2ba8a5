public import Primitives

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
    /// What follows is empty where the platform does not say it.
    public var supplier: String
    public var date: CalendarDate?
    /// With tax.
    public var total: Money?

    public init(
        platformInvoice: String, code: String = "", number: String, state: State, supplier: String = "", date: CalendarDate? = nil,
        total: Money? = nil
    ) {
        self.platformInvoice = platformInvoice
        self.code = code
        self.number = number
        self.state = state
        self.supplier = supplier
        self.date = date
        self.total = total
    }
}
