import EmbeddedPostgres
import Foundation
import Postgres
import Primitives
import TestSupport
import Testing

/// `kill -9` under load. The short form runs in the suite; `scripts/soak` runs the long one.
@Suite("Killed at random moments", .timeLimit(.minutes(30)))
struct CrashTests {
    private static let environment = ProcessInfo.processInfo.environment
    /// How often the service and how often PostgreSQL is killed.
    private static let kills = environment["LIANYAO_SOAK_KILLS"].flatMap { Int($0) } ?? 2
    private static let seed = environment["LIANYAO_SOAK_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1_000_000)
    private static let clients = 8

    @Test("the service and PostgreSQL lose no acknowledged command and do none twice")
    func losesNothing() async throws {
        print("crash: seed \(Self.seed), \(Self.kills) kills of each")
        try await withProgram { program in
            let storm = try await Storm.prepare(program)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for client in 0..<Self.clients {
                    group.addTask { try await storm.client.run(seed: Self.seed &* 1_000 &+ UInt64(client)) }
                }
                let service = try await storm.rage(kills: Self.kills, seed: Self.seed)
                await storm.client.tally.end()
                try await group.waitForAll()
                try await checkAfterwards(storm)
                service.send(SIGTERM)
                #expect(await service.outcome().code == 0)
            }
            #expect(try program.serverProcess == nil)
        }
    }

    private func checkAfterwards(_ storm: Storm) async throws {
        let tally = storm.client.tally
        let acknowledged = await tally.acknowledged
        let (refused, repeated) = await (tally.refused, tally.repeated)
        print("crash: \(acknowledged.count) commands acknowledged, \(refused) refused, \(repeated) tries without an answer")
        let found = try await storm.found()

        // Nothing lost, nothing twice, nothing that nobody asked for.
        #expect(found.movements.sorted() == acknowledged.map(\.command.requestID.uuidString).sorted(), "seed \(Self.seed)")
        #expect(found.held == (await tally.expected), "seed \(Self.seed)")
        let verified = try await storm.program.run("verify")
        #expect(verified.code == 0 && verified.output == "verify: no row\n", "seed \(Self.seed): \(verified)")

        // Each is answered again as it was answered first, and does nothing.
        for done in acknowledged.shuffled().prefix(100) {
            let again = try await storm.client.send(done.command)
            #expect(again.status < 300 && again.text == done.answer, "seed \(Self.seed): \(done.command)")
        }
        #expect(try await storm.found() == found)
    }
}

/// A running service, clients at work, and somebody who kills.
struct Storm: Sendable {
    /// What is in the database.
    struct Found: Equatable, Sendable {
        /// The request id of every movement, repeated when it was recorded repeatedly.
        let movements: [String]
        let held: [StockPlace: Int64]
    }

    let program: ProgramUnderTest
    let client: CrashClient
    private let cluster: Cluster

    static func prepare(_ program: ProgramUnderTest) async throws -> Storm {
        #expect(try await program.run("migrate").code == 0)
        let cluster = try Cluster(directory: program.dataDirectory)
        let world = try await cluster.attach {
            let owner = Database(DatabaseConfiguration(conninfo: cluster.conninfo(database: "lianyao"), connections: 1, role: "lianyao_owner"))
            let world = try await SmallConsortium.make(in: owner)
            await owner.close()
            return world
        }
        return Storm(
            program: program, client: CrashClient(port: try freePort(), world: world, tally: CrashTally()), cluster: cluster)
    }

    /// Kills the service and PostgreSQL so many times each, in random order, each time while clients are at work.
    ///
    /// - Returns: the service that runs in the end, once it has gone on working.
    func rage(kills: Int, seed: UInt64) async throws -> StartedProgram {
        var random = SeededGenerator(seed: seed)
        var service = try await start()
        for killsService in Array(repeating: true, count: kills).appending(false, count: kills).shuffled(using: &random) {
            await client.tally.more(Int.random(in: 20...150, using: &random))
            if killsService {
                service.send(SIGKILL)
                _ = await service.outcome()
                service = try await start()
            } else if let server = cluster.serverProcess {
                kill(server, SIGKILL)
            }
        }
        await client.tally.more(50)
        return service
    }

    private func start() async throws -> StartedProgram {
        let service = try StartedProgram(
            ["serve", "--port", "\(client.port)", "--development-sign-in", "--data-directory", program.dataDirectory],
            home: repositoryRoot)
        try await service.wait(for: "is ready")
        return service
    }

    func found() async throws -> Found {
        let owner = Database(DatabaseConfiguration(conninfo: cluster.conninfo(database: "lianyao"), connections: 1, role: "lianyao_owner"))
        let found = try await owner.read { transaction in
            let held = try transaction.query(
                """
                SELECT store_id, product_id, sum(quantity)::bigint AS quantity FROM stock_ledger.balance
                 GROUP BY store_id, product_id HAVING sum(quantity) <> 0
                """
            ) { row in (StockPlace(store: try row["store_id"], product: try row["product_id"]), try row["quantity"] as Int64) }
            return Found(
                movements: try transaction.query("SELECT request_id FROM stock_ledger.movement") {
                    (try $0["request_id"] as UUID).uuidString
                }.sorted(),
                held: Dictionary(uniqueKeysWithValues: held))
        }
        await owner.close()
        return found
    }
}

extension Array {
    fileprivate func appending(_ element: Element, count: Int) -> [Element] { self + Array(repeating: element, count: count) }
}
