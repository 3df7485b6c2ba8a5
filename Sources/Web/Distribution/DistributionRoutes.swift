import Distribution
import Formulary
import Identity
import Parties
import PlatformExchange
import PooledProcurement
import Postgres
import Primitives
import StockLedger

/// The operations of shipments and goods receipts.
public enum DistributionRoutes {
    public static let endpoints: [Endpoint] = readings + commands

    static let tag = Phrase("配送与验收", "Shipments and receipts")

    private static func codes(_ codes: DistributionRefusalCode...) -> [any RefusalCode] { codes }

    // MARK: - Readings

    private static let readings: [Endpoint] = [
        .reading(
            "distribution.returns", "/shipments/{shipmentID:uuid}/returns", tag: tag,
            summary: Phrase("一张发货单的退货", "What of a shipment went back to its supplier"), refusals: codes(.shipmentUnknown),
            answer: PageOf<SupplierReturn>.self
        ) { call, transaction in
            let found = try DistributionReadings(transaction, for: call.principal).returns(of: try call.id("shipmentID"))
            return PageOf(items: found, next: nil)
        },
        .reading(
            "distribution.to-receive", "/stores/{storeID:number}/shipments-to-receive", tag: tag,
            summary: Phrase("待验收的发货单，先到的在前", "What is on its way to a store, the soonest first"), query: .paging,
            refusals: [PartiesRefusalCode.storeUnknown], answer: PageOf<Shipment>.self
        ) { call, transaction in
            let store = try PartiesStore(transaction).store(try call.number("storeID"), of: call.principal.consortium)
            let page = try call.page()
            var after: ShipmentID?
            if let keys = try page.afterKeys(1) {
                guard let id = ShipmentID(text: keys[0]) else { throw Cursor.foreign }
                after = id
            }
            let found = try DistributionReadings(transaction, for: call.principal)
                .toReceive(in: store.id, after: after, limit: page.limit + 1)
            return PageOf(found, of: page) { [$0.id.description] }
        },
        .reading(
            "distribution.shipments-of-order", "/purchase-orders/{orderID:uuid}/shipments", tag: tag,
            summary: Phrase("订单的全部发货单", "The shipments of an order, oldest first"), answer: PageOf<Shipment>.self
        ) { call, transaction in
            let order: OrderID = try call.id("orderID")
            return PageOf(items: try DistributionReadings(transaction, for: call.principal).shipments(of: order), next: nil)
        },
        .reading(
            "distribution.shipment", "/shipments/{shipmentID:uuid}", tag: tag,
            summary: Phrase("发货单", "A shipment with its batches"),
            refusals: codes(.shipmentUnknown), answer: Shipment.self
        ) { call, transaction in
            try DistributionReadings(transaction, for: call.principal).shipment(try call.id("shipmentID"))
        },
        .reading(
            "distribution.receipt", "/goods-receipts/{receiptID:uuid}", tag: tag,
            summary: Phrase("验收单", "What came of a shipment and what of it was accepted"), refusals: codes(.receiptUnknown),
            answer: GoodsReceipt.self
        ) { call, transaction in
            try DistributionReadings(transaction, for: call.principal).receipt(try call.id("receiptID"))
        },
        .reading(
            "distribution.performance", "/delivery-performance", tag: tag,
            summary: Phrase("供应商到货情况", "How suppliers delivered, counted by the day of the receipt"),
            query: [
                .day("from", Phrase("起始日", "The first day"), isRequired: true),
                .day("through", Phrase("截止日", "The last day"), isRequired: true),
            ],
            answer: PageOf<DeliveryPerformance>.self
        ) { call, transaction in
            let (from, through) = (call.query(day: "from") ?? call.today, call.query(day: "through") ?? call.today)
            return PageOf(
                items: try DistributionReadings(transaction, for: call.principal).performance(from: from, through: through),
                next: nil)
        },
    ]

    // MARK: - Commands

