import Formulary
import Identity
import Parties
import Postgres
import Prices
import Primitives

/// The operations of prices.
public enum PricesRoutes {
    public static let endpoints: [Endpoint] = readings + commands

    private static let tag = Phrase("价格", "Prices")

    private static func codes(_ codes: PricesRefusalCode...) -> [any RefusalCode] { codes }

    // MARK: - Readings

    private static let readings: [Endpoint] = [
        .reading(
            "prices.on-day", "/articles/{articleID:number}/prices", tag: tag,
            summary: Phrase("某日有效的价格及执行价", "The prices of an article that hold on a day, and the one that rules"),
            query: [
                .day("day", Phrase("日期，默认今天", "The day, today unless told")),
                .integer("supplier", Phrase("供应商", "The supplier to buy from; a supplier's person asks for their own")),
            ], refusals: [FormularyRefusalCode.articleUnknown], answer: PricesOnDay.self
        ) { call, transaction in
            let article = try ProductsStore(transaction).article(try call.number("articleID"))
            return try PriceReadings(transaction).prices(
                of: article.id, from: call.query(number: "supplier"), on: call.query(day: "day") ?? call.today,
                for: call.principal)
        },
        .reading(
            "prices.history", "/articles/{articleID:number}/price-history", tag: tag,
            summary: Phrase("价格记录，新的在前", "Every price ever recorded of an article, the last recorded first"),
            query: .paging, refusals: [FormularyRefusalCode.articleUnknown], answer: PageOf<Price>.self
        ) { call, transaction in
            let page = try call.page()
            let article = try ProductsStore(transaction).article(try call.number("articleID"))
            let prices = try PriceReadings(transaction).history(
                of: article.id, after: try .after(page), limit: page.limit + 1, for: call.principal)
            return PageOf(prices, of: page) { [$0.recordedAt.description, $0.kind.rawValue, $0.id.description] }
        },
        .reading(
            "prices.changes", "/price-changes", tag: tag,
            summary: Phrase("两日之间的价格变化", "What differs between the prices of two days, by article"),
            query: [
                .day("from", Phrase("较早一日", "The day before the changes"), isRequired: true),
                .day("to", Phrase("较晚一日，默认今天", "The day after the changes, today unless told")),
                .choice("kind", PriceKind.self, Phrase("价格种类", "Only prices of this kind")),
            ] + .paging, answer: PageOf<PriceChanges>.self
        ) { call, transaction in
            let page = try call.page()
            let found = try PriceReadings(transaction).changes(
                from: call.query(day: "from") ?? call.today, to: call.query(day: "to") ?? call.today,
                kind: call.query(choice: "kind"), after: try page.afterNumber().map { ArticleID($0) },
                limit: page.limit + 1, for: call.principal)
            let shown = PageOf(found, of: page) { [String($0.article.rawValue)] }
            return PageOf(items: shown.items.filter { !$0.changes.isEmpty }, next: shown.next)
        },
        .reading(
            "prices.platforms", "/price-platforms", tag: tag,
            summary: Phrase("省级采购平台及本医联体所选", "The provinces' platforms, the consortium's own marked"),
            answer: PageOf<BuyingPlatform>.self
        ) { call, transaction in
            PageOf(items: try PriceReadings(transaction).platforms(for: call.principal), next: nil)
        },
    ]

    // MARK: - Commands

    private static let officers: Set<Role> = [.procurementOfficer]

    private static let commands: [Endpoint] = [
        .command(
            "prices.choose-platform", "/price-platforms/choice", tag: tag,
            summary: Phrase("选定采购平台", "Says on which platform the consortium buys"), roles: officers,
            refusals: codes(.platformUnknown), body: PlatformBody.self, answer: BuyingPlatform.self
        ) { call, transaction in
            try ChoosePlatform(platform: call.body.platform).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "prices.import", "/price-imports", tag: tag,
            summary: Phrase(
                "导入平台挂网价或最高限价（先整体检查）",
                "Imports a list of listed or ceiling prices: checked whole, changing nothing unless sound or accepted"),
            roles: officers,
            refusals: codes(.sourceMissing, .reasonMissing, .platformNotChosen, .columnsUnusable)
                + [
                    FormularyRefusalCode.catalogNotUTF8, FormularyRefusalCode.catalogTooLarge,
                    FormularyRefusalCode.catalogQuoteOpen, FormularyRefusalCode.catalogQuoteMisplaced,
                    FormularyRefusalCode.catalogEmpty,
                ], body: PriceListBody.self, answer: PriceListReport.self
        ) { call, transaction in
            try ImportPrices(
                kind: call.body.kind, source: call.body.source, csv: Array(call.body.csv.utf8),
                acceptingTheRest: call.body.acceptTheRest ?? false, correctionReason: call.body.correctionReason
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "prices.record-contract", "/contract-prices", tag: tag,
            summary: Phrase("登记合同价", "Records the prices of a contract, all or none"), roles: officers,
            refusals: codes(
                .sourceMissing, .reasonMissing, .linesInvalid, .priceInvalid, .periodInvalid, .aboveCeiling, .overlaps)
                + [
                    PartiesRefusalCode.companyUnknown, PartiesRefusalCode.notASupplier, FormularyRefusalCode.articleUnknown,
                ], creates: true, body: ContractPricesBody.self, answer: PageOf<Price>.self
        ) { call, transaction in
            let prices = try RecordContractPrices(
                company: call.body.company, source: call.body.source, lines: call.body.lines,
                correctionReason: call.body.correctionReason
            ).run(in: transaction, by: call.principal, at: call.now)
            return PageOf(items: prices, next: nil)
        },
        .command(
            "prices.end", "/price-endings", tag: tag,
            summary: Phrase("提前终止价格（撤网、合同终止等）", "Ends a price earlier than it says"), roles: officers,
            refusals: codes(.reasonMissing, .priceUnknown, .periodInvalid), body: PriceEndingBody.self, answer: PriceEnding.self
        ) { call, transaction in
            let body = call.body
            try EndPrice(kind: body.kind, price: body.price, lastDay: body.lastDay, reason: body.reason)
                .run(in: transaction, by: call.principal, at: call.now)
            return PriceEnding(kind: body.kind, price: body.price, lastDay: body.lastDay)
        },
    ]
}
