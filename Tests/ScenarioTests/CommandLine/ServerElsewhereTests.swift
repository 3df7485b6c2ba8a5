import EmbeddedPostgres
import Foundation
import Postgres
import TestSupport
import Testing

@Suite("With a server elsewhere")
struct ServerElsewhereTests {
    private static let pepper = "LIANYAO_RESIDENT_PEPPER=" + String(repeating: "5a", count: 32)

    @Test("a user who may only create roles migrates, serves twice side by side and verifies")
    func servesWithoutSuperuser() async throws {
        try await withServer { url in
            let migrated = try await run(["migrate"], url)
            #expect(migrated.code == 0 && migrated.output.contains("applied 0001_roles.sql"), "\(migrated)")
            let services = try (1...2).map { _ in
                try StartedProgram(["serve", "--port", "0"], home: repositoryRoot, variables: ["DATABASE_URL=\(url)", Self.pepper])
            }
            for service in services { try await service.wait(for: "is ready") }
            let verified = try await run(["verify"], url)
            #expect(verified.code == 0 && verified.output == "verify: no row\n", "\(verified)")
            for service in services {
                service.send(SIGTERM)
                let outcome = await service.outcome()
                #expect(outcome.code == 0, "\(outcome)")
                #expect(!outcome.errors.contains("database stopped"), "somebody else's server is left alone")
            }
        }
    }

    @Test("without a pepper it says that one is needed")
    func needsAPepper() async throws {
        try await withServer { url in
            let outcome = try await StartedProgram(
                ["serve", "--port", "0"], home: repositoryRoot, variables: ["DATABASE_URL=\(url)"]
            ).outcome()
            #expect(outcome.code == 1)
            #expect(outcome.errors.contains("LIANYAO_RESIDENT_PEPPER must hold at least 64 hexadecimal digits"), "\(outcome)")
        }
    }

    private func run(_ arguments: [String], _ url: String) async throws -> ProgramUnderTest.Outcome {
        try await StartedProgram(arguments, home: repositoryRoot, variables: ["DATABASE_URL=\(url)", Self.pepper]).outcome()
    }

    /// Lends a server that somebody else runs, with a database of a user who is no superuser.
    private func withServer(_ body: (String) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.path + "/lianyao-elsewhere-\(UUID().uuidString.prefix(8))"
        let cluster = try Cluster(directory: directory)
        try cluster.start()
        do {
            let superuser = Database(DatabaseConfiguration(conninfo: cluster.conninfo(database: "postgres"), connections: 1))
            _ = try await superuser.write { try $0.execute("CREATE ROLE operator LOGIN CREATEROLE") }
            await superuser.close()
            try cluster.createDatabase("medicines", owner: "operator")
            try await body("host=\(cluster.socketDirectory) port=\(Cluster.port) user=operator dbname=medicines")
        } catch {
            try? cluster.stopImmediately()
            try? FileManager.default.removeItem(atPath: directory)
            throw error
        }
        try cluster.stopImmediately()
        try FileManager.default.removeItem(atPath: directory)
    }
}
