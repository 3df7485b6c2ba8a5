import Formulary
import Identity
import Parties
import Postgres
import Prices
import Primitives
import Tendering

/// The operations of tenders, bids and awards.
public enum TenderingRoutes {
    static let tag = Phrase("招标采购", "Tendering")
    private static let readers: Set<Role> = [.procurementOfficer, .supervisor, .auditor, .supplier]

    private static func codes(_ codes: TenderingRefusalCode...) -> [any RefusalCode] { codes }

    public static let endpoints: [Endpoint] = readings + officersCommands + suppliersCommands

    // MARK: - Readings

    private static let readings: [Endpoint] = [
        .reading(
            "tendering.tenders", "/tenders", tag: tag,
            summary: Phrase("招标项目，新的在前；供应商只见受邀项目", "Tenders, newest first; to a supplier, those that invite it"),
            roles: readers, query: [.choice("state", TenderState.self, Phrase("状态", "Only those in this state"))] + .paging,
            answer: PageOf<Tender>.self
        ) { call, transaction in
            let page = try call.page()
            let tenders = try TenderReadings(transaction).tenders(
                in: call.query(choice: "state"), after: try page.afterNumber(), limit: page.limit + 1, for: call.principal)
            return PageOf(tenders, of: page) { [String($0.serial)] }
        },
        .reading(
            "tendering.tender", "/tenders/{tenderID:uuid}", tag: tag,
            summary: Phrase("一个招标项目；开标前不显示他人报价", "One tender; before the opening nobody else's bids are shown"),
            roles: readers, refusals: codes(.tenderUnknown), answer: TenderDetail.self
        ) { call, transaction in
            try TenderReadings(transaction).tender(try call.id("tenderID"), for: call.principal)
        },
        .reading(
            "tendering.evaluations", "/tenders/{tenderID:uuid}/evaluations", tag: tag,
            summary: Phrase("各包评审结果及理由", "How each package's valid bids compare, and why"),
            roles: [.procurementOfficer, .supervisor, .auditor], refusals: codes(.tenderUnknown, .wrongState),
            answer: PageOf<Evaluation>.self
        ) { call, transaction in
            PageOf(
                items: try TenderReadings(transaction).evaluations(of: try call.id("tenderID"), for: call.principal), next: nil)
        },
    ]

    // MARK: - Commands of officers

    private static let ofPackages: [any RefusalCode] = codes(.packageInvalid) + [FormularyRefusalCode.productUnknown]

