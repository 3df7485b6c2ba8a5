import Parties
import Postgres
import Primitives

/// Imports dictionaries: units, dosage forms, order frequencies, routes, types of facility.
struct DictionaryImport {
    private let store: DictionariesStore

    init(_ transaction: Transaction) { store = DictionariesStore(transaction) }

    func plan(_ kind: CatalogKind, _ rows: [CatalogRow]) throws -> CatalogPlan {
        switch kind {
        case .units: Self.plan(rows, known: try store.units(), code: \.code, read: Self.unit, write: store.put)
        case .dosageForms:
            Self.plan(rows, known: try store.dosageForms(), code: \.code, read: Self.dosageForm, write: store.put)
        case .orderFrequencies:
            Self.plan(
                rows, known: try store.orderFrequencies(), code: \.code, read: Self.orderFrequency, write: store.put)
        case .routes: Self.plan(rows, known: try store.routes(), code: \.code, read: Self.route, write: store.put)
        case .facilityTypes:
            Self.plan(rows, known: try store.facilityTypes(), code: \.code, read: Self.facilityType, write: store.put)
        case .companies, .products, .articles: preconditionFailure("\(kind.rawValue) is no dictionary")
        }
    }

    private static func plan<Entry: Equatable>(
        _ rows: [CatalogRow], known: [Entry], code: (Entry) -> String, read: (inout CatalogRow) -> Entry?,
        write: @escaping ([Entry]) throws -> Void
    ) -> CatalogPlan {
        let onRecord = Dictionary(known.map { (code($0), $0) }, uniquingKeysWith: { first, _ in first })
        var lineOfCode: [String: Int] = [:]
        var plan = CatalogPlan()
        var written: [Entry] = []
        for var row in rows {
            let entry = read(&row)
            if let entry, let earlier = lineOfCode.updateIfNew(code(entry), row.line) {
                row.note(.repeated, "code", otherLine: earlier)
            }
            if plan.take(row, entry, old: entry.flatMap { onRecord[code($0)] }), let entry { written.append(entry) }
        }
        plan.write = { [written] in try write(written) }
        return plan
    }

    private static func unit(_ row: inout CatalogRow) -> UnitOfMeasure? {
        let code = row.ownCode("code")
        let chinese = row.text("chinese", max: 60)
        let english = row.text("english", max: 100)
        guard let kind = row.choice("kind", UnitKind.self) else { return nil }
        return UnitOfMeasure(code: code, chinese: chinese, english: english, kind: kind)
    }

    private static func dosageForm(_ row: inout CatalogRow) -> DosageForm? {
        DosageForm(
            code: row.ownCode("code"), chinese: row.text("chinese", max: 60), english: row.text("english", max: 100),
            route: row.ownCode("route"))
    }

    private static func orderFrequency(_ row: inout CatalogRow) -> OrderFrequency? {
        let code = row.ownCode("code")
        let chinese = row.text("chinese", max: 60)
        let english = row.text("english", max: 100)
        let hours = row.integer("cycle_hours", in: 0...8_784)
        let times = row.integer("times_per_cycle", in: 1...48)
        guard let hours, let times else { return nil }
        return OrderFrequency(
            code: code, chinese: chinese, english: english, cycleHours: Int(hours), timesPerCycle: Int(times))
    }

    private static func route(_ row: inout CatalogRow) -> MedicationRoute? {
        MedicationRoute(
            code: row.ownCode("code"), chinese: row.text("chinese", max: 60), english: row.text("english", max: 100),
            group: row.ownCode("route_group"), nationalCode: row.ownCode("national_code"))
    }

    private static func facilityType(_ row: inout CatalogRow) -> FacilityType? {
        let code = row.ownCode("code")
        let chinese = row.text("chinese", max: 60)
        let english = row.text("english", max: 100)
        guard let level = row.choice("level", FacilityLevel.self) else { return nil }
        return FacilityType(code: code, chinese: chinese, english: english, level: level)
    }
}
