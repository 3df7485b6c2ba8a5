import Audit
import Formulary
import Identity
public import PooledProcurement
public import Postgres
public import Primitives

/// Announces goods of an order that a supplier has sent, batch by batch. An order may be delivered in many shipments.
public struct AnnounceShipment: Sendable {
    /// Packs of one batch for one line of the order.
    public struct Line: Sendable, Hashable {
        public var orderLine: Int
        public var article: ArticleID
        public var batchNumber: String
        public var expiresOn: CalendarDate
        public var packs: Int64

        public init(orderLine: Int, article: ArticleID, batchNumber: String, expiresOn: CalendarDate, packs: Int64) {
            self.orderLine = orderLine
            self.article = article
            self.batchNumber = batchNumber
            self.expiresOn = expiresOn
            self.packs = packs
        }
    }

    public static let linesMax = 500
    /// The most packs of one line.
    public static let packsMax: Int64 = 1_000_000_000

    public var shipment: ShipmentID
    public var order: OrderID
    public var deliveryNote: String
    public var shippedOn: CalendarDate
    public var expectedOn: CalendarDate
    public var lines: [Line]

    public init(
        shipment: ShipmentID, order: OrderID, deliveryNote: String, shippedOn: CalendarDate, expectedOn: CalendarDate,
        lines: [Line]
    ) {
        self.shipment = shipment
        self.order = order
        self.deliveryNote = deliveryNote
        self.shippedOn = shippedOn
        self.expectedOn = expectedOn
        self.lines = lines
    }

    /// - Throws: `IdentityRefusal` for anyone but the supplier's people; `PooledProcurementRefusal` for an order that is not
    ///   theirs; ``DistributionRefusal``: an order that is not to be delivered, the delivery note, days, lines, more packs
    ///   than are open and not on their way; `FormularyRefusal` for an unknown article.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Shipment {
        try principal.require(oneOf: [.supplier])
        let store = ShipmentStore(transaction, principal.consortium)
        let visible = try OrderReadings(transaction).order(order, for: principal).order
        try principal.requireCompany(visible.company)
        try store.lockDeliveries(of: order)
        let ordered = try OrderReadings(transaction).order(order, of: principal.consortium)
        guard ordered.order.state.after(.receiveSome) != nil else {
            throw DistributionRefusal(.orderNotDeliverable, "\(ordered.order.number) is \(ordered.order.state.rawValue)")
        }
        try check(today: now.businessDay)
        try checkArticles(in: transaction)
        try check(against: ordered.lines, onTheirWay: try store.packsOnTheirWay(for: order))
        let announced = Shipment(
            id: shipment, number: try store.nextNumber(year: now.businessDay.year), order: order, company: ordered.order.company,
            facility: ordered.order.facility, store: ordered.order.store, state: .announced, deliveryNote: deliveryNote.trimmed,
            shippedOn: shippedOn, expectedOn: expectedOn, announcedAt: now, reason: "",
            lines: lines.enumerated().map { number, line in
                ShipmentLine(
                    number: number + 1, orderLine: line.orderLine, article: line.article, batchNumber: line.batchNumber.trimmed,
                    expiresOn: line.expiresOn, packs: line.packs)
            })
        try store.add(announced, by: principal.person)
        try AuditTrail(transaction).append(
            "distribution.announce-shipment", subject: announced.subject, by: principal, at: now,
            detail: ["order": order.description, "deliveryNote": announced.deliveryNote, "lines": String(lines.count)])
        return announced
    }

    /// What can be decided without the order. Pure.
    func check(today: CalendarDate) throws(DistributionRefusal) {
        guard (1...60).contains(deliveryNote.trimmed.count), deliveryNote.trimmed.isPrintable else {
            throw DistributionRefusal(.deliveryNoteInvalid, "1 to 60 printable characters", field: "deliveryNote")
        }
        guard shippedOn <= today else {
            throw DistributionRefusal(.datesInvalid, "shipped on \(shippedOn), today is \(today)", field: "shippedOn")
        }
        guard shippedOn <= expectedOn else {
            throw DistributionRefusal(.datesInvalid, "expected on \(expectedOn), before \(shippedOn)", field: "expectedOn")
        }
        guard (1...Self.linesMax).contains(lines.count) else {
            throw DistributionRefusal(.linesInvalid, "1 to \(Self.linesMax) lines", field: "lines")
        }
        var seen: Set<Line> = []
        for (number, line) in lines.enumerated() {
            let field = "lines[\(number)]"
            guard (1...Self.packsMax).contains(line.packs) else {
                throw DistributionRefusal(.linesInvalid, "\(line.packs) packs", field: "\(field).packs")
            }
            let batch = line.batchNumber.trimmed
            guard (1...40).contains(batch.count), batch.isPrintable else {
                throw DistributionRefusal(.linesInvalid, "a batch number has 1 to 40 characters", field: "\(field).batchNumber")
            }
            var key = line
            key.packs = 0
            key.batchNumber = batch
            guard seen.insert(key).inserted else {
                throw DistributionRefusal(.linesInvalid, "batch \(batch) stands twice", field: field)
            }
        }
    }

    private func checkArticles(in transaction: Transaction) throws {
        let known = try ProductsStore(transaction).articles(lines.map(\.article))
        for (number, line) in lines.enumerated() where known[line.article] == nil {
            throw FormularyRefusal(.articleUnknown, "article \(line.article)", field: "lines[\(number)].article")
        }
    }

    /// Nothing is shipped that is not open, counting what is on its way already. Pure.
    func check(
        against ordered: [PurchaseOrderLine], onTheirWay: [Int: Int64]
    ) throws(DistributionRefusal) {
        let packs = Dictionary(lines.map { ($0.orderLine, $0.packs) }, uniquingKeysWith: +)
        for (number, line) in lines.enumerated() {
            guard let wanted = ordered.first(where: { $0.number == line.orderLine }) else {
                throw DistributionRefusal(
                    .linesInvalid, "the order has no line \(line.orderLine)", field: "lines[\(number)].orderLine")
            }
            let free = wanted.packsOpen - (onTheirWay[line.orderLine] ?? 0)
            guard packs[line.orderLine] ?? 0 <= free else {
                throw DistributionRefusal(
                    .moreThanOpen,
                    "line \(line.orderLine): \(packs[line.orderLine] ?? 0) packs, \(max(0, free)) open and not on their way",
                    field: "lines[\(number)].packs")
            }
        }
    }
}
