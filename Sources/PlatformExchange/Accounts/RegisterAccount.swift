import Audit
import Formulary
import Identity
public import Postgres
public import Primitives

/// Writes down, or changes, whom a platform knows the consortium as.
public struct RegisterAccount: Sendable {
    public var account: RegisteredAccount
    /// The platforms that there are catalogues for.
    public var known: Set<String>
    /// Those of them where nothing is bought.
    public var withoutGoods: Set<String>
    /// The platforms that are declared and cannot be spoken to, and what would have to be known of each.
    public var undescribed: [String: [String]]

    public init(
        _ account: RegisteredAccount, known: Set<String>, withoutGoods: Set<String> = [], undescribed: [String: [String]] = [:]
    ) {
        self.account = account
        self.known = known
        self.withoutGoods = withoutGoods
        self.undescribed = undescribed
    }

    /// - Throws: ``PlatformExchangeRefusal``: no such platform, one of which too little is known, a text that is missing, an address that
    ///   is none, a kind of product that another active account buys.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        try principal.require(oneOf: [.supervisor])
        if let unknown = undescribed[account.platform] {
            throw PlatformExchangeRefusal(
                .platformUndescribed, "\(account.platform): unknown are \(unknown.joined(separator: "; "))", field: "platform")
        }
        guard known.contains(account.platform) else {
            throw PlatformExchangeRefusal(.platformUnknown, "platform \(account.platform)", field: "platform")
        }
        try requireTexts()
        try requireKindsElsewhere(in: transaction, principal.consortium)
        try transaction.execute(
            """
            INSERT INTO platform_exchange.account
                   (consortium_id, platform, institution, address, authority, settings, secrets, kinds, is_active, person_id)
            VALUES (\(principal.consortium), \(account.platform), \(account.institution), \(account.address), \(account.authority),
                    \(try JSON(account.settings)), \(account.secrets), \(account.kinds.map(\.rawValue)), \(account.isActive), \(principal.person))
            ON CONFLICT (consortium_id, platform) DO UPDATE
               SET institution = excluded.institution, address = excluded.address, authority = excluded.authority,
                   settings = excluded.settings, secrets = excluded.secrets, kinds = excluded.kinds, is_active = excluded.is_active,
                   person_id = excluded.person_id
            """)
        try transaction.execute(
            """
            INSERT INTO platform_exchange.gate (consortium_id, platform, next_call_at)
            VALUES (\(principal.consortium), \(account.platform), \(now)) ON CONFLICT DO NOTHING
            """)
        try AuditTrail(transaction).append(
            "platform-exchange.register-account", subject: "platform \(account.platform)", by: principal, at: now,
            detail: ["institution": account.institution, "address": account.address, "isActive": "\(account.isActive)"])
    }

    private func requireTexts() throws(PlatformExchangeRefusal) {
        for (field, text) in [("institution", account.institution), ("secrets", account.secrets)] where !text.saysSomething {
            throw PlatformExchangeRefusal(.accountIncomplete, field, field: field)
        }
        guard account.kinds.isEmpty == withoutGoods.contains(account.platform) else {
            throw PlatformExchangeRefusal(.accountIncomplete, "kinds", field: "kinds")
        }
        // What goes without TLS stays on the machine: `http://127.0.0.1.example` does not.
        let onMachine = "http://127.0.0.1"
        let isSafe =
            account.address.hasPrefix("https://") || account.address == onMachine || account.address.hasPrefix("\(onMachine):")
            || account.address.hasPrefix("\(onMachine)/")
        guard isSafe, !account.address.hasSuffix("/"), account.address.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
            throw PlatformExchangeRefusal(.addressInvalid, "https://host, without a slash at its end", field: "address")
        }
        guard account.secrets.utf8.allSatisfy({ Self.ofNames.contains($0) }) else {
            throw PlatformExchangeRefusal(.accountIncomplete, "small letters, digits and hyphens", field: "secrets")
        }
    }

    /// What two accounts bought would be ordered twice.
    private func requireKindsElsewhere(in transaction: Transaction, _ consortium: ConsortiumID) throws {
        guard account.isActive else { return }
        for other in try AccountsStore(transaction, consortium).accounts()
        where other.isActive && other.platform != account.platform {
            if let kind = account.kinds.first(where: other.kinds.contains) {
                throw PlatformExchangeRefusal(
                    .kindBoughtElsewhere, "\(kind.rawValue) is bought at \(other.platform)", field: "kinds")
            }
        }
    }

    private static let ofNames = Set("abcdefghijklmnopqrstuvwxyz0123456789-".utf8)
}
