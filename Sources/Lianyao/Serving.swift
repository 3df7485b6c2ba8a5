import EmbeddedPostgres
import FHIR
import Logging
import Postgres
import Primitives
import ServiceLifecycle
import Web

/// The service from the start of its database to the stop of it.
struct Serving: Service {
    let home: Home
    let place: DatabasePlace
    let address: ListeningAddress
    let connections: Int
    let acceptsDevelopmentSignIn: Bool
    let archive: ArchiveChoice
    let publicURL: String?
    let systems: CodeSystems
    let platforms: PlatformsOnDisk
    let logger: Logger

    /// Runs until the group it belongs to shuts down; then stops serving, closes the connections and stops the
    /// database, also when one of the steps before has failed.
    func run() async throws {
        try place.start(archive: archive)
        var watch: Task<Void, Never>?
        if case .embedded(let cluster) = place {
            announce(cluster)
            watch = Task { [logger] in await DatabaseWatch(cluster: cluster, logger: logger).run() }
        }
        defer { watch?.cancel() }
        do {
            try await serve()
        } catch {
            try? place.stop()
            throw error
        }
        try place.stop()
        if case .embedded = place { logger.info("database stopped") }
    }

    private func serve() async throws {
        try await DurabilityCheck(conninfo: place.conninfo, logger: logger).run()
        let schema = Schema(home: home, conninfo: place.conninfo)
        let applied = try await schema.bringUpToDate(at: TimeSource.system.now)
        logger.info(applied.isEmpty ? "schema is up to date" : "schema brought up to date by \(applied.count) migrations")
        guard !Task.isShuttingDownGracefully else { return }
        let database = Database(
            DatabaseConfiguration(
                conninfo: place.conninfo, connections: connections, role: DatabaseRole.application))
        do {
            try await serve(from: database)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
        logger.info("connections closed")
    }

    private func serve(from database: Database) async throws {
        let service = ExchangeService(database: database, platforms: platforms, logger: logger)
        let composition = Composition(
            acceptsDevelopmentSignIn: acceptsDevelopmentSignIn, secrets: try PepperSource(place: place).secrets(),
            publicURL: publicURL, systems: systems, logger: logger, moreMetrics: { service.metrics() })
        let server = try await composition.server(database: database)
        let upkeep = Task { await Upkeep(database: database, logger: logger).run() }
        let watch = watchArchive(database)
        let exchange = Task { await service.run() }
        defer {
            upkeep.cancel()
            watch?.cancel()
        }
        do {
            try await server.run(host: address.host, port: address.port) { port in
                logger.info("serving on \(address.url(port: port)) with \(connections) connections")
                announce(address.url(port: port))
            }
        } catch {
            exchange.cancel()
            await exchange.value
            throw error
        }
        exchange.cancel()
        await exchange.value
        logger.info("serving has stopped")
    }

    private func announce(_ cluster: Cluster) {
        logger.info("database started, data in \(cluster.directory)")
        if let newer = cluster.newerMajor {
            logger.info("PostgreSQL \(newer) is installed too; docs/backup.md says how to move the data to it")
        }
    }

    private func watchArchive(_ database: Database) -> Task<Void, Never>? {
        guard case .embedded(let cluster) = place, let directory = cluster.archiveDirectory else { return nil }
        let trouble = cluster.archiveTrouble
        return Task { await ArchiveWatch(database: database, directory: directory, logger: logger).run(trouble: trouble) }
    }

    private func announce(_ url: String) {
        Terminal.say("联药 is ready. Ctrl-C stops it.")
        if acceptsDevelopmentSignIn { Terminal.say("  pages     \(url)/") }
        Terminal.say("  API       \(url)/api/docs")
        Terminal.say("  FHIR R4   \(url)/fhir/r4/metadata")
        if acceptsDevelopmentSignIn { Terminal.say("  sign-in   Authorization: Bearer dev:<person>@<consortium>, proves nothing") }
    }
}
