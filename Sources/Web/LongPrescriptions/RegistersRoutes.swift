import Dispensing
import Identity
import LongPrescriptions
import Parties
import Postgres
import Primitives

extension LongPrescriptionsRoutes {
    private static let days: [QueryParameter] = [
        .integer("days", Phrase("今后天数，默认7", "How many days ahead, 7 unless told"), in: 0...92)
    ]
    private static let ofStore: [any RefusalCode] = [PartiesRefusalCode.storeUnknown, IdentityRefusalCode.otherFacility]
    /// The most rows of a file.
    private static let rowsMax = 10_000

    /// Who is due, who missed and who runs out, at a pharmacy; as lists and as files.
    static let registers: [Endpoint] = [
        .reading(
            "long-prescriptions.due", "/stores/{storeID:number}/due-instalments", tag: tag,
            summary: Phrase("近期应取药名单", "Who is due soon at a pharmacy, and whether it is set aside"), roles: readers,
            query: days + .paging, refusals: ofStore, answer: PageOf<RegisteredInstalment>.self
        ) { call, transaction in
            let page = try call.page()
            return PageOf(try due(call, transaction, after: try key(page), limit: page.limit + 1), of: page, key: \.key)
        },
        .reading(
            "long-prescriptions.missed", "/stores/{storeID:number}/missed-instalments", tag: tag,
            summary: Phrase("逾期未取药名单", "Who missed an instalment at a pharmacy and waits for a follow-up"), roles: readers,
            query: .paging, refusals: ofStore, answer: PageOf<RegisteredInstalment>.self
        ) { call, transaction in
            let page = try call.page()
            return PageOf(try missed(call, transaction, after: try key(page), limit: page.limit + 1), of: page, key: \.key)
        },
        .reading(
            "long-prescriptions.running-out", "/stores/{storeID:number}/patients-running-out", tag: tag,
            summary: Phrase("即将断药名单", "Whose supply ends with nothing after it"), roles: readers, query: days + .paging,
            refusals: ofStore, answer: PageOf<RunningOut>.self
        ) { call, transaction in
            let page = try call.page()
            return PageOf(try runningOut(call, transaction, after: try key(page), limit: page.limit + 1), of: page, key: \.key)
        },
        .download(
            "long-prescriptions.due-file", "/stores/{storeID:number}/due-instalments.csv", tag: tag,
            summary: Phrase("下载近期应取药名单", "Who is due soon, as a file"), roles: readers, query: days, refusals: ofStore
        ) { call, transaction in
            Download(name: "due.csv", text: RegisterFile.text(of: try due(call, transaction, after: nil, limit: rowsMax)))
        },
        .download(
            "long-prescriptions.missed-file", "/stores/{storeID:number}/missed-instalments.csv", tag: tag,
            summary: Phrase("下载逾期未取药名单", "Who missed an instalment, as a file"), roles: readers, refusals: ofStore
        ) { call, transaction in
            Download(name: "missed.csv", text: RegisterFile.text(of: try missed(call, transaction, after: nil, limit: rowsMax)))
        },
        .download(
            "long-prescriptions.running-out-file", "/stores/{storeID:number}/patients-running-out.csv", tag: tag,
            summary: Phrase("下载即将断药名单", "Whose supply ends, as a file"), roles: readers, query: days, refusals: ofStore
        ) { call, transaction in
            Download(
                name: "running-out.csv", text: RegisterFile.text(of: try runningOut(call, transaction, after: nil, limit: rowsMax)))
        },
    ]

    private static func due(
        _ call: Call<NoBody>, _ transaction: Transaction, after: InstalmentKey?, limit: Int
    ) throws -> [RegisteredInstalment] {
        // What is late and may still be collected is due as well.
        try readings(call, transaction).due(
            at: try store(call, transaction), from: call.today.adding(days: -InstalmentTerms.graceDaysMost),
            through: last(call), after: after, limit: limit)
    }

    private static func missed(
        _ call: Call<NoBody>, _ transaction: Transaction, after: InstalmentKey?, limit: Int
    ) throws -> [RegisteredInstalment] {
        try readings(call, transaction).missed(at: try store(call, transaction), after: after, limit: limit)
    }

    private static func runningOut(
        _ call: Call<NoBody>, _ transaction: Transaction, after: InstalmentKey?, limit: Int
    ) throws -> [RunningOut] {
        try readings(call, transaction).runningOut(
            at: try store(call, transaction), through: last(call), today: call.today, after: after, limit: limit)
    }

    private static func readings(_ call: Call<NoBody>, _ transaction: Transaction) -> LongPrescriptionReadings {
        LongPrescriptionReadings(transaction, of: call.principal.consortium)
    }

    private static func last(_ call: Call<NoBody>) -> CalendarDate { call.today.adding(days: Int(call.query(integer: "days") ?? 7)) }

    /// The store of the path, for somebody who works at its facility.
    private static func store(_ call: Call<NoBody>, _ transaction: Transaction) throws -> StoreID {
        let store = try PartiesStore(transaction).store(try call.number("storeID"), of: call.principal.consortium)
        try call.principal.requireFacility(store.facility)
        return store.id
    }

    /// Where a page of a register continues.
    private static func key(_ page: Page) throws -> InstalmentKey? {
        guard let keys = try page.afterKeys(3) else { return nil }
        guard let day = CalendarDate(keys[0]), let plan = LongPlanID(text: keys[1]), let number = Int(keys[2]) else {
            throw Cursor.foreign
        }
        return InstalmentKey(dueOn: day, plan: plan, instalment: number)
    }
}

extension RegisteredInstalment {
    fileprivate var key: [String] { [dueOn.description, plan.description, String(instalment)] }
}

extension RunningOut {
    fileprivate var key: [String] { [supplyThrough.description, plan.description, "0"] }
}