    private static let officersCommands: [Endpoint] = [
        .command(
            "tendering.draft", "/tenders", tag: tag, summary: Phrase("起草招标", "Begins a tender"), roles: [.procurementOfficer],
            refusals: codes(.titleMissing, .timesInvalid, .idTaken) + ofPackages, creates: true, body: TenderBody.self,
            answer: Tender.self
        ) { call, transaction in
            try DraftTender(
                id: call.body.tender ?? TenderID(call.requestID), title: call.body.title, bidsCloseAt: call.body.bidsCloseAt,
                opensAt: call.body.opensAt, packages: call.body.packages
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "tendering.add-packages", "/tenders/{tenderID:uuid}/packages", tag: tag,
            summary: Phrase("增加包", "Adds packages to a draft"), roles: [.procurementOfficer],
            refusals: codes(.tenderUnknown, .wrongState) + ofPackages, creates: true, body: PackagesBody.self,
            answer: PageOf<TenderPackage>.self
        ) { call, transaction in
            let added = try AddPackages(tender: try call.id("tenderID"), packages: call.body.packages)
                .run(in: transaction, by: call.principal, at: call.now)
            return PageOf(items: added, next: nil)
        },
        .command(
            "tendering.invite", "/tenders/{tenderID:uuid}/invitations", tag: tag,
            summary: Phrase("邀请供应商", "Asks companies to bid"), roles: [.procurementOfficer],
            refusals: codes(.tenderUnknown, .wrongState, .bidsClosed)
                + [PartiesRefusalCode.companyUnknown, PartiesRefusalCode.notASupplier],
            creates: true, body: InvitationsBody.self, answer: PageOf<Invitation>.self
        ) { call, transaction in
            let invitations = try InviteSuppliers(tender: try call.id("tenderID"), companies: call.body.companies)
                .run(in: transaction, by: call.principal, at: call.now)
            return PageOf(items: invitations, next: nil)
        },
        .command(
            "tendering.publish", "/tenders/{tenderID:uuid}/publication", tag: tag,
            summary: Phrase("发布", "Shows a draft to those it invites"), roles: [.procurementOfficer],
            refusals: codes(.tenderUnknown, .wrongState, .bidsClosed, .nothingToBidFor, .nobodyInvited), body: NoBody.self,
            answer: Tender.self
        ) { call, transaction in
            try PublishTender(tender: try call.id("tenderID")).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "tendering.open", "/tenders/{tenderID:uuid}/opening", tag: tag, summary: Phrase("开标", "Opens every sealed bid"),
            roles: [.procurementOfficer, .supervisor], refusals: codes(.tenderUnknown, .wrongState, .openingTooEarly),
            body: NoBody.self, answer: PageOf<Bid>.self
        ) { call, transaction in
            let bids = try OpenBids(tender: try call.id("tenderID")).run(in: transaction, by: call.principal, at: call.now)
            return PageOf(items: bids, next: nil)
        },
        .command(
            "tendering.award", "/tenders/{tenderID:uuid}/awards", tag: tag,
            summary: Phrase("授予；不按评审结果的包须书面说明", "Awards as evaluated, but for the packages that deviate in writing"),
            roles: [.procurementOfficer, .supervisor],
            refusals: codes(
                .tenderUnknown, .wrongState, .packageUnknown, .reasonMissing, .awardNotOfAValidBid, .awardExceedsQuantity)
                + [PricesRefusalCode.periodInvalid, PricesRefusalCode.aboveCeiling],
            creates: true, body: AwardsBody.self, answer: PageOf<Award>.self
        ) { call, transaction in
            let awards = try AwardTender(
                tender: try call.id("tenderID"), deviations: call.body.deviations, validThrough: call.body.validThrough
            ).run(in: transaction, by: call.principal, at: call.now)
            return PageOf(items: awards, next: nil)
        },
        .command(
            "tendering.cancel", "/tenders/{tenderID:uuid}/cancellation", tag: tag,
            summary: Phrase("取消招标", "Ends a tender without awards"), roles: [.procurementOfficer, .supervisor],
            refusals: codes(.tenderUnknown, .reasonMissing, .wrongState), body: ReasonBody.self, answer: Tender.self
        ) { call, transaction in
            try CancelTender(tender: try call.id("tenderID"), reason: call.body.reason)
                .run(in: transaction, by: call.principal, at: call.now)
        },
    ]

    // MARK: - Commands of suppliers

    private static let suppliersCommands: [Endpoint] = [
        .command(
            "tendering.submit-bid", "/tenders/{tenderID:uuid}/bids", tag: tag,
            summary: Phrase("投标；同一产品的新报价取代旧报价", "Offers an article, sealed; replaces an earlier offer of it"),
            roles: [.supplier],
            refusals: codes(
                .tenderUnknown, .notInvited, .wrongState, .bidsClosed, .packageUnknown, .priceInvalid, .quantityInvalid,
                .articleNotOfPackage, .priceAboveCeiling, .licenceMissing, .idTaken) + [FormularyRefusalCode.articleUnknown],
            creates: true, body: BidBody.self, answer: Bid.self
        ) { call, transaction in
            let body = call.body
            return try SubmitBid(
                id: body.bid ?? BidID(call.requestID), tender: try call.id("tenderID"), package: body.package,
                article: body.article, packPrice: body.packPrice, offeredQuantity: body.offeredQuantity
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "tendering.withdraw-bid", "/bids/{bidID:uuid}/withdrawal", tag: tag,
            summary: Phrase("撤回投标", "Takes a sealed bid back"), roles: [.supplier],
            refusals: codes(.bidUnknown, .wrongState, .bidsClosed, .reasonMissing), body: ReasonBody.self,
            answer: Bid.self
        ) { call, transaction in
            try WithdrawBid(bid: try call.id("bidID"), reason: call.body.reason)
                .run(in: transaction, by: call.principal, at: call.now)
        },
    ]
}
