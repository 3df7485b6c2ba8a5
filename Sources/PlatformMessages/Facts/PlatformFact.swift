/// A fact that a platform must learn: one request tells one.
public enum PlatformFact: Sendable, Hashable {
    /// A draft: it binds nobody until it is sent.
    case createOrder(PlatformOrder)
    /// The draft becomes an order.
    case sendOrder(PlatformOrder)
    case changeOrder(PlatformOrder)
    case voidOrder(PlatformOrder)
    case acceptDelivery(PlatformReceipt)
    case applyReturn(PlatformReturn)
    case confirmReturn(PlatformReturn)
    case acceptInvoice(PlatformInvoice)
    case confirmPayment(PlatformInvoice)
    /// A settlement with a supplier begins; the platform gives it a number.
    case createSettlement(PlatformSettlement)
    /// The settlement's delivery lines come to it.
    case addToSettlement(PlatformSettlement)
    case submitSettlement(PlatformSettlement)
    case examineSettlement(PlatformSettlement)
    case saveDeliveryPoint(PlatformPoint)
    /// What is listed becomes orderable. Each line's number on the platform is the code that orders use.
    case selectListings(PlatformAssortment)
    case setSuppliers(PlatformAssortment)
    case reportStock(PlatformStock)
    /// A draft, as an order is one.
    case createInquiry(PlatformInquiry)
    case sendInquiry(PlatformInquiry)
    /// What an insurer is told of stock and sales.
    case upload(PlatformUpload)

    /// Its name in catalogues and in the outbox.
    public var kind: PlatformFactKind {
        switch self {
        case .createOrder: .createOrder
        case .sendOrder: .sendOrder
        case .changeOrder: .changeOrder
        case .voidOrder: .voidOrder
        case .acceptDelivery: .acceptDelivery
        case .applyReturn: .applyReturn
        case .confirmReturn: .confirmReturn
        case .acceptInvoice: .acceptInvoice
        case .confirmPayment: .confirmPayment
        case .createSettlement: .createSettlement
        case .addToSettlement: .addToSettlement
        case .submitSettlement: .submitSettlement
        case .examineSettlement: .examineSettlement
        case .saveDeliveryPoint: .saveDeliveryPoint
        case .selectListings: .selectListings
        case .setSuppliers: .setSuppliers
        case .reportStock: .reportStock
        case .createInquiry: .createInquiry
        case .sendInquiry: .sendInquiry
        case .upload(let upload): upload.factKind
        }
    }
}

public enum PlatformFactKind: String, Sendable, Hashable, Codable, CaseIterable {
    case createOrder = "create-order"
    case sendOrder = "send-order"
    case changeOrder = "change-order"
    case voidOrder = "void-order"
    case acceptDelivery = "accept-delivery"
    case applyReturn = "apply-return"
    case confirmReturn = "confirm-return"
    case acceptInvoice = "accept-invoice"
    case confirmPayment = "confirm-payment"
    case createSettlement = "create-settlement"
    case addToSettlement = "add-to-settlement"
    case submitSettlement = "submit-settlement"
    case examineSettlement = "examine-settlement"
    case saveDeliveryPoint = "save-delivery-point"
    case selectListings = "select-listings"
    case setSuppliers = "set-suppliers"
    case reportStock = "report-stock"
    case createInquiry = "create-inquiry"
    case sendInquiry = "send-inquiry"
    case uploadCount = "upload-count"
    case uploadCounts = "upload-counts"
    case uploadChange = "upload-change"
    case uploadChanges = "upload-changes"
    case uploadPurchase = "upload-purchase"
    case uploadPurchases = "upload-purchases"
    case uploadPurchaseReturn = "upload-purchase-return"
    case uploadPurchaseReturns = "upload-purchase-returns"
    case uploadSale = "upload-sale"
    case uploadSales = "upload-sales"
    case uploadSaleReturn = "upload-sale-return"
    case uploadSaleReturns = "upload-sale-returns"
    case uploadDeletion = "upload-deletion"
    case uploadDeletions = "upload-deletions"
}
