import EmbeddedPostgres
import Foundation
import Primitives
import TestSupport
import Testing

@Suite("Backing up and restoring at the command line")
struct BackupCommandTests {
    private static func catalogue(_ code: String) -> String { "code,chinese,english,kind\n\(code),片,tablet,count\n" }

    /// Lends a place beside the data directory for backups and what is restored.
    private func withProgramAndPlace(_ body: (ProgramUnderTest, String) async throws -> Void) async throws {
        try await withProgram { program in
            let place = "\(program.dataDirectory)-place"
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            chmod(place, 0o755)
            defer { try? FileManager.default.removeItem(atPath: place) }
            try await body(program, place)
        }
    }

    private func importing(_ code: String, into data: String, by place: String) async throws -> ProgramUnderTest.Outcome {
        let file = "\(place)/\(code).csv"
        try Self.catalogue(code).write(toFile: file, atomically: true, encoding: .utf8)
        return try await ProgramUnderTest(dataDirectory: data).run("catalog", "import", file)
    }

    @Test("a backup of a serving program is restored with its pepper, verified, and served")
    func backsUpAndRestores() async throws {
        try await withProgramAndPlace { program, place in
            let service = try await program.serve()
            let backup = try await program.run("backup", "\(place)/backup")
            #expect(backup.code == 0 && backup.errors.isEmpty, "\(backup)")
            #expect(backup.output.contains("every file checked") && backup.output.contains("with the pepper"), "\(backup)")
            #expect(backup.output.contains("Restore it with: lianyao restore \(place)/backup --into "), "\(backup)")
            let again = try await program.run("backup", "\(place)/backup")
            #expect(again.code == 1)
            #expect(again.errors == "lianyao: The directory \(place)/backup is not empty: name one that does not exist yet.\n")
            service.send(SIGINT)
            #expect(await service.outcome().code == 0)

            let restored = try await StartedProgram(
                ["restore", "\(place)/backup", "--into", "\(place)/restored"], home: repositoryRoot).outcome()
            #expect(restored.code == 0 && restored.errors.isEmpty, "\(restored)")
            #expect(restored.output.contains("verify: no row\n"), "\(restored)")
            #expect(restored.output.contains("Serve it with: lianyao serve --data-directory \(place)/restored\n"), "\(restored)")
            let pepper = try String(contentsOfFile: "\(program.dataDirectory)/resident-pepper", encoding: .utf8)
            #expect(try String(contentsOfFile: "\(place)/restored/resident-pepper", encoding: .utf8) == pepper)

            let second = ProgramUnderTest(dataDirectory: "\(place)/restored")
            let served = try await second.serve()
            served.send(SIGINT)
            #expect(await served.outcome().code == 0)
            #expect(try String(contentsOfFile: "\(place)/restored/resident-pepper", encoding: .utf8) == pepper)
        }
    }

    @Test("a backup that was killed is no backup, and the next one clears it away")
    func killed() async throws {
        try await withProgramAndPlace { program, place in
            #expect(try await program.run("migrate").code == 0)
            let target = "\(place)/backup"
            var code: Int32 = 0
            // On a busy machine a backup may be done before it is killed.
            for _ in 0..<10 where code != 128 + SIGKILL || FileManager.default.fileExists(atPath: target) {
                try? FileManager.default.removeItem(atPath: target)
                let killed = try StartedProgram(
                    ["backup", target, "--data-directory", program.dataDirectory], home: repositoryRoot)
                await begun(target)
                killed.send(SIGKILL)
                code = await killed.outcome().code
            }
            #expect(code == 128 + SIGKILL)
            #expect(!FileManager.default.fileExists(atPath: target))
            let unfinished = try await StartedProgram(
                ["restore", "\(target).unfinished", "--into", "\(place)/restored"], home: repositoryRoot).outcome()
            #expect(unfinished.code == 1 && unfinished.errors.contains("is no backup of this program"), "\(unfinished)")

            let next = try await program.run("backup", target, "--without-pepper")
            #expect(next.code == 0 && next.output.contains("WITHOUT the pepper"), "\(next)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: place) == ["backup"])
        }
    }

    /// Waits, on a thread that other tests do not hold up, until a backup writes files, or is done.
    private func begun(_ target: String) async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let files = FileManager.default
                while !files.fileExists(atPath: "\(target).unfinished/postgres/base"), !files.fileExists(atPath: target) {
                    sched_yield()
                }
                continuation.resume()
            }
        }
    }

    @Test("with an archive a moment between two commands comes back, and wrong moments are refused")
    func pointInTime() async throws {
        try await withProgramAndPlace { program, place in
            let (data, archive) = (program.dataDirectory, "\(place)/archive")
            let service = try StartedProgram(
                ["serve", "--port", "0", "--data-directory", data, "--archive", archive], home: repositoryRoot)
            try await service.wait(for: "is ready")
            service.send(SIGINT)
            let served = await service.outcome()
            #expect(served.errors.contains("the log is archived in \(archive)"), "\(served)")
            let early = TimeSource.system.now
            let backup = try await program.run("backup", "\(place)/backup")
            #expect(backup.output.contains("--archive \(archive) [--until TIME]"), "\(backup)")
            #expect(try await importing("a", into: data, by: place).code == 0)
            let between = TimeSource.system.now
            #expect(try await importing("b", into: data, by: place).code == 0)

            func restore(_ arguments: String...) async throws -> ProgramUnderTest.Outcome {
                try await StartedProgram(
                    ["restore", "\(place)/backup", "--into", "\(place)/restored"] + arguments, home: repositoryRoot
                ).outcome()
            }
            let unreadable = try await restore("--archive", archive, "--until", "yesterday")
            #expect(unreadable.code == 64, "\(unreadable)")
            let tooEarly = try await restore("--archive", archive, "--until", "\(early)")
            #expect(tooEarly.code == 1 && tooEarly.errors.contains("use an earlier backup"), "\(tooEarly)")
            let tooLate = try await restore("--archive", archive, "--until", "2099-01-01 00:00:00")
            #expect(tooLate.code == 1, "\(tooLate)")
            #expect(
                tooLate.errors.hasPrefix("lianyao: The log ends before the moment 2098-12-31T16:00:00Z: its last transaction is of "),
                "\(tooLate)")
            #expect(!FileManager.default.fileExists(atPath: "\(place)/restored.unfinished"))

            let restored = try await restore("--archive", archive, "--until", "\(between)")
            #expect(restored.code == 0 && restored.output.contains("verify: no row"), "\(restored)")
            #expect(restored.output.contains("  last transaction 20"), "\(restored)")
            #expect(restored.output.contains("It remembers no archive"), "\(restored)")
            let first = try await importing("a", into: "\(place)/restored", by: place)
            #expect(first.output.contains("0 new, 0 changed, 1 unchanged"), "\(first)")
            let second = try await importing("b", into: "\(place)/restored", by: place)
            #expect(second.output.contains("1 new"), "\(second)")
        }
    }

    @Test("a server elsewhere is backed up and archived by its administrators")
    func serverElsewhere() async throws {
        let url = try await TestCluster.shared().conninfo(database: "postgres")
        for (arguments, words) in [
            (["backup", "/tmp/nowhere"], "let its administrators back it up"),
            (["serve", "--port", "0", "--archive", "/tmp/nowhere"], "its administrators archive its log"),
        ] {
            let outcome = try await StartedProgram(arguments + ["--database-url", url], home: repositoryRoot).outcome()
            #expect(outcome.code == 1 && outcome.errors.contains(words), "\(outcome)")
        }
    }
}
