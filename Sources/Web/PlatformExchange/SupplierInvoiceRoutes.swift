import Outbox
import PlatformExchange
import Postgres
import Primitives

/// What suppliers invoice through platforms, as people decide about it and pay it.
public enum SupplierInvoiceRoutes {
    private static let tag = Phrase("省平台交换", "Platform exchange")
    private static let watchers: Set<Role> = [.procurementOfficer, .supervisor, .auditor]
    private static let platform = QueryParameter.text("platform", Phrase("平台代码", "The platform's code"), isRequired: true)

    public static let endpoints: [Endpoint] = [
        .reading(
            "platform-exchange.invoices", "/platform-exchange/invoices", tag: tag,
            summary: Phrase("平台上的供应商发票，新的在前", "Suppliers' invoices at a platform, newest first"), roles: watchers,
            query: [platform, .choice("state", InvoiceState.self, Phrase("状态", "Only in this state"))] + .paging,
            answer: PageOf<SupplierInvoice>.self
        ) { call, transaction in
            let page = try call.page()
            let found = try readings(call, transaction).invoices(
                at: call.query("platform") ?? "", in: call.query(choice: "state"),
                before: try page.afterNumber().map { SupplierInvoiceID($0) }, limit: page.limit + 1)
            return PageOf(found, of: page) { ["\($0.id)"] }
        },
        .reading(
            "platform-exchange.invoice", "/platform-exchange/invoices/{invoiceID:number}", tag: tag,
            summary: Phrase(
                "一张发票：明细、订单价、验收数与不符之处", "An invoice: its lines, what was ordered and accepted of them, and what differs"),
            roles: watchers, query: [platform], refusals: [PlatformExchangeRefusalCode.invoiceUnknown],
            answer: SupplierInvoiceDetail.self
        ) { call, transaction in
            try readings(call, transaction).invoice(try call.number("invoiceID"), at: call.query("platform") ?? "")
        },
        .command(
            "platform-exchange.decide-invoice", "/platform-exchange/invoices/{invoiceID:number}/decision", tag: tag,
            summary: Phrase("对不符的发票作出决定：仍予验收或不予验收", "Accepts an invoice that does not match all the same, or does not"),
            roles: [.procurementOfficer, .supervisor],
            refusals: [
                PlatformExchangeRefusalCode.invoiceUnknown, PlatformExchangeRefusalCode.invoiceDecided,
                PlatformExchangeRefusalCode.reasonMissing,
            ], body: InvoiceDecisionBody.self, answer: SupplierInvoiceDetail.self
        ) { call, transaction in
            try DecideInvoice(
                try call.number("invoiceID"), at: call.body.platform, call.body.decision, reason: call.body.reason
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "platform-exchange.pay-invoices", "/platform-exchange/payments", tag: tag,
            summary: Phrase("登记已验收发票的付款：确认付款或生成结算单", "Says that accepted invoices are paid: a confirmation each, or a settlement"),
            roles: [.supervisor],
            refusals: [
                PlatformExchangeRefusalCode.invoicesInvalid, PlatformExchangeRefusalCode.invoiceUnknown,
                PlatformExchangeRefusalCode.invoiceNotAccepted, PlatformExchangeRefusalCode.invoicePaid,
                PlatformExchangeRefusalCode.payerAccepted, PlatformExchangeRefusalCode.deliveriesNotSettled,
            ], body: PaymentBody.self, answer: PageOf<SupplierInvoice>.self
        ) { call, transaction in
            let paid = try PayInvoices(call.body.invoices, at: call.body.platform)
                .run(in: transaction, by: call.principal, at: call.now)
            return PageOf(items: paid, next: nil)
        },
        .reading(
            "platform-exchange.settlements", "/platform-exchange/settlements", tag: tag,
            summary: Phrase("平台结算单，新的在前", "Settlements at a platform, newest first"), roles: watchers, query: [platform],
            answer: PageOf<PlacedSettlement>.self
        ) { call, transaction in
            PageOf(items: try readings(call, transaction).settlements(at: call.query("platform") ?? "", limit: 1_000), next: nil)
        },
        .command(
            "platform-exchange.confirm-settlement", "/platform-exchange/settlements/{number}/confirmation", tag: tag,
            summary: Phrase("在平台页面上看到结算单已提交或已审核", "Somebody has seen on the platform how a settlement stands"),
            roles: [.supervisor],
            refusals: [
                PlatformExchangeRefusalCode.settlementUnknown, PlatformExchangeRefusalCode.settlementNotConfirmable,
                OutboxRefusalCode.messageNotFailed,
            ], body: SettlementConfirmationBody.self, answer: PlacedSettlement.self
        ) { call, transaction in
            try ConfirmSettlement(call.text("number"), at: call.body.platform, is: call.body.state)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .reading(
            "platform-exchange.agreed-quantities", "/tenders/{tenderID:uuid}/agreed-quantities", tag: tag,
            summary: Phrase("约定采购量完成情况，按平台已验收计", "What was agreed in a tender, ordered, and accepted at platforms"),
            roles: watchers,
            answer: PageOf<AgreedQuantity>.self
        ) { call, transaction in
            PageOf(items: try readings(call, transaction).agreedQuantities(of: try call.id("tenderID")), next: nil)
        },
        .reading(
            "platform-exchange.placed-return", "/supplier-returns/{returnID:uuid}/platforms", tag: tag,
            summary: Phrase("退货单在各省平台的状态", "How platforms have a return"), roles: watchers.union([.storekeeper]),
            answer: PageOf<PlacedReturn>.self
        ) { call, transaction in
            PageOf(items: try readings(call, transaction).placedReturns(of: try call.id("returnID")), next: nil)
        },
    ]

    private static func readings(_ call: Call<NoBody>, _ transaction: Transaction) -> ExchangeReadings {
        ExchangeReadings(transaction, of: call.principal.consortium)
    }
}
