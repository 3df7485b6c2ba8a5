public import Logging
public import Postgres
public import Primitives

/// What the HTTP service is made with; the modules below it come in as functions.
public struct ServiceEnvironment: Sendable {
    /// Finds who a bearer token belongs to.
    ///
    /// - Throws: a refusal of category `unauthenticated` when it belongs to nobody or has expired.
    public typealias Authenticate = @Sendable (_ token: String) async throws -> Principal

    public var database: Database
    public var time: TimeSource
    public var authenticate: Authenticate
    /// How `authenticate` may refuse, for the documents.
    public var signInRefusals: [any RefusalCode]
    /// Whether the database has every migration this program needs; throwing means no.
    public var isReady: @Sendable (Database) async throws -> Bool
    /// The key of the digests that repeated requests are compared by; the same on every instance.
    public var digestKey: [UInt8]
    public var logger: Logger
    public var limits: ServiceLimits
    /// The program's version, for the documents.
    public var version: String
    /// How the service is reached from outside, without a slash at the end; `nil`: as each caller names it.
    public var publicURL: String?
    /// Further lines of the metrics, in Prometheus' text form.
    public var moreMetrics: @Sendable () -> [String]

    public init(
        database: Database, time: TimeSource = .system, authenticate: @escaping Authenticate,
        signInRefusals: [any RefusalCode] = [],
        isReady: @escaping @Sendable (Database) async throws -> Bool = ServiceEnvironment.answers,
        digestKey: [UInt8], logger: Logger = Logger(label: "lianyao.web"), limits: ServiceLimits = ServiceLimits(), version: String = "1",
        publicURL: String? = nil, moreMetrics: @escaping @Sendable () -> [String] = { [] }
    ) {
        self.database = database
        self.time = time
        self.authenticate = authenticate
        self.signInRefusals = signInRefusals
        self.isReady = isReady
        self.digestKey = digestKey
        self.logger = logger
        self.limits = limits
        self.version = version
        self.publicURL = publicURL
        self.moreMetrics = moreMetrics
    }

    /// Whether the database answers at all.
    public static let answers: @Sendable (Database) async throws -> Bool = { database in
        try await database.read { try $0.first("SELECT 1 AS one") { try $0["one"] as Int } } == 1
    }
}

/// How much one request may ask of the server.
public struct ServiceLimits: Sendable {
    public var bodyBytesMax: Int
    /// The path, its query and all headers together.
    public var headerBytesMax: Int
    /// From the request's head to its answer.
    public var requestTimeout: Duration

    public init(bodyBytesMax: Int = 2 << 20, headerBytesMax: Int = 16 << 10, requestTimeout: Duration = .seconds(30)) {
        self.bodyBytesMax = bodyBytesMax
        self.headerBytesMax = headerBytesMax
        self.requestTimeout = requestTimeout
    }
}
