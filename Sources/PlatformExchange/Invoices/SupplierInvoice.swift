import Postgres
public import Primitives

extension Subject {
    public enum SupplierInvoice {}
}

public typealias SupplierInvoiceID = Identifier<Subject.SupplierInvoice>

/// Where an invoice was seen, which is also how its platform hears of its payment.
public enum InvoiceOrigin: String, StoredText, Codable, CaseIterable {
    /// The platform lists invoices, and is told which are accepted and which are paid.
    case invoices
    /// A delivery says which invoice it stands on. Such platforms are paid by settlements.
    case deliveries
}

/// What was decided about an invoice.
public enum InvoiceState: String, StoredText, Codable, CaseIterable {
    /// For goods that were not received yet, or for somebody who settles what differs.
    case waiting
    case accepted, rejected
}

/// A supplier's invoice as a platform shows it.
public struct SupplierInvoice: Sendable, Hashable, Codable {
    public let id: SupplierInvoiceID
    public let platform: String
    /// The platform's code.
    public let supplier: String
    /// Empty where invoices have a number alone.
    public let code: String
    public let number: String
    /// The platform's own number of it; empty where it has none.
    public let platformInvoice: String
    public let origin: InvoiceOrigin
    public let datedOn: CalendarDate?
    /// With tax, as the platform tells it; otherwise what the lines come to.
    public let total: Money
    public let isVolumePurchase: Bool
    public let state: InvoiceState
    public let decidedAt: Instant?
    /// The day by which it is to be paid: thirty days after it was accepted (R-PY-01).
    public let dueOn: CalendarDate?
    /// Why a person decided so; empty when it matched by itself.
    public let reason: String
    public let paidAt: Instant?
    /// When the platform had taken in that it is accepted, and that it is paid.
    public let acceptedThereAt: Instant?
    public let paidThereAt: Instant?
    /// When the platform listed it no more, while it waited.
    public let withdrawnAt: Instant?

    /// Days from acceptance to payment. Source: R-PY-01.
    static let daysToPay = 30

    init(_ row: Row) throws {
        id = try row["invoice_id"]
        platform = try row["platform"]
        supplier = try row["supplier"]
        code = try row["code"]
        number = try row["number"]
        platformInvoice = try row["platform_invoice"]
        origin = try row["origin"]
        datedOn = try row["dated_on"]
        total = try row["total"]
        isVolumePurchase = try row["is_volume_purchase"]
        state = try row["state"]
        decidedAt = try row["decided_at"]
        dueOn = state == .accepted ? decidedAt?.businessDay.adding(days: Self.daysToPay) : nil
        reason = try row["reason"]
        paidAt = try row["paid_at"]
        acceptedThereAt = try row["accepted_there_at"]
        paidThereAt = try row["paid_there_at"]
        withdrawnAt = try row["withdrawn_at"]
    }

    /// What differences and the outbox call it; the same for a platform and its suppliers.
    var subject: String { InvoiceKey(supplier: supplier, code: code, number: number).subject }

    static var columns: SQL {
        """
        invoice.invoice_id, invoice.platform, supplier, code, number, platform_invoice, origin, dated_on, is_volume_purchase,
        invoice.state, decided_at, invoice.reason, paid_at, accepted_there_at, paid_there_at,
        invoice.withdrawn_at,
        coalesce(total, (SELECT sum(amount)::bigint FROM platform_exchange.invoice_line AS line
                          WHERE line.consortium_id = invoice.consortium_id AND line.invoice_id = invoice.invoice_id
                            AND line.withdrawn_at IS NULL), 0) AS total
        """
    }
}

/// What an invoice is known by at a platform.
struct InvoiceKey: Sendable, Hashable {
    let supplier: String
    let code: String
    let number: String

    var subject: String { "invoice \(supplier)/\(code.isEmpty ? "" : "\(code)-")\(number)" }
}

/// One line of an invoice, with what we ordered and accepted of it.
public struct SupplierInvoiceLine: Sendable, Hashable, Codable {
    /// The platform's number.
    public let line: String
    /// What it is for, by the platform's number.
    public let reference: String
    public let product: String
    public let batch: String
    /// Below none when it takes back.
    public let packs: Int64
    /// With tax.
    public let packPrice: Money
    public let amount: Money
    public let tax: Money?
    /// Ten-thousandths.
    public let taxRate: Int64?
    public let isCredit: Bool
    /// Our order's number and its line; none when the reference is not known here.
    public let order: String?
    public let orderLine: Int?
    /// Whether it is for goods that went back.
    public let isOfReturn: Bool
    /// As we ordered it, or as it went back.
    public let ourPackPrice: Money?
    /// The platform's codes of whom we ordered from and of what; `nil` where they have none, or the order is not known.
    public let orderedFrom: String?
    public let orderedProduct: String?
    /// Of the batch. Of a line that takes back a return: the packs that went back, and those that were taken back of it.
    public let ofBatch: InvoicedPacks
    /// Of the whole line of the order, whatever the batch.
    public let ofLine: InvoicedPacks
}

/// What became of goods that invoices are for, in packs.
public struct InvoicedPacks: Sendable, Hashable, Codable {
    public let accepted: Int64
    /// Of what was accepted, less what the supplier has not taken back.
    public let returned: Int64
    /// On their way or unpacked.
    public let underWay: Int64
    /// On accepted invoices, less what they take back.
    public let invoiced: Int64

    /// Packs that may still be invoiced now.
    var open: Int64 { accepted - returned - invoiced }
}

extension SupplierInvoiceLine {
    init(_ row: Row) throws {
        self.init(
            line: try row["invoice_line"], reference: try row["reference"], product: try row["product"], batch: try row["batch"],
            packs: try row["packs"], packPrice: try row["pack_price"], amount: try row["amount"], tax: try row["tax"],
            taxRate: try row["tax_rate"], isCredit: try row["is_credit"], order: try row["order_number"],
            orderLine: try row["line_number"], isOfReturn: try row["is_of_return"], ourPackPrice: try row["our_price"],
            orderedFrom: try row["ordered_from"], orderedProduct: try row["ordered_product"],
            ofBatch: InvoicedPacks(
                accepted: try row["accepted"], returned: try row["returned"], underWay: try row["under_way"],
                invoiced: try row["invoiced"]),
            ofLine: InvoicedPacks(
                accepted: try row["line_accepted"], returned: try row["line_returned"], underWay: try row["line_under_way"],
                invoiced: try row["line_invoiced"]))
    }
}

/// An invoice with its lines and what differs of it.
public struct SupplierInvoiceDetail: Sendable, Hashable, Codable {
    public let invoice: SupplierInvoice
    public let lines: [SupplierInvoiceLine]
    /// What differs as things stand; empty when it matches, or was decided.
    public let mismatches: [InvoiceMismatch]
}
