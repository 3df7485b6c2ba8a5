public import Primitives

/// What a platform is asked for.
public enum PlatformQuestion: Sendable, Hashable {
    /// How the lines of an order stand.
    case orderLines(PlatformOrder)
    /// Lines of deliveries, of a day or later, or all that wait to be accepted, as the platform has it.
    case deliveryLines(PlatformDays)
    /// One line of a delivery.
    case deliveryLine(PlatformReceipt)
    case invoiceLines(PlatformDays)
    case returns(PlatformDays)
    /// One return, by the platform's number of it or by ours.
    case returnState(PlatformReturn)
    case invoiceState(PlatformInvoice)
    /// Delivery notes: what arrives together.
    case deliveryNotes(PlatformDays)
    /// Our sums of a period, against which the platform holds its own.
    case statement(PlatformStatement)
    case deliveryPoints
    case catalogue

    /// Its name in catalogues and cursors.
    public var kind: PlatformQuestionKind {
        switch self {
        case .orderLines: .orderLines
        case .deliveryLines: .deliveryLines
        case .deliveryLine: .deliveryLine
        case .invoiceLines: .invoiceLines
        case .returns: .returns
        case .returnState: .returnState
        case .invoiceState: .invoiceState
        case .deliveryNotes: .deliveryNotes
        case .statement: .statement
        case .deliveryPoints: .deliveryPoints
        case .catalogue: .catalogue
        }
    }
}

public enum PlatformQuestionKind: String, Sendable, Hashable, Codable, CaseIterable {
    case orderLines = "order-lines"
    case deliveryLines = "delivery-lines"
    case deliveryLine = "delivery-line"
    case invoiceLines = "invoice-lines"
    case returns
    case returnState = "return-state"
    case invoiceState = "invoice-state"
    case deliveryNotes = "delivery-notes"
    case statement
    case deliveryPoints = "delivery-points"
    case catalogue
}

/// Days, both ends among them.
public struct PlatformDays: Sendable, Hashable, Codable {
    public var from: CalendarDate
    public var through: CalendarDate

    public init(from: CalendarDate, through: CalendarDate) {
        self.from = from
        self.through = through
    }
}
