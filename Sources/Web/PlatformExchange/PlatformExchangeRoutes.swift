import Outbox
import PlatformExchange
import PooledProcurement
import Postgres
import Primitives

/// The exchange with provincial platforms, as people watch it and decide about it.
public enum PlatformExchangeRoutes {
    private static let tag = Phrase("省平台交换", "Platform exchange")
    private static let watchers: Set<Role> = [.procurementOfficer, .supervisor, .auditor]
    private static let deciders: Set<Role> = [.procurementOfficer, .supervisor]
    private static let platform = QueryParameter.text("platform", Phrase("平台代码", "The platform's code"), isRequired: true)

    public static let endpoints: [Endpoint] = [
        .reading(
            "platform-exchange.accounts", "/platform-exchange/accounts", tag: tag,
            summary: Phrase("本联合体在各省平台的账户", "The consortium's accounts at platforms"), roles: watchers,
            answer: PageOf<PlatformAccountView>.self
        ) { call, transaction in
            PageOf(items: try readings(call, transaction).accounts().map(PlatformAccountView.init), next: nil)
        },
        .reading(
            "platform-exchange.status", "/platform-exchange/status", tag: tag,
            summary: Phrase("各平台未了结的消息：数量、结果不明、待人工、最早时间", "What is open at each platform, and since when"),
            roles: watchers, answer: PageOf<DestinationStatus>.self
        ) { call, transaction in
            PageOf(items: try OutboxReadings(transaction, of: call.principal.consortium).status(), next: nil)
        },
        .reading(
            "platform-exchange.failed", "/platform-exchange/failed-messages", tag: tag,
            summary: Phrase("被拒绝或已放弃的消息，待人工处理，旧的在前", "Messages that wait for a person, oldest first"), roles: watchers,
            query: .paging, answer: PageOf<FailedMessage>.self
        ) { call, transaction in
            let page = try call.page()
            let after = try page.afterNumber().map { OutboxMessageID($0) }
            let found = try OutboxReadings(transaction, of: call.principal.consortium).failed(after: after, limit: page.limit + 1)
            return PageOf(found.map(FailedMessage.init), of: page) { ["\($0.message)"] }
        },
        .command(
            "platform-exchange.decide", "/platform-exchange/messages/{messageID:number}/decision", tag: tag,
            summary: Phrase("重发（可更正）或作废一条失败的消息", "Lets a failed message go out again, corrected or not, or no more"),
            roles: deciders,
            refusals: [
                OutboxRefusalCode.messageUnknown, OutboxRefusalCode.messageNotFailed, OutboxRefusalCode.notCorrectable,
                OutboxRefusalCode.reasonMissing, HTTPRefusalCode.malformedJSON,
            ], body: FailedMessageDecisionBody.self, answer: FailedMessage.self
        ) { call, transaction in
            let id: OutboxMessageID = try call.number("messageID")
            try DecideMessage(id, try decision(call.body), reason: call.body.reason).run(
                in: transaction, by: call.principal, at: call.now)
            return FailedMessage(try OutboxReadings(transaction, of: call.principal.consortium).message(id))
        },
        .reading(
            "platform-exchange.placed-order", "/purchase-orders/{orderID:uuid}/platforms", tag: tag,
            summary: Phrase("订单在各省平台的状态", "How platforms have an order"),
            roles: watchers, refusals: [PooledProcurementRefusalCode.orderUnknown], answer: PageOf<PlacedOrder>.self
        ) { call, transaction in
            let order = try OrderReadings(transaction).order(try call.id("orderID"), for: call.principal).order
            return PageOf(items: try readings(call, transaction).placedOrders(number: order.number), next: nil)
        },
        .reading(
            "platform-exchange.exchanges", "/platform-exchange/exchanges", tag: tag,
            summary: Phrase("一份单据的全部往来报文（密钥已屏蔽）", "Every request about a document and its answer, secrets masked"), roles: watchers,
            query: [platform, .text("document", Phrase("单据号", "The document's number"), isRequired: true)],
            answer: PageOf<RecordedExchange>.self
        ) { call, transaction in
            let found = try readings(call, transaction).exchanges(
                of: call.query("document") ?? "", at: call.query("platform") ?? "", limit: 1_000)
            return PageOf(items: found, next: nil)
        },
        .reading(
            "platform-exchange.differences", "/platform-exchange/differences", tag: tag,
            summary: Phrase("与平台对账的未处理差异，旧的在前", "What differs from the platform and is not settled, oldest first"), roles: watchers,
            query: [platform], answer: PageOf<Difference>.self
        ) { call, transaction in
            PageOf(items: try readings(call, transaction).differences(at: call.query("platform") ?? "", limit: 1_000), next: nil)
        },
        .command(
            "platform-exchange.settle-difference", "/platform-exchange/differences/{differenceID:number}/settlement", tag: tag,
            summary: Phrase("差异已在线下处理", "A difference was settled outside the program"), roles: deciders,
            refusals: [PlatformExchangeRefusalCode.differenceUnknown, PlatformExchangeRefusalCode.reasonMissing],
            body: DifferenceSettlementBody.self, answer: PageOf<Difference>.self
        ) { call, transaction in
            try SettleDifference(try call.number("differenceID"), at: call.body.platform, reason: call.body.reason)
                .run(in: transaction, by: call.principal, at: call.now)
            let left = try ExchangeReadings(transaction, of: call.principal.consortium).differences(
                at: call.body.platform, limit: 1_000)
            return PageOf(items: left, next: nil)
        },
    ]

    private static func readings(_ call: Call<NoBody>, _ transaction: Transaction) -> ExchangeReadings {
        ExchangeReadings(transaction, of: call.principal.consortium)
    }

    private static func decision(_ body: FailedMessageDecisionBody) throws -> DecideMessage.Decision {
        if body.decision == .discard { return .discard }
        guard let corrected = body.corrected else { return .release(corrected: nil) }
        do throws(JSONSyntaxError) {
            return .release(corrected: JSONText(try JSONValue(parsing: corrected).text()))
        } catch {
            throw HTTPRefusal(.malformedJSON, error.description, field: "corrected")
        }
    }
}
