import Formulary
import Foundation
import Identity
import PooledProcurement
import Postgres
import Primitives
import Requisitions
import Tendering

/// The operations of pools and purchase orders.
public enum PooledProcurementRoutes {
    static let tag = Phrase("汇总采购", "Pooled procurement")
    private static let readers: Set<Role> = [.procurementOfficer, .supervisor, .auditor]

    static func codes(_ codes: PooledProcurementRefusalCode...) -> [any RefusalCode] { codes }

    public static let endpoints: [Endpoint] = poolReadings + poolCommands + orderReadings + orderCommands

    // MARK: - Pools, read

    private static let poolReadings: [Endpoint] = [
        .reading(
            "pooled-procurement.pools", "/pools", tag: tag, summary: Phrase("汇总单，新的在前", "Pools, newest first"), roles: readers,
            query: [.document("cycle", Phrase("请领周期", "Only those of this cycle"))] + .paging, answer: PageOf<Pool>.self
        ) { call, transaction in
            let page = try call.page()
            let pools = try PoolReadings(transaction).pools(
                of: call.query(id: "cycle"), after: try page.afterNumber(), limit: page.limit + 1, for: call.principal)
            return PageOf(pools, of: page) { [String($0.serial)] }
        },
        .reading(
            "pooled-procurement.read-pool", "/pools/{poolID:uuid}", tag: tag, summary: Phrase("一个汇总单", "One pool"),
            roles: readers, refusals: codes(.poolUnknown), answer: Pool.self
        ) { call, transaction in
            try PoolReadings(transaction).pool(try call.id("poolID"), for: call.principal)
        },
        .reading(
            "pooled-procurement.pool-lines", "/pools/{poolID:uuid}/lines", tag: tag,
            summary: Phrase("汇总明细，按品种", "What is asked for of each product"), roles: readers, query: .paging,
            refusals: codes(.poolUnknown), answer: PageOf<PoolLine>.self
        ) { call, transaction in
            let page = try call.page()
            let lines = try PoolReadings(transaction).lines(
                of: try call.id("poolID"), after: try page.afterNumber().map { ProductID($0) }, limit: page.limit + 1,
                for: call.principal)
            return PageOf(lines, of: page) { [String($0.product.rawValue)] }
        },
        .reading(
            "pooled-procurement.pool-shares", "/pools/{poolID:uuid}/lines/{productID:number}/shares", tag: tag,
            summary: Phrase("谁申领了多少", "Who asked for how much of a pooled product"), roles: readers, query: .paging,
            refusals: codes(.poolUnknown), answer: PageOf<PoolShare>.self
        ) { call, transaction in
            let page = try call.page()
            let shares = try PoolReadings(transaction).shares(
                of: try call.number("productID"), in: try call.id("poolID"), after: try shareKey(of: page),
                limit: page.limit + 1, for: call.principal)
            return PageOf(shares, of: page) { [$0.requisition.description, String($0.requisitionLine)] }
        },
    ]

    private static func shareKey(of page: Page) throws(HTTPRefusal) -> (requisition: RequisitionID, line: Int)? {
        guard let keys = try page.afterKeys(2) else { return nil }
        guard let requisition = UUID(uuidString: keys[0]), let line = Int(keys[1]) else {
            throw HTTPRefusal(.badQuery, "the cursor is not one this list has given out", field: "after")
        }
        return (RequisitionID(requisition), line)
    }

    // MARK: - Pools, changed

    private static let poolCommands: [Endpoint] = [
        .command(
            "pooled-procurement.pool", "/pools", tag: tag,
            summary: Phrase("汇总已审批的请领单", "Pools the approved requisitions of a cycle, each once"), roles: [.procurementOfficer],
            refusals: codes(.nothingToPool, .idTaken), creates: true, body: PoolBody.self, answer: Pool.self
        ) { call, transaction in
            try PoolRequisitions(id: call.body.pool ?? PoolID(call.requestID), cycle: call.body.cycle)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "pooled-procurement.tender", "/pools/{poolID:uuid}/tenders", tag: tag,
            summary: Phrase("由汇总单起草招标", "Drafts a tender with a package for each chosen line"), roles: [.procurementOfficer],
            refusals: codes(.poolUnknown, .poolWrongState, .lineNotInPool, .lineAlreadyTendered, .ceilingMissing)
                + [
                    TenderingRefusalCode.titleMissing, TenderingRefusalCode.timesInvalid, TenderingRefusalCode.idTaken,
                    TenderingRefusalCode.packageInvalid,
                ],
            creates: true, body: PoolTenderBody.self, answer: Tender.self
        ) { call, transaction in
            let body = call.body
            return try TenderFromPool(
                pool: try call.id("poolID"), tender: body.tender ?? TenderID(call.requestID), title: body.title,
                bidsCloseAt: body.bidsCloseAt, opensAt: body.opensAt, lines: body.lines, ceilingBasis: body.ceilingBasis
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "pooled-procurement.order-from-awards", "/pools/{poolID:uuid}/orders", tag: tag,
            summary: Phrase("按中选结果下单", "Makes orders from a tender's awards, one for each supplier and store"),
            roles: [.procurementOfficer],
            refusals: codes(
                .poolUnknown, .poolWrongState, .nothingAwarded, .alreadyOrdered, .priceAboveCeiling, .priceDiffers,
                .priceNotOnRecord)
                + [TenderingRefusalCode.tenderUnknown, TenderingRefusalCode.wrongState],
            creates: true, body: PoolOrderBody.self, answer: OrderingResult.self
        ) { call, transaction in
            try OrderFromAwards(pool: try call.id("poolID"), tender: call.body.tender)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "pooled-procurement.close-pool", "/pools/{poolID:uuid}/closure", tag: tag,
            summary: Phrase("关闭汇总单", "Ends a pool"), roles: [.procurementOfficer],
            refusals: codes(.poolUnknown, .reasonMissing, .poolWrongState), body: ReasonBody.self, answer: Pool.self
        ) { call, transaction in
            try ClosePool(pool: try call.id("poolID"), reason: call.body.reason)
                .run(in: transaction, by: call.principal, at: call.now)
        },
    ]
}
