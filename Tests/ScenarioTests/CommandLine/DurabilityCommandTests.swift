import EmbeddedPostgres
import Foundation
import Postgres
import TestSupport
import Testing

@Suite("Serving only what lasts")
struct DurabilityCommandTests {
    @Test("a setting that could lose answered commands is refused in one sentence, wherever the server is")
    func refusesUnsafeSettings() async throws {
        let sentence = "so a power failure could ruin the data"
        try await withProgram { program in
            #expect(try await program.run("migrate").code == 0)
            let own = "\(program.dataDirectory)/postgres/local.conf"
            try "fsync = off\n".write(toFile: own, atomically: false, encoding: .utf8)
            chmod(own, 0o644)
            for command in [["serve", "--port", "0"], ["verify"]] {
                let outcome = try await StartedProgram(
                    command + ["--data-directory", program.dataDirectory], home: repositoryRoot).outcome()
                #expect(outcome.code == 1)
                #expect(
                    outcome.errors == "lianyao: The database's setting fsync is off (\(own), line 1), \(sentence): "
                        + "remove that and start again.\n")
            }
            #expect(try program.serverProcess == nil)
        }
        // The tests' own server waits for no disk.
        let elsewhere = try await StartedProgram(
            ["serve", "--port", "0", "--database-url", try await TestCluster.shared().conninfo(database: "postgres")],
            home: repositoryRoot
        ).outcome()
        #expect(elsewhere.code == 1 && elsewhere.errors.contains("The database's setting fsync is off (/"), "\(elsewhere)")
        #expect(elsewhere.errors.contains(sentence), "\(elsewhere)")
    }

    @Test("a setting of the database itself is refused too")
    func refusesSettingOfTheDatabase() async throws {
        try await withProgram { program in
            #expect(try await program.run("migrate").code == 0)
            let cluster = try Cluster(directory: program.dataDirectory)
            try await cluster.attach {
                try await alter(cluster)
            }
            let outcome = try await program.run("serve", "--port", "0")
            #expect(outcome.code == 1)
            #expect(
                outcome.errors.contains("The database's setting synchronous_commit is off (set for the database), so a power failure"),
                "\(outcome)")
            #expect(try program.serverProcess == nil)
        }
    }

    private func alter(_ cluster: Cluster) async throws {
        let database = Database(DatabaseConfiguration(conninfo: cluster.conninfo(database: "postgres"), connections: 1))
        do {
            try await database.write { _ = try $0.execute("ALTER DATABASE lianyao SET synchronous_commit = off") }
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }
}
