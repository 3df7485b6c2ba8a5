import Audit
import Identity
public import Postgres
public import Primitives

/// A provincial procurement platform (省级采购平台), which lists prices for every consortium of the province.
public struct BuyingPlatform: Sendable, Hashable, Codable {
    /// The division code of the province, GB/T 2260: `330000`.
    public let code: String
    public let name: String
    /// Whether the consortium buys on it.
    public let isChosen: Bool
}

/// Says on which platform the consortium buys, and so whose listed and ceiling prices bind it.
public struct ChoosePlatform: Sendable {
    public var platform: String

    public init(platform: String) { self.platform = platform }

    /// - Throws: ``PricesRefusal`` when there is no such platform.
    @discardableResult
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> BuyingPlatform {
        try principal.require(oneOf: [.procurementOfficer])
        try PricesStore(transaction).lockAgreed(of: principal.consortium)
        let platforms = PlatformsStore(transaction)
        guard try platforms.platforms(of: principal.consortium).contains(where: { $0.code == platform }) else {
            throw PricesRefusal(.platformUnknown, platform, field: "platform")
        }
        try platforms.choose(platform, for: principal.consortium, by: principal.person, at: now)
        try AuditTrail(transaction).append(
            "prices.choose-platform", subject: "platform \(platform)", by: principal, at: now)
        guard let chosen = try platforms.platforms(of: principal.consortium).first(where: \.isChosen) else {
            preconditionFailure("the platform was chosen a moment ago")
        }
        return chosen
    }
}

/// Every SQL statement about platforms.
struct PlatformsStore {
    private let transaction: Transaction

    init(_ transaction: Transaction) { self.transaction = transaction }

    /// Every platform, in the order of codes.
    func platforms(of consortium: ConsortiumID) throws -> [BuyingPlatform] {
        try transaction.query(
            """
            SELECT platform, name, EXISTS (SELECT FROM prices.consortium_platform AS chosen
                                            WHERE chosen.consortium_id = \(consortium) AND chosen.platform = known.platform)
                   AS is_chosen
              FROM prices.platform AS known ORDER BY platform
            """
        ) { try BuyingPlatform(code: $0["platform"], name: $0["name"], isChosen: $0["is_chosen"]) }
    }

    func exists(_ platform: String) throws -> Bool {
        try transaction.first("SELECT FROM prices.platform WHERE platform = \(platform)") { _ in true } ?? false
    }

    /// The platform on which the consortium buys.
    ///
    /// - Throws: ``PricesRefusal`` when it has not chosen one.
    func chosen(by consortium: ConsortiumID) throws -> String {
        let platform = try transaction.first(
            "SELECT platform FROM prices.consortium_platform WHERE consortium_id = \(consortium)"
        ) { try $0["platform"] as String }
        guard let platform else { throw PricesRefusal(.platformNotChosen, "consortium \(consortium)") }
        return platform
    }

    func choose(_ platform: String, for consortium: ConsortiumID, by person: PersonID, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO prices.consortium_platform (consortium_id, platform, chosen_at, chosen_by_id)
            VALUES (\(consortium), \(platform), \(now), \(person))
            ON CONFLICT (consortium_id) DO UPDATE
               SET platform = excluded.platform, chosen_at = excluded.chosen_at, chosen_by_id = excluded.chosen_by_id
            """)
    }
}
