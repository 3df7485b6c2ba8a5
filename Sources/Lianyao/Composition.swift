import FHIR
import Identity
import Logging
import Postgres
import Primitives
import Web

/// Puts the HTTP service together from the modules' routes and pages.
struct Composition {
    let acceptsDevelopmentSignIn: Bool
    let secrets: Secrets
    /// How the service is reached from outside; `nil`: as each caller names it.
    let publicURL: String?
    /// What code systems are called in FHIR messages.
    let systems: CodeSystems
    let logger: Logger
    /// Further lines of the metrics.
    var moreMetrics: @Sendable () -> [String] = { [] }

    /// - Parameter database: connected as the application, with every migration applied.
    /// - Throws: when the routes contradict each other; `PostgresError`.
    func server(database: Database) async throws -> WebServer {
        let schemaVersion = try await database.read(Self.schemaVersion)
        return try WebServer(
            endpoints: Surface.endpoints(pepper: secrets.residentPepper), pages: acceptsDevelopmentSignIn ? [GlancePage.endpoint()] : [],
            interactions: Surface.interactions(systems: systems), environment: ServiceEnvironment(
                database: database, authenticate: authentication(database),
                signInRefusals: [IdentityRefusalCode.tokenUnknown],
                isReady: { try await $0.read(Self.schemaVersion) >= schemaVersion }, digestKey: secrets.digestKey, logger: logger,
                publicURL: publicURL, moreMetrics: moreMetrics))
    }

    private func authentication(_ database: Database) -> ServiceEnvironment.Authenticate {
        guard acceptsDevelopmentSignIn else {
            return { _ in throw IdentityRefusal(.tokenUnknown, "this server was started without a way to sign in") }
        }
        let signIn = DevelopmentSignIn(database: database)
        return { token in try await signIn.principal(token: token) }
    }

    /// The number of the last migration in the database; an older backup put back would show here.
    private static let schemaVersion: @Sendable (Transaction) throws -> Int = { transaction in
        try transaction.first("SELECT coalesce(max(version), 0) AS version FROM migration.applied") { row in
            try row["version"] as Int
        } ?? 0
    }
}
