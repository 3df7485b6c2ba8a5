import Formulary
import Postgres
import Primitives

/// A file of articles as text, as the next edition of a catalogue. The caller may choose the edition's id.
struct EditionProposalBody: Codable, Sendable {
    let edition: EditionID?
    /// The catalogue's name.
    let catalogue: String
    /// Which edition it is: `2025`, `2025-03`.
    let label: String
    /// From which day it holds; today unless told.
    let validFrom: CalendarDate?
    let csv: String
    /// Columns whose blanks take the value above, as below merged cells.
    let fillDown: [String]?
}

struct EditionAcceptanceBody: Codable, Sendable {
    /// Whether it is accepted although rows of its file cannot be used; no unless told.
    let acceptTheRest: Bool?
}

/// What the accepted editions said about an article, the last first.
struct ArticleHistoryView: Codable, Sendable {
    let article: Article
    let statements: [ArticleStatement]
}

extension FormularyRoutes {
    // MARK: - Editions

    static let editions: [Endpoint] = [
        .command(
            "formulary.propose-edition", "/catalogue-editions", tag: tag,
            summary: Phrase("提交目录新一版并比对（尚不生效）", "Compares the next edition of a catalogue, and changes nothing yet"),
            roles: keepers,
            refusals: ofFiles
                + codes(.editionNameMissing, .textTooLong, .editionNotOfArticles, .editionExists, .editionOutOfOrder),
            creates: true, body: EditionProposalBody.self, answer: EditionProposal.self
        ) { call, transaction in
            let body = call.body
            return try ProposeEdition(
                id: body.edition ?? EditionID(call.requestID), catalogue: body.catalogue, label: body.label,
                validFrom: body.validFrom ?? call.today, source: .bytes(Array(body.csv.utf8)), encoding: .utf8,
                fillingDown: Set(body.fillDown ?? [])
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "formulary.accept-edition", "/catalogue-editions/{editionID:uuid}/acceptance", tag: tag,
            summary: Phrase("采用这一版", "Does what a compared edition says"), roles: keepers,
            refusals: codes(
                .editionUnknown, .editionNotProposed, .editionOvertaken, .editionNotBegun, .editionHasUnusableRows),
            body: EditionAcceptanceBody.self, answer: CatalogueEdition.self
        ) { call, transaction in
            try AcceptEdition(
                edition: try call.id("editionID"), acceptingTheRest: call.body.acceptTheRest ?? false
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "formulary.discard-edition", "/catalogue-editions/{editionID:uuid}/discarding", tag: tag,
            summary: Phrase("放弃这一版", "Puts a compared edition aside"), roles: keepers,
            refusals: codes(.editionUnknown, .editionNotProposed), body: NoBody.self, answer: CatalogueEdition.self
        ) { call, transaction in
            try DiscardEdition(edition: try call.id("editionID")).run(in: transaction, by: call.principal, at: call.now)
        },
        .reading(
            "formulary.editions", "/catalogue-editions", tag: tag,
            summary: Phrase("目录的各版，新的在前", "Editions of catalogues, newest first"),
            query: [.text("catalogue", Phrase("只看这个目录", "Only of this catalogue"))] + .paging,
            answer: PageOf<CatalogueEdition>.self
        ) { call, transaction in
            let page = try call.page()
            let editions = try EditionsStore(transaction).editions(
                of: call.query("catalogue"), before: try page.afterNumber(), limit: page.limit + 1)
            return PageOf(editions, of: page) { ["\($0.sequence)"] }
        },
        .reading(
            "formulary.edition", "/catalogue-editions/{editionID:uuid}", tag: tag,
            summary: Phrase("目录的一版", "An edition of a catalogue"), refusals: codes(.editionUnknown),
            answer: CatalogueEdition.self
        ) { call, transaction in
            try EditionsStore(transaction).edition(try call.id("editionID"))
        },
        .reading(
            "formulary.edition-changes", "/catalogue-editions/{editionID:uuid}/changes", tag: tag,
            summary: Phrase("这一版新增、变更、撤出和调价的规格", "What an edition adds, changes, withdraws and prices otherwise"),
            query: [
                .choice("change", EditionChangeKind.self, Phrase("只看这种变动", "Only changes of this kind")),
                .flag("priceOnly", Phrase("只看调价", "Only where the price differs")),
            ] + .paging,
            refusals: codes(.editionUnknown), answer: PageOf<EditionChange>.self
        ) { call, transaction in
            let (page, store) = (try call.page(), EditionsStore(transaction))
            let edition = try store.edition(try call.id("editionID"))
            let changes = try store.changes(
                of: edition.id, kind: call.query(choice: "change"), ofPriceOnly: call.query(flag: "priceOnly"),
                after: try page.afterNumber().map { ArticleID($0) }, limit: page.limit + 1)
            return PageOf(changes, of: page) { [$0.article.description] }
        },
        .reading(
            "formulary.article-history", "/articles/{articleID:number}/history", tag: tag,
            summary: Phrase("各版目录对这个规格的说法", "What the editions of catalogues said about an article"),
            refusals: codes(.articleUnknown), answer: ArticleHistoryView.self
        ) { call, transaction in
            let article = try ProductsStore(transaction).article(try call.number("articleID"))
            return ArticleHistoryView(article: article, statements: try EditionsStore(transaction).history(of: article.id))
        },
    ]
}
