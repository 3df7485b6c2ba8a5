import Postgres
public import Primitives
public import Tendering

public typealias OrderID = DocumentID<PurchaseOrder>

/// What one supplier delivers to one store (采购订单).
public struct PurchaseOrder: Sendable, Hashable, Codable {
    public let id: OrderID
    /// For people: `CG-2026-000001`.
    public let number: String
    public let company: CompanyID
    /// Where it is delivered.
    public let facility: FacilityID
    public let store: StoreID
    public let pool: PoolID?
    /// The tender whose awards it follows; `nil` for one that was made directly.
    public let tender: TenderID?
    public let state: OrderState
    /// Why it was made without an award, cancelled or closed.
    public let reason: String
    /// The day the supplier promised.
    public let expectedOn: CalendarDate?
    public let createdAt: Instant
    public let sentAt: Instant?
    /// From 1, one more with every change; whoever changes it may name the version they have read.
    public let version: Int64
    /// The order's place in the list of all orders, for page cursors.
    public let serial: Int64
}

/// How a line may be bought; each has its own controls.
public enum PurchaseRoute: String, StoredText, Codable, CaseIterable {
    /// By an award of the consortium's own tender.
    case awarded
    /// 集采中选
    case selected
    /// 挂网
    case listed
    /// 直接挂网
    case directListing = "direct-listing"
    /// 备案采购
    case record
    /// 应急采购
    case emergency
    /// 线下
    case offline
}

/// One article of an order. Packs that are neither received nor cancelled are open.
public struct PurchaseOrderLine: Sendable, Hashable, Codable {
    /// 1, 2, … within the order.
    public let number: Int
    public let product: ProductID
    public let article: ArticleID
    /// Base units in one pack, as the article had it when it was ordered.
    public let packSize: BaseUnits
    public let packPrice: Money
    public let packsOrdered: Int64
    /// `nil` until the supplier confirms.
    public let packsConfirmed: Int64?
    public let packsReceived: Int64
    public let packsCancelled: Int64
    public let packsOpen: Int64
    public let route: PurchaseRoute
    /// The line's code on the platform it came from.
    public let externalCode: String?
    /// Why packs were not confirmed or were cancelled.
    public let reason: String

    init(
        number: Int, product: ProductID, article: ArticleID, packSize: BaseUnits, packPrice: Money, packsOrdered: Int64,
        packsConfirmed: Int64? = nil, packsReceived: Int64 = 0, packsCancelled: Int64 = 0, route: PurchaseRoute,
        externalCode: String? = nil, reason: String = ""
    ) {
        self.number = number
        self.product = product
        self.article = article
        self.packSize = packSize
        self.packPrice = packPrice
        self.packsOrdered = packsOrdered
        self.packsConfirmed = packsConfirmed
        self.packsReceived = packsReceived
        self.packsCancelled = packsCancelled
        self.packsOpen = packsOrdered - packsReceived - packsCancelled
        self.route = route
        self.externalCode = externalCode
        self.reason = reason
    }

    /// Base units still to come.
    public var openQuantity: BaseUnits { BaseUnits(packsOpen * packSize.rawValue) }

    /// Yuan for what was ordered and not cancelled.
    public var amount: Money { Money(tenThousandths: packPrice.tenThousandths * (packsOrdered - packsCancelled)) }
}

extension PurchaseOrder {
    static let columns: SQL = """
        order_id, number, company_id, facility_id, store_id, pool_id, tender_id, state, reason, expected_on, created_at,
        sent_at, version, serial
        """

    init(_ row: Row) throws {
        self.init(
            id: try row["order_id"], number: try row["number"], company: try row["company_id"],
            facility: try row["facility_id"], store: try row["store_id"], pool: try row["pool_id"],
            tender: try row["tender_id"], state: try row["state"], reason: try row["reason"],
            expectedOn: try row["expected_on"], createdAt: try row["created_at"], sentAt: try row["sent_at"],
            version: try row["version"], serial: try row["serial"])
    }

    /// The subject of its audit events.
    var subject: String { "order \(id)" }
}

extension PurchaseOrderLine {
    static let columns: SQL = """
        line_number, product_id, article_id, pack_size, pack_price, packs_ordered, packs_confirmed, packs_received,
        packs_cancelled, route, external_code, reason
        """

    init(_ row: Row) throws {
        self.init(
            number: try row["line_number"], product: try row["product_id"], article: try row["article_id"],
            packSize: try row["pack_size"], packPrice: try row["pack_price"], packsOrdered: try row["packs_ordered"],
            packsConfirmed: try row["packs_confirmed"], packsReceived: try row["packs_received"],
            packsCancelled: try row["packs_cancelled"], route: try row["route"], externalCode: try row["external_code"],
            reason: try row["reason"])
    }
}
