import Foundation
import TestSupport
import Testing

@Suite("The commands that keep the database")
struct SchemaCommandTests {
    @Test("migrate makes the database, does nothing the second time, and leaves no server behind")
    func migratesTwice() async throws {
        try await withProgram { program in
            let first = try await program.run("migrate")
            #expect(first.code == 0 && first.output.contains("applied 0001_roles.sql"), "\(first)")
            let second = try await program.run("migrate")
            #expect(second.code == 0 && second.output == "migrate: nothing to do\n", "\(second)")
            #expect(try program.serverProcess == nil)
            let verified = try await program.run("verify")
            #expect(verified.code == 0 && verified.output == "verify: no row\n", "\(verified)")
        }
    }

    @Test("a command that needs a database says how to make one", arguments: [["verify"], ["demo", "load"]])
    func needsADatabase(command: [String]) async throws {
        try await withProgram { program in
            let outcome = try await StartedProgram(
                command + ["--data-directory", program.dataDirectory], home: repositoryRoot
            ).outcome()
            #expect(outcome.code == 1)
            #expect(outcome.errors.hasPrefix("lianyao: There is no database in \(program.dataDirectory) yet"), "\(outcome)")
            #expect(!FileManager.default.fileExists(atPath: program.dataDirectory))
        }
    }

    @Test("a migration that was changed after it was applied is refused in one sentence")
    func changedMigration() async throws {
        try await withProgram { program in
            let home = program.dataDirectory + "-home"
            defer { try? FileManager.default.removeItem(atPath: home) }
            try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: "\(repositoryRoot)/db", toPath: "\(home)/db")
            #expect(try await program.run("migrate", home: home).code == 0)
            let file = "\(home)/db/migrations/0001_roles.sql"
            try (String(contentsOfFile: file, encoding: .utf8) + "-- more\n").write(toFile: file, atomically: true, encoding: .utf8)
            let outcome = try await program.run("migrate", home: home)
            #expect(outcome.code == 1)
            #expect(
                outcome.errors == "lianyao: The migration 0001_roles.sql was changed after it was applied: "
                    + "restore it, and put the change into a new file.\n")
        }
    }

    @Test("a home without migrations and a server that is not there are each one sentence")
    func clearFailures() async throws {
        let noHome = try await StartedProgram(["migrate"], home: "/usr").outcome()
        #expect(noHome.code == 1)
        #expect(noHome.errors == "lianyao: /usr is no home of the program: it holds no directory db/migrations.\n")
        let noServer = try await StartedProgram(
            ["verify", "--database-url", "postgresql://127.0.0.1:1/none"], home: repositoryRoot
        ).outcome()
        #expect(noServer.code == 1 && noServer.errors.hasPrefix("lianyao: The database cannot be reached: "), "\(noServer)")
        #expect(noServer.errors.count(where: \.isNewline) == 1)
    }
}
