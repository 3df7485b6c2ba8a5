/// How a ``Database`` connects and how much it may do at once.
public struct DatabaseConfiguration: Sendable {
    /// A libpq connection string or URI: `host=/run/postgresql dbname=lianyao`, `postgresql://…`.
    public var conninfo: String
    /// How many connections, each with a thread of its own.
    public var connections: Int
    /// The role each connection takes on after it is made; `nil` keeps the role it signed in as.
    public var role: StaticString?
    /// The longest a single statement may run. The server ends it; when its word does not arrive within five seconds
    /// more, the connection is given up. Zero is no limit.
    public var statementTimeout: Duration
    /// The longest a statement may wait for a lock.
    public var lockTimeout: Duration
    /// How often a write is tried in all when it fails for a transient reason.
    public var attemptsMax: Int

    public init(
        conninfo: String, connections: Int = 4, role: StaticString? = nil, statementTimeout: Duration = .seconds(60),
        lockTimeout: Duration = .seconds(20), attemptsMax: Int = 5
    ) {
        self.conninfo = conninfo
        self.connections = connections
        self.role = role
        self.statementTimeout = statementTimeout
        self.lockTimeout = lockTimeout
        self.attemptsMax = attemptsMax
    }

    /// What a new connection is set to, in one round trip.
    var greeting: String {
        var script = """
            SET client_encoding = 'UTF8'; SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; \
            SET IntervalStyle = 'iso_8601'; SET bytea_output = 'hex'; \
            SET statement_timeout = \(statementTimeout.milliseconds); SET lock_timeout = \(lockTimeout.milliseconds)
            """
        if let role { script += "; SET ROLE \(role)" }
        return script
    }
}

extension Duration {
    var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}

/// Whose rows a transaction may see: sets `setting` to `value` for the transaction, where row-level security reads it.
public struct Tenant: Sendable, Hashable {
    let setting: StaticString
    public let value: Int64

    /// - Parameter setting: a customised option, such as `lianyao.consortium_id`.
    public init(setting: StaticString, value: Int64) {
        self.setting = setting
        self.value = value
    }

    public static func == (left: Tenant, right: Tenant) -> Bool {
        left.value == right.value && left.setting.description == right.setting.description
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(value) }

    var statement: String { "SET LOCAL \(setting) = '\(value)'" }
}
