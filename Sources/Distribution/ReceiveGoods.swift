import Audit
import Formulary
import Identity
import Parties
import PooledProcurement
public import Postgres
public import Primitives
import StockLedger

/// Receives a shipment at the store it was sent to: the receipt, the stock and the order in one transaction, once.
public struct ReceiveGoods: Sendable {
    public var receipt: GoodsReceiptID
    public var shipment: ShipmentID
    /// Every line of the shipment once.
    public var lines: [InspectedLine]
    /// Who accepts controlled goods together with the receiver.
    public var secondPerson: PersonID?
    public var parameters: InspectionParameters

    public init(
        receipt: GoodsReceiptID, shipment: ShipmentID, lines: [InspectedLine], secondPerson: PersonID? = nil,
        parameters: InspectionParameters = .usual
    ) {
        self.receipt = receipt
        self.shipment = shipment
        self.lines = lines
        self.secondPerson = secondPerson
        self.parameters = parameters
    }

    /// - Throws: `IdentityRefusal` for anyone but a storekeeper of the facility; ``DistributionRefusal``: unknown, received or
    ///   cancelled already, lines that are not the shipment's, what ``Inspection`` refuses, an invalid licence, no second
    ///   person for controlled goods; `PooledProcurementRefusal` when the order was closed or holds less than is accepted.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> GoodsReceipt {
        try principal.require(oneOf: [.storekeeper])
        let shipments = ShipmentStore(transaction, principal.consortium)
        try shipments.lockDeliveries(of: try shipments.shipment(shipment).order)
        let sent = try shipments.locked(shipment)
        try principal.requireFacility(sent.facility)
        let next = try sent.state.after(.receive)
        let inspected = try inspect(sent, in: transaction, principal, today: now.businessDay)

        let movement = try recordStock(inspected, in: sent.store, transaction, principal, now)
        try recordOrder(inspected, of: sent, transaction, principal, now)
        let receipts = GoodsReceiptStore(transaction, principal.consortium)
        let received = GoodsReceipt(
            id: receipt, number: try receipts.nextNumber(year: now.businessDay.year), shipment: shipment, store: sent.store,
            receivedAt: now, receivedOn: now.businessDay, receiver: principal.person, secondPerson: secondPerson,
            movement: movement, lines: inspected)
        try receipts.add(received)
        try shipments.set(next, of: shipment, reason: "")
        try AuditTrail(transaction).append(
            "distribution.receive", subject: received.subject, by: principal, at: now,
            detail: [
                "shipment": shipment.description, "accepted": String(inspected.map(\.accepted).reduce(0, +)),
                "rejected": String(inspected.map(\.rejected).reduce(0, +)),
            ])
        return received
    }

    /// Reads what the rules need and inspects every line.
    private func inspect(
        _ sent: Shipment, in transaction: Transaction, _ principal: Principal, today: CalendarDate
    ) throws -> [GoodsReceiptLine] {
        let found = Dictionary(lines.map { ($0.shipmentLine, $0) }, uniquingKeysWith: { first, _ in first })
        guard found.count == lines.count, Set(found.keys) == Set(sent.lines.map(\.number)) else {
            throw DistributionRefusal(.linesInvalid, "each of the shipment's \(sent.lines.count) lines once", field: "lines")
        }
        let products = ProductsStore(transaction)
        let articles = try products.articles(sent.lines.map(\.article))
        let known = try products.products(articles.values.map(\.product))
        let ordered = try OrderReadings(transaction).order(sent.order, of: principal.consortium).lines
        let inspection = Inspection(parameters: parameters, today: today)
        let inspected = try sent.lines.map { line in
            guard let look = found[line.number], let wanted = ordered.first(where: { $0.number == line.orderLine }),
                let product = articles[line.article].flatMap({ known[$0.product] })
            else { throw DistributionRefusal(.linesInvalid, "line \(line.number)", field: "lines") }
            let index = lines.firstIndex { $0.shipmentLine == line.number } ?? 0
            return try inspection.inspect(look, of: line, ordered: wanted, product: product, field: "lines[\(index)]")
        }
        let accepted = inspected.filter { $0.accepted > 0 }.compactMap { known[$0.product] }
        try requireLicences(of: sent.company, for: accepted, in: transaction, today: today)
        if accepted.contains(where: \.needsTwoReceivers) {
            try requireSecondPerson(of: sent.facility, in: transaction, principal)
        }
        return inspected
    }

    private func requireLicences(
        of company: CompanyID, for products: [Product], in transaction: Transaction, today: CalendarDate
    ) throws {
        let licences = try PartiesStore(transaction).licences(of: company)
        for product in products where !licences.allowDelivery(of: product.kind, on: today) {
            throw DistributionRefusal(.licenceInvalid, "company \(company), \(product.label), on \(today)")
        }
    }

    private func requireSecondPerson(of facility: FacilityID, in transaction: Transaction, _ principal: Principal) throws {
        let people = try People(transaction).all(of: principal.consortium)
        guard let second = people.first(where: { $0.id == secondPerson }), second.id != principal.person,
            second.facility == facility
        else {
            throw DistributionRefusal(.secondPersonRequired, "another person of facility \(facility)", field: "secondPerson")
        }
    }

    private func recordStock(
        _ inspected: [GoodsReceiptLine], in store: StoreID, _ transaction: Transaction, _ principal: Principal, _ now: Instant
    ) throws -> MovementID? {
        var units: [BatchKey: BaseUnits] = [:]
        for line in inspected where line.accepted > 0 {
            let batch = BatchKey(
                article: line.article, product: line.product, batchNumber: line.batchNumber, expiresOn: line.expiresOn)
            units[batch, default: .zero] += line.acceptedUnits
        }
        guard !units.isEmpty else { return nil }
        let batches = units.sorted {
            ($0.key.article, $0.key.batchNumber, $0.key.expiresOn) < ($1.key.article, $1.key.batchNumber, $1.key.expiresOn)
        }
        do {
            return try ReceiveStock(
                store: store, lines: batches.map { BatchQuantity(batch: $0.key, quantity: $0.value) }, from: .supplier,
                document: GoodsReceipt.document(receipt), requestID: receipt.rawValue
            ).run(in: transaction, by: principal, at: now)
        } catch let refusal as StockLedgerRefusal where refusal.code == .alreadyRecorded {
            throw DistributionRefusal(.documentIDTaken, "receipt \(receipt)", field: "receiptID")
        }
    }

    /// Only what was accepted counts against the order; what was rejected or did not come stays open.
    private func recordOrder(
        _ inspected: [GoodsReceiptLine], of sent: Shipment, _ transaction: Transaction, _ principal: Principal, _ now: Instant
    ) throws {
        let packs = Dictionary(inspected.map { ($0.orderLine, $0.accepted) }, uniquingKeysWith: +)
        for (line, accepted) in packs.sorted(by: { $0.key < $1.key }) where accepted > 0 {
            try RecordAccepted(order: sent.order, line: line, packs: accepted).run(in: transaction, by: principal, at: now)
        }
    }
}
