import Mustache
import Parties
import Postgres
import Primitives
import StockLedger

/// The page at `/`: one consortium at a glance, so that a newcomer sees something true at once.
public enum GlancePage {
    /// How far ahead stock counts as at risk (rule R-EX-03: near expiry is commonly six months).
    static let riskDays = 180

    /// - Throws: when the page's template cannot be read.
    public static func endpoint() throws -> PageEndpoint {
        let template = try MustacheTemplate(string: GlanceTemplate.text)
        return PageEndpoint(
            "pages.glance", "/",
            tenant: { database, query in
                let consortia = try await database.read { try PartiesStore($0).consortia() }
                return (consortia.first { $0.code == query["consortium"] } ?? consortia.first)?.id.tenant
            },
            render: { call, transaction in
                let parties = PartiesStore(transaction)
                let consortia = try parties.consortia()
                guard let shown = consortia.first(where: { $0.code == call.query["consortium"] }) ?? consortia.first else {
                    return template.render(Glance(name: "联药 Lianyao", today: call.today))
                }
                return template.render(try Glance(shown, among: consortia, transaction, today: call.today))
            })
    }
}

/// What the page shows.
private struct Glance {
    struct Link { let code: String, name: String }
    struct Institution { let name: String, level: String, role: String, products: Int, stockedOut: Int, requisitions: Int }
    struct Count { let chinese: String, english: String, count: Int }
    struct Risk { let store: String, product: String, batch: String, expires: String, expired: Bool, quantity: String }
    struct Line { let recorded: String, kind: String, product: String, batch: String, place: String, quantity: String }

    let name: String
    let today: String
    var consortia: [Link] = []
    var facilityCount = 0
    var facilities: [Institution] = []
    var requisitions: [Count] = []
    var orders: [Count] = []
    var risks: [Risk] = []
    var movements: [Line] = []

    init(name: String, today: CalendarDate) {
        self.name = name
        self.today = today.description
    }

    init(_ consortium: Consortium, among all: [Consortium], _ transaction: Transaction, today: CalendarDate) throws {
        self.init(name: consortium.name, today: today)
        consortia = all.map { Link(code: $0.code, name: $0.name) }
        let readings = GlanceReadings(transaction, consortium.id)
        let stock = try readings.stockByFacility(today: today)
        facilities = try PartiesStore(transaction).facilities(of: consortium.id).map { facility in
            let held = stock[facility.id]
            return Institution(
                name: facility.name, level: GlanceWords.level(facility.level), role: facility.role == .lead ? "牵头 lead" : "成员 member",
                products: held?.products ?? 0, stockedOut: held?.stockedOut ?? 0, requisitions: held?.requisitions ?? 0)
        }
        facilityCount = facilities.count
        requisitions = try readings.requisitionsByState().map { Count(chinese: GlanceWords.state($0), english: $0, count: $1) }
        orders = try readings.ordersByState().map { Count(chinese: GlanceWords.state($0), english: $0, count: $1) }
        let ledger = StockReadings(transaction)
        risks = try ledger.atRisk(of: consortium.id, through: today.adding(days: GlancePage.riskDays), limit: 15).map { risk in
            Risk(
                store: risk.storeName, product: "\(risk.genericName) \(risk.strength)", batch: risk.batchNumber,
                expires: risk.expiresOn.description, expired: risk.expiresOn <= today, quantity: "\(risk.quantity)")
        }
        let stores = Dictionary(
            try PartiesStore(transaction).stores(of: consortium.id).map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        movements = try MovementReadings(transaction, consortium.id).latest(in: nil, before: nil, limit: 8).prefix(24).map { line in
            Line(
                recorded: GlanceWords.shanghaiTime(line.recordedAt),
                kind: GlanceWords.movement(line.kind), product: "\(line.genericName) \(line.strength)", batch: line.batchNumber,
                place: line.store.flatMap { stores[$0] } ?? GlanceWords.outside(line.state),
                quantity: line.quantity > 0 ? "+\(line.quantity)" : "\(line.quantity)")
        }
    }
}
