/// How a ``Database`` connects and how much it may do at once.
///
/// Durations are sent to the server in milliseconds; zero means no limit there.
public struct DatabaseConfiguration: Sendable {
    /// A libpq connection string or URI: `host=/run/postgresql dbname=lianyao`, `postgresql://…`. Several hosts and
    /// `target_session_attrs` may be named; ``ConnectionString`` builds and checks one.
    public var conninfo: String
    /// How many connections at most, each with a thread of its own. They are opened when they are needed.
    public var connections: Int
    /// The role each connection takes on after it is made; `nil` keeps the role it signed in as.
    public var role: StaticString?
    /// The longest a single statement may run. The server ends it; when its word does not arrive within five seconds
    /// more, the connection is given up. Zero is no limit.
    public var statementTimeout: Duration
    /// The longest a statement may wait for a lock.
    public var lockTimeout: Duration
    /// How often a transaction is tried in all when it fails for a transient reason.
    public var attemptsMax: Int
    /// The longest a transaction may stay open without a statement running; the server then ends the connection.
    public var idleInTransactionTimeout: Duration = .seconds(300)
    /// How many callers may wait for a connection; more are refused with `tooManyWaiting`.
    public var waitersMax: Int = 10_000
    /// The longest a caller waits for a connection before it gets `waitedTooLong`; `nil` is for ever.
    public var waitTimeout: Duration? = .seconds(120)
    /// How long a connection stays open without work; `nil` is for ever.
    public var idleTimeout: Duration? = .seconds(600)
    /// The pause between attempts after a serialization failure or a deadlock.
    public var retryDelay = Backoff(first: .milliseconds(4), longest: .milliseconds(250))
    /// The pause between attempts to connect while the server does not answer.
    public var reconnectDelay = Backoff(first: .milliseconds(50), longest: .seconds(1))

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
            SET statement_timeout = \(statementTimeout.milliseconds); SET lock_timeout = \(lockTimeout.milliseconds); \
            SET idle_in_transaction_session_timeout = \(idleInTransactionTimeout.milliseconds)
            """
        if let role { script += "; SET ROLE \(role)" }
        return script
    }
}
