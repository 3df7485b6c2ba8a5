import Audit
import Identity
import PooledProcurement
public import Postgres
public import Primitives
import StockLedger

/// Sends packs of a received shipment's line back to the supplier: what is held back of the batch goes first, then what is usable.
///
/// The order stays received as it was; what is needed instead is ordered anew.
public struct ReturnGoods: Sendable {
    public var returned: SupplierReturnID
    public var shipment: ShipmentID
    public var line: Int
    public var packs: Int64
    public var reason: String

    public init(returned: SupplierReturnID, shipment: ShipmentID, line: Int, packs: Int64, reason: String) {
        self.returned = returned
        self.shipment = shipment
        self.line = line
        self.packs = packs
        self.reason = reason
    }

    /// - Throws: `IdentityRefusal` for anyone but a storekeeper of the facility; ``DistributionRefusal``: an unknown shipment, one
    ///   that is not received, no such line, no reason, more than was accepted and has not gone back; `StockLedgerRefusal` when
    ///   less is there, or it is held still.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> SupplierReturn {
        try principal.require(oneOf: [.storekeeper])
        let shipments = ShipmentStore(transaction, principal.consortium)
        try shipments.lockDeliveries(of: try shipments.shipment(shipment).order)
        let sent = try shipments.locked(shipment)
        try principal.requireFacility(sent.facility)
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw DistributionRefusal(.reasonRequired, "why the goods go back", field: "reason")
        }
        let receipts = GoodsReceiptStore(transaction, principal.consortium)
        guard let receipt = try receipts.receipt(of: shipment) else {
            throw DistributionRefusal(.wrongState, "shipment \(sent.number) is \(sent.state.rawValue)")
        }
        guard let found = try receipts.receipt(receipt).lines.first(where: { $0.shipmentLine == line }) else {
            throw DistributionRefusal(.linesInvalid, "line \(line)", field: "line")
        }
        let store = SupplierReturnStore(transaction, principal.consortium)
        let left = found.accepted - (try store.packsReturned(of: shipment, line: line))
        guard packs > 0, packs <= left else {
            throw DistributionRefusal(.moreThanReceived, "\(packs) of \(left) packs", field: "packs")
        }
        let units = BaseUnits(found.acceptedUnits.rawValue / found.accepted * packs)
        let movement = try SendBackStock(
            store: sent.store,
            batch: BatchKey(
                article: found.article, product: found.product, batchNumber: found.batchNumber, expiresOn: found.expiresOn),
            quantity: units, reason: reason, document: SupplierReturn.document(returned), requestID: returned.rawValue
        ).run(in: transaction, by: principal, at: now)
        let ordered = try OrderReadings(transaction).order(sent.order, of: principal.consortium).lines
        guard let price = ordered.first(where: { $0.number == found.orderLine })?.packPrice else {
            throw DistributionRefusal(.linesInvalid, "line \(line)", field: "line")
        }
        try store.add(
            returned, number: try store.nextNumber(year: now.businessDay.year), of: sent, found, packs: packs, units: units,
            packPrice: price, reason: reason, movement: movement, by: principal.person, at: now)
        guard let goods = try store.supplierReturn(returned) else { throw ColumnMismatch(expected: "return_id") }
        try AuditTrail(transaction).append(
            "distribution.return-goods", subject: goods.subject, by: principal, at: now,
            detail: ["shipment": shipment.description, "line": String(line), "packs": String(packs), "reason": reason])
        return goods
    }
}