    private static let commands: [Endpoint] = [
        .command(
            "distribution.announce-shipment", "/shipments", tag: tag,
            summary: Phrase("登记发货", "Announces goods of an order that are on their way"), roles: [.supplier],
            refusals: [
                PooledProcurementRefusalCode.orderUnknown, IdentityRefusalCode.otherCompany, FormularyRefusalCode.articleUnknown,
            ]
                + codes(
                    .orderNotDeliverable, .deliveryNoteInvalid, .deliveryNoteAnnounced, .datesInvalid, .linesInvalid,
                    .moreThanOpen,
                    .documentIDTaken),
            creates: true, body: ShipmentBody.self, answer: Shipment.self
        ) { call, transaction in
            try AnnounceShipment(
                shipment: call.body.shipment ?? ShipmentID(call.requestID), order: call.body.order,
                deliveryNote: call.body.deliveryNote, shippedOn: call.body.shippedOn, expectedOn: call.body.expectedOn,
                lines: call.body.lines.map {
                    AnnounceShipment.Line(
                        orderLine: $0.orderLine, article: $0.article, batchNumber: $0.batchNumber, expiresOn: $0.expiresOn,
                        packs: $0.packs)
                }
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "distribution.cancel-shipment", "/shipments/{shipmentID:uuid}/cancellation", tag: tag,
            summary: Phrase("撤销发货单", "Takes back a notice before the goods are received"), roles: [.supplier],
            refusals: codes(.shipmentUnknown, .wrongState, .reasonRequired), body: ShipmentCancellationBody.self,
            answer: Shipment.self
        ) { call, transaction in
            try CancelShipment(shipment: try call.id("shipmentID"), reason: call.body.reason)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "distribution.receive", "/shipments/{shipmentID:uuid}/receipt", tag: tag,
            summary: Phrase("验收入库", "Receives a shipment: what is accepted becomes stock and counts against the order"),
            roles: [.storekeeper],
            refusals: [
                IdentityRefusalCode.otherFacility, PooledProcurementRefusalCode.orderWrongState,
                PooledProcurementRefusalCode.overDelivery, StockLedgerRefusalCode.quantityNotPositive,
                StockLedgerRefusalCode.frozen,
            ]
                + codes(
                    .shipmentUnknown, .wrongState, .alreadyReceived, .linesInvalid, .wrongArticle, .expired, .shortDated,
                    .temperatureMissing, .temperatureOutOfRange, .reasonRequired, .licenceInvalid, .secondPersonRequired,
                    .documentIDTaken),
            creates: true, body: GoodsReceiptBody.self, answer: GoodsReceipt.self
        ) { call, transaction in
            let received = try ReceiveGoods(
                receipt: call.body.receipt ?? GoodsReceiptID(call.requestID), shipment: try call.id("shipmentID"),
                lines: call.body.lines.map(\.inspected), secondPerson: call.body.secondPerson
            ).run(in: transaction, by: call.principal, at: call.now)
            try TellReceipt(received).run(in: transaction, for: call.principal.consortium, at: call.now)
            return received
        },
        .command(
            "distribution.return", "/shipments/{shipmentID:uuid}/returns", tag: tag,
            summary: Phrase("退货给供应商：出库并向平台申请", "Sends packs of a received shipment back to the supplier"),
            roles: [.storekeeper],
            refusals: [
                IdentityRefusalCode.otherFacility, StockLedgerRefusalCode.insufficientStock, StockLedgerRefusalCode.frozen,
                StockLedgerRefusalCode.batchHeld,
            ] + codes(.shipmentUnknown, .wrongState, .linesInvalid, .moreThanReceived, .reasonRequired, .documentIDTaken),
            creates: true, body: SupplierReturnBody.self, answer: SupplierReturn.self
        ) { call, transaction in
            let returned = try ReturnGoods(
                returned: call.body.returned ?? SupplierReturnID(call.requestID), shipment: try call.id("shipmentID"),
                line: call.body.line, packs: call.body.packs, reason: call.body.reason
            ).run(in: transaction, by: call.principal, at: call.now)
            try TellReturn(returned).run(in: transaction, for: call.principal.consortium, at: call.now)
            return returned
        },
    ]
}
