public import Primitives

/// One record of an upload. What a kind has no place for is left empty.
public struct PlatformUploadRecord: Sendable, Hashable, Codable {
    /// Ours, of this record and no other: it is told along, and the platform is asked by it.
    public var key: String
    /// Ours of the batch in the institution: every record of the batch has it.
    public var serial: String
    public var article: PlatformUploadArticle
    /// The manufacturer's number of the batch.
    public var batch: String
    public var madeOn: CalendarDate?
    public var expiresOn: CalendarDate?
    public var quantity: PlatformQuantity
    /// Per smallest pricing pack.
    public var price: Money?
    /// Whether part of it came out of an opened pack.
    public var isSplit: Bool
    public var at: Instant
    /// Who did it, by name.
    public var person: String
    /// Of the packs, as scanned.
    public var traceCodes: [String]
    /// Of ``PlatformUploadKind/change``.
    public var change: PlatformStockChange?
    public var purchase: PlatformUploadPurchase?
    public var sale: PlatformUploadSale?
    /// Of ``PlatformUploadKind/deletion``: what is taken back.
    public var deleted: PlatformUploadKind?

    public init(
        key: String, serial: String, article: PlatformUploadArticle, batch: String, madeOn: CalendarDate? = nil,
        expiresOn: CalendarDate? = nil, quantity: PlatformQuantity, price: Money? = nil, isSplit: Bool = false, at: Instant,
        person: String, traceCodes: [String] = [], change: PlatformStockChange? = nil, purchase: PlatformUploadPurchase? = nil,
        sale: PlatformUploadSale? = nil, deleted: PlatformUploadKind? = nil
    ) {
        self.key = key
        self.serial = serial
        self.article = article
        self.batch = batch
        self.madeOn = madeOn
        self.expiresOn = expiresOn
        self.quantity = quantity
        self.price = price
        self.isSplit = isSplit
        self.at = at
        self.person = person
        self.traceCodes = traceCodes
        self.change = change
        self.purchase = purchase
        self.sale = sale
        self.deleted = deleted
    }
}

/// The article a record is about.
public struct PlatformUploadArticle: Sendable, Hashable, Codable {
    /// Who may be sold it (`rx_flag`).
    public enum Sale: String, Sendable, Hashable, Codable {
        case overTheCounter = "over-the-counter"
        case prescription
        /// Either way.
        case both
    }

    /// The insurer's code of it (`med_list_codg`).
    public var insuranceCode: String
    /// Ours.
    public var ownCode: String
    public var name: String
    public var sale: Sale
    public var manufacturer: String
    public var approvalNumber: String

    public init(
        insuranceCode: String, ownCode: String, name: String, sale: Sale, manufacturer: String = "", approvalNumber: String = ""
    ) {
        self.insuranceCode = insuranceCode
        self.ownCode = ownCode
        self.name = name
        self.sale = sale
        self.manufacturer = manufacturer
        self.approvalNumber = approvalNumber
    }
}

/// Why stock changed that was neither bought nor sold.
///
/// Source: the reference on platform interfaces, 3502, change types 101 to 111.
public enum PlatformStockChange: String, Sendable, Hashable, Codable, CaseIterable {
    case transferIn = "transfer-in"
    case transferOut = "transfer-out"
    case gain, loss, destruction
    case otherIn = "other-in"
    case otherOut = "other-out"
    case purchaseIn = "purchase-in"
    case returnOut = "return-out"
    case donationIn = "donation-in"
    case donationReturned = "donation-returned"
}

/// What a purchase, or the return of one, has besides.
public struct PlatformUploadPurchase: Sendable, Hashable, Codable {
    public var supplier: String
    /// The number of the supplier's licence to distribute drugs.
    public var supplierLicence: String
    public var deliveryNote: String
    public var invoiceCode: String
    public var invoiceNumber: String
    /// The platform's number of the purchase that is returned.
    public var original: String

    public init(
        supplier: String, supplierLicence: String = "", deliveryNote: String = "", invoiceCode: String = "",
        invoiceNumber: String = "", original: String = ""
    ) {
        self.supplier = supplier
        self.supplierLicence = supplierLicence
        self.deliveryNote = deliveryNote
        self.invoiceCode = invoiceCode
        self.invoiceNumber = invoiceNumber
        self.original = original
    }
}

/// What a sale, or the return of one, has besides: it names a patient.
public struct PlatformUploadSale: Sendable, Hashable, Codable, CustomStringConvertible, CustomReflectable {
    public var prescriber: String
    /// Who reviewed or dispensed it.
    public var pharmacist: String
    public var pharmacistLicence: String
    /// The visit: the insurer's number of it, or ours.
    public var visit: String
    public var prescription: String
    /// Our number of the dispensing.
    public var document: String
    /// Our number of what left the store for it.
    public var issue: String
    /// How the fee is settled, by the insurer's table; empty when nobody said.
    public var settlementType: String
    /// The insurer's number of the settlement; empty when it paid nothing.
    public var settlement: String
    public var insuredNumber: String
    public var patient: String
    /// The kind and number of the patient's certificate; empty where only its mask is kept.
    public var certificateKind: String
    public var certificate: String
    /// The platform's number of the sale that is returned.
    public var original: String

    public init(
        prescriber: String, pharmacist: String, pharmacistLicence: String = "", visit: String, prescription: String = "",
        document: String, issue: String = "", settlementType: String = "", settlement: String = "", insuredNumber: String = "",
        patient: String = "", certificateKind: String = "", certificate: String = "", original: String = ""
    ) {
        self.prescriber = prescriber
        self.pharmacist = pharmacist
        self.pharmacistLicence = pharmacistLicence
        self.visit = visit
        self.prescription = prescription
        self.document = document
        self.issue = issue
        self.settlementType = settlementType
        self.settlement = settlement
        self.insuredNumber = insuredNumber
        self.patient = patient
        self.certificateKind = certificateKind
        self.certificate = certificate
        self.original = original
    }

    public var description: String { "sale \(document), patient (not shown)" }
    public var customMirror: Mirror { Mirror(self, children: ["document": document, "patient": "(not shown)"]) }
}
