public import Primitives

/// What a platform is asked for.
public enum PlatformQuestion: Sendable, Hashable {
    /// How the lines of an order stand.
    case orderLines(PlatformOrder)
    /// The lines of a draft, as the platform has it.
    case draftLines(PlatformOrder)
    /// How the lines of all orders of these days stand, whoever placed them.
    case orders(PlatformDays)
    /// Lines of deliveries, of a day or later, or all that wait to be accepted, as the platform has it.
    case deliveryLines(PlatformDays)
    /// One line of a delivery.
    case deliveryLine(PlatformReceipt)
    /// The lines of one delivery note, also of those that were accepted.
    case noteLines(PlatformDeliveryNote)
    case invoiceLines(PlatformDays)
    case linesOfInvoice(PlatformInvoice)
    /// How the invoices of these days stand.
    case invoices(PlatformDays)
    case returns(PlatformDays)
    /// One return, by the platform's number of it or by ours.
    case returnState(PlatformReturn)
    case invoiceState(PlatformInvoice)
    /// Delivery notes: what arrives together.
    case deliveryNotes(PlatformDays)
    /// Our sums of a period, against which the platform holds its own.
    case statement(PlatformStatement)
    case deliveryPoints
    /// Who can deliver an article, by its code; who supplies at all, where the platform does not tell by article.
    case suppliers(product: String)
    /// What may be ordered.
    case catalogue
    /// What is listed or quoted on the platform at which price, whether or not it may be ordered.
    case listings(PlatformDays)
    /// The same of what is listed for emergencies only.
    case emergencyListings(PlatformDays)
    case prescriptionState(PlatformPrescriptionInquiry)
    /// What a pharmacist outside decided about a prescription.
    case prescriptionReview(PlatformPrescriptionInquiry)
    /// What a pharmacy outside gave on it.
    case prescriptionUse(PlatformPrescriptionInquiry)
    /// What an institution's prescriptions may be circulated for.
    case circulatingDrugs(institution: String)
    /// What an insurer has of our uploads.
    case uploads(PlatformUploadQuestion)

    /// Its name in catalogues and cursors.
    public var kind: PlatformQuestionKind {
        switch self {
        case .orderLines: .orderLines
        case .draftLines: .draftLines
        case .orders: .orders
        case .deliveryLines: .deliveryLines
        case .deliveryLine: .deliveryLine
        case .noteLines: .noteLines
        case .invoiceLines: .invoiceLines
        case .linesOfInvoice: .linesOfInvoice
        case .invoices: .invoices
        case .returns: .returns
        case .returnState: .returnState
        case .invoiceState: .invoiceState
        case .deliveryNotes: .deliveryNotes
        case .statement: .statement
        case .deliveryPoints: .deliveryPoints
        case .suppliers: .suppliers
        case .catalogue: .catalogue
        case .listings: .listings
        case .emergencyListings: .emergencyListings
        case .prescriptionState: .prescriptionState
        case .prescriptionReview: .prescriptionReview
        case .prescriptionUse: .prescriptionUse
        case .circulatingDrugs: .circulatingDrugs
        case .uploads(let question): question.about.questionKind
        }
    }
}

public enum PlatformQuestionKind: String, Sendable, Hashable, Codable, CaseIterable {
    case orderLines = "order-lines"
    case draftLines = "draft-lines"
    case orders
    case deliveryLines = "delivery-lines"
    case deliveryLine = "delivery-line"
    case noteLines = "note-lines"
    case invoiceLines = "invoice-lines"
    case linesOfInvoice = "lines-of-invoice"
    case invoices
    case returns
    case returnState = "return-state"
    case invoiceState = "invoice-state"
    case deliveryNotes = "delivery-notes"
    case statement
    case deliveryPoints = "delivery-points"
    case suppliers
    case catalogue
    case listings
    case emergencyListings = "emergency-listings"
    case prescriptionState = "prescription-state"
    case prescriptionReview = "prescription-review"
    case prescriptionUse = "prescription-use"
    case circulatingDrugs = "circulating-drugs"
    case uploadedCounts = "uploaded-counts"
    case uploadedChanges = "uploaded-changes"
    case uploadedPurchases = "uploaded-purchases"
    case uploadedSales = "uploaded-sales"
    case uploadedPurchaseCodes = "uploaded-purchase-codes"
    case uploadedSaleCodes = "uploaded-sale-codes"
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
