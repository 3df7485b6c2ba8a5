import Identity
import LongPrescriptions
import Parties
import Postgres
import Primitives
import RefillWarnings

/// Early warnings: which instalments will not be met, and what to buy for them.
public enum RefillWarningsRoutes {
    private static let tag = Phrase("续方预警", "Refill warnings")
    private static let readers = LongPrescriptionsRoutes.readers.union([.storekeeper, .procurementOfficer])
    private static let ofStore: [any RefusalCode] = [PartiesRefusalCode.storeUnknown, IdentityRefusalCode.otherFacility]
    private static let store = QueryParameter.integer("store", Phrase("药房", "Only those of this store"))

    public static let endpoints: [Endpoint] = [
        .reading(
            "refill-warnings.open", "/refill-warnings", tag: tag,
            summary: Phrase(
                "现有续方预警：到期将缺药的取药，先到期者在前；患者信息仅限可查看者",
                "Instalments that stock and orders will not meet, soonest due first; patients only to those who may see them"),
            roles: readers, query: [store, .integer("product", Phrase("药品", "Only those that lack this product"))] + .paging,
            refusals: ofStore, answer: PageOf<RefillWarning>.self
        ) { call, transaction in
            let page = try call.page()
            let after = try keys(page).map { (dueOn: $0.0, id: RefillWarningID($0.1)) }
            let found = try readings(call, transaction).open(
                RefillWarningFilter(store: try ownStore(call, transaction), product: call.query(number: "product")),
                after: after, limit: page.limit + 1)
            return PageOf(found, of: page) { [$0.dueOn.description, String($0.id.rawValue)] }
        },
        .reading(
            "refill-warnings.by-product", "/refill-warnings/by-product", tag: tag,
            summary: Phrase("按药品汇总的续方缺口：缺多少、缺在哪里", "What is missing for instalments by product: how much, and where"),
            roles: readers, query: [store] + .paging, refusals: ofStore, answer: PageOf<ShortProduct>.self
        ) { call, transaction in
            let page = try call.page()
            let after = try keys(page).map { (firstDueOn: $0.0, product: ProductID($0.1)) }
            let found = try readings(call, transaction).byProduct(
                RefillWarningFilter(store: try ownStore(call, transaction)), after: after, limit: page.limit + 1)
            return PageOf(found, of: page) { [$0.firstDueOn.description, String($0.product.id.rawValue)] }
        },
        .reading(
            "refill-warnings.of-plan", "/long-plans/{planID:uuid}/refill-warnings", tag: tag,
            summary: Phrase("一个取药计划的全部预警及其解除", "Every warning there was for a plan, and how it was resolved"),
            roles: LongPrescriptionsRoutes.readers, refusals: [LongPrescriptionsRefusalCode.planUnknown],
            answer: PageOf<RefillWarning>.self
        ) { call, transaction in
            PageOf(items: try readings(call, transaction).history(of: try call.id("planID")), next: nil)
        },
    ]

    private static func readings(_ call: Call<NoBody>, _ transaction: Transaction) -> RefillWarningReadings {
        RefillWarningReadings(transaction, for: call.principal)
    }

    /// The store that is asked for, for somebody who works at its facility or sees all; `nil` when none is named.
    private static func ownStore(_ call: Call<NoBody>, _ transaction: Transaction) throws -> StoreID? {
        guard let asked: StoreID = call.query(number: "store") else { return nil }
        let store = try PartiesStore(transaction).store(asked, of: call.principal.consortium)
        try call.principal.requireFacility(store.facility)
        return store.id
    }

    /// Where a page continues: after a day and a number.
    private static func keys(_ page: Page) throws -> (CalendarDate, Int64)? {
        guard let keys = try page.afterKeys(2) else { return nil }
        guard let day = CalendarDate(keys[0]), let number = Int64(keys[1]) else { throw Cursor.foreign }
        return (day, number)
    }
}
