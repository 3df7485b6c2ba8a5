import Formulary
import Identity
import Parties
import PlatformExchange
import PooledProcurement
import Postgres
import Primitives

extension PooledProcurementRoutes {
    private static let ordersTag = Phrase("采购订单", "Purchase orders")

    // MARK: - Orders, read

    static let orderReadings: [Endpoint] = [
        .reading(
            "pooled-procurement.orders", "/purchase-orders", tag: ordersTag,
            summary: Phrase("订单，新的在前；供应商只见已发出的本企业订单", "Orders, newest first; to a supplier, its own once sent"),
            query: [
                .choice("state", OrderState.self, Phrase("状态", "Only those in this state")),
                .integer("company", Phrase("供应商", "Only those of this supplier")),
                .integer("facility", Phrase("机构", "Only those delivered to this facility")),
                .integer("store", Phrase("库房", "Only those delivered to this store")),
                .document("pool", Phrase("汇总单", "Only those of this pool")),
            ] + .paging, answer: PageOf<OrderSummary>.self
        ) { call, transaction in
            let page = try call.page()
            let filter = OrderFilter(
                state: call.query(choice: "state"), company: call.query(number: "company"),
                facility: call.query(number: "facility"),
                store: call.query(number: "store"), pool: call.query(id: "pool"))
            let orders = try OrderReadings(transaction).orders(
                filter, after: try page.afterNumber(), limit: page.limit + 1, for: call.principal)
            return PageOf(orders, of: page) { [String($0.order.serial)] }
        },
        .reading(
            "pooled-procurement.order-counts", "/purchase-order-counts", tag: ordersTag,
            summary: Phrase("各状态订单数", "How many orders there are in each state"), answer: PageOf<OrderCount>.self
        ) { call, transaction in
            let counts = try OrderReadings(transaction).counts(for: call.principal)
            return PageOf(items: OrderState.allCases.map { OrderCount(state: $0, count: counts[$0] ?? 0) }, next: nil)
        },
        .reading(
            "pooled-procurement.order", "/purchase-orders/{orderID:uuid}", tag: ordersTag,
            summary: Phrase("一个订单及其明细", "One order with its lines and what is open"), refusals: codes(.orderUnknown),
            answer: OrderDetail.self
        ) { call, transaction in
            try OrderReadings(transaction).order(try call.id("orderID"), for: call.principal)
        },
        .reading(
            "pooled-procurement.order-shares", "/purchase-orders/{orderID:uuid}/shares", tag: ordersTag,
            summary: Phrase("订单服务于哪些请领", "Which requisition lines the order serves"), refusals: codes(.orderUnknown),
            answer: PageOf<OrderLineShare>.self
        ) { call, transaction in
            PageOf(items: try OrderReadings(transaction).shares(of: try call.id("orderID"), for: call.principal), next: nil)
        },
        .reading(
            "pooled-procurement.order-changes", "/purchase-orders/{orderID:uuid}/changes", tag: ordersTag,
            summary: Phrase("变更记录", "What was changed since the order was made"), refusals: codes(.orderUnknown),
            answer: PageOf<OrderChange>.self
        ) { call, transaction in
            PageOf(items: try OrderReadings(transaction).changes(of: try call.id("orderID"), for: call.principal), next: nil)
        },
        .reading(
            "pooled-procurement.orders-at-risk", "/purchase-orders-at-risk", tag: ordersTag,
            summary: Phrase(
                "价格到期或变化前须发出的订单行", "Lines of orders that must be sent before a price ends or changes, or cannot be sent"),
            roles: [.procurementOfficer, .supervisor, .auditor],
            query: [.day("through", Phrase("截止日，默认三十天后", "The last day to look at, thirty days from now unless told"))] + .paging,
            answer: PageOf<OrderLineAtRisk>.self
        ) { call, transaction in
            let page = try call.page()
            let found = try OrdersAtRisk(transaction).lines(
                today: call.today, through: call.query(day: "through") ?? call.today.adding(days: 30),
                after: try page.afterNumber(), limit: page.limit, for: call.principal)
            return PageOf(items: found.lines, next: found.next.map { Cursor.encode([String($0)]) })
        },
        .reading(
            "pooled-procurement.on-order", "/stores/{storeID:number}/on-order", tag: ordersTag,
            summary: Phrase("在途订购量", "What is still to come to a store, by product"),
            refusals: [PartiesRefusalCode.storeUnknown, IdentityRefusalCode.otherFacility], answer: PageOf<OnOrderLine>.self
        ) { call, transaction in
            let store = try PartiesStore(transaction).store(try call.number("storeID"), of: call.principal.consortium)
            try call.principal.requireFacility(store.facility)
            let open = try OnOrder(transaction).quantities(for: store.id, of: call.principal.consortium)
            return PageOf(
                items: open.sorted { $0.key < $1.key }.map { OnOrderLine(product: $0.key, quantity: $0.value) }, next: nil)
        },
    ]

    // MARK: - Orders, changed

    static let orderCommands: [Endpoint] = [
        .command(
            "pooled-procurement.create-order", "/purchase-orders", tag: ordersTag,
            summary: Phrase("直接下单（应急、挂网等）", "Makes an order without a tender"), roles: [.procurementOfficer],
            refusals: codes(
                .storeNotOfFacility, .reasonMissing, .linesInvalid, .quantityInvalid, .priceInvalid, .idTaken,
                .externalCodeRepeated, .priceAboveCeiling, .priceDiffers, .priceNotOnRecord)
                + [
                    PartiesRefusalCode.companyUnknown, PartiesRefusalCode.notASupplier, PartiesRefusalCode.facilityUnknown,
                    PartiesRefusalCode.storeUnknown, FormularyRefusalCode.articleUnknown,
                ],
            creates: true, body: OrderBody.self, answer: OrderDetail.self
        ) { call, transaction in
            let body = call.body
            return try CreateOrder(
                id: body.order ?? OrderID(call.requestID), company: body.company, facility: body.facility, store: body.store,
                lines: body.lines, reason: body.reason
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "pooled-procurement.approve-order", "/purchase-orders/{orderID:uuid}/approval", tag: ordersTag,
            summary: Phrase("审批订单", "A supervisor's yes to a draft"), roles: [.supervisor],
            refusals: codes(.orderUnknown, .changedMeanwhile, .orderWrongState), body: OrderApprovalBody.self,
            answer: OrderDetail.self
        ) { call, transaction in
            try ApproveOrder(order: try call.id("orderID"), version: call.body.version)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "pooled-procurement.send-order", "/purchase-orders/{orderID:uuid}/dispatch", tag: ordersTag,
            summary: Phrase("发给供应商", "Sends an approved order to its supplier"), roles: [.procurementOfficer, .supervisor],
            refusals: codes(
                .orderUnknown, .orderWrongState, .licenceMissing, .priceAboveCeiling, .priceDiffers, .priceNotOnRecord),
            body: NoBody.self, answer: OrderDetail.self
        ) { call, transaction in
            let sent = try SendOrder(order: try call.id("orderID")).run(in: transaction, by: call.principal, at: call.now)
            try TellOrder(sent).run(in: transaction, for: call.principal.consortium, at: call.now)
            return sent
        },
        .command(
            "pooled-procurement.confirm-order", "/purchase-orders/{orderID:uuid}/confirmation", tag: ordersTag,
            summary: Phrase("供应商确认", "The supplier says what it will deliver"), roles: [.supplier],
            refusals: codes(.orderUnknown, .orderWrongState, .lineUnknown, .moreThanOrdered, .reasonMissing),
            body: OrderConfirmationBody.self, answer: OrderDetail.self
        ) { call, transaction in
            try ConfirmOrder(order: try call.id("orderID"), lines: call.body.lines, expectedOn: call.body.expectedOn)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "pooled-procurement.change-order", "/purchase-orders/{orderID:uuid}/changes", tag: ordersTag,
            summary: Phrase("变更订单；发出后须商定", "Changes lines; once sent, as agreed with the supplier"),
            roles: [.procurementOfficer],
            refusals: codes(
                .orderUnknown, .changedMeanwhile, .orderWrongState, .agreementMissing, .reasonMissing, .linesInvalid,
                .lineUnknown,
                .priceIsAwarded, .quantityInvalid, .priceInvalid, .lessThanReceived, .priceAboveCeiling, .priceDiffers,
                .priceNotOnRecord),
            body: OrderChangeBody.self, answer: OrderDetail.self
        ) { call, transaction in
            let changed = try ChangeOrder(
                order: try call.id("orderID"), version: call.body.version, changes: call.body.changes, reason: call.body.reason,
                agreedWith: call.body.agreedWith
            ).run(in: transaction, by: call.principal, at: call.now)
            try NoteChangedOrder(changed).run(in: transaction, for: call.principal.consortium, at: call.now)
            return changed
        },
        .command(
            "pooled-procurement.cancel-order", "/purchase-orders/{orderID:uuid}/cancellation", tag: ordersTag,
            summary: Phrase("取消订单；已收部分保留", "Gives an order up; what was received stays"),
            roles: [.procurementOfficer, .supervisor], refusals: codes(.orderUnknown, .reasonMissing, .orderWrongState),
            body: ReasonBody.self, answer: OrderDetail.self
        ) { call, transaction in
            let cancelled = try CancelOrder(order: try call.id("orderID"), reason: call.body.reason)
                .run(in: transaction, by: call.principal, at: call.now)
            try TellCancelledOrder(cancelled).run(in: transaction, for: call.principal.consortium, at: call.now)
            return cancelled
        },
        .command(
            "pooled-procurement.close-order", "/purchase-orders/{orderID:uuid}/closure", tag: ordersTag,
            summary: Phrase("关闭订单；未到部分取消", "Ends an order; an open remainder is cancelled with the reason"),
            roles: [.procurementOfficer, .supervisor], refusals: codes(.orderUnknown, .orderWrongState, .reasonMissing),
            body: ReasonBody.self, answer: OrderDetail.self
        ) { call, transaction in
            let closed = try CloseOrder(order: try call.id("orderID"), reason: call.body.reason)
                .run(in: transaction, by: call.principal, at: call.now)
            if closed.lines.contains(where: { $0.packsCancelled > 0 }) {
                try NoteChangedOrder(closed).run(in: transaction, for: call.principal.consortium, at: call.now)
            }
            return closed
        },
    ]
}
