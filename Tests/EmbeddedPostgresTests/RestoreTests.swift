import EmbeddedPostgres
import Foundation
import Postgres
import Testing

@Suite struct RestoreTests {
    @Test("what cannot be restored soundly is refused, and nothing is left")
    func refusals() async throws {
        try await withPlaces { places in
            let cluster = try Cluster(directory: places.data, options: .volatileWithLog)
            try await cluster.attach {
                try await Notes.write("0", in: cluster)
                try "secret".write(toFile: "\(places.data)/pepper", atomically: false, encoding: .utf8)
                try await cluster.backUp(to: places("backup"), with: ["pepper"])
            }
            let directory = places("backup")
            let backup = try Backup(in: directory)
            func restore(into name: String = "restored", archive: String? = nil, until: BackupTime? = nil) async throws {
                _ = try await Restoration(
                    of: backup, into: places(name), archive: archive, until: until, options: .volatileWithLog
                ).run { _ in }
            }

            await #expect(throws: BackupError.notEmpty(places("data"))) { try await restore(into: "data") }
            await #expect(throws: BackupError.overlaps(places("backup/mine"), with: directory)) {
                try await restore(into: "backup/mine")
            }
            await #expect(throws: BackupError.untilWithoutArchive) { try await restore(until: backup.contents.finishedAt) }
            await #expect(throws: BackupError.noArchive(directory)) { try await restore(archive: directory) }

            // One bit of a table, then of a file beside the data.
            for name in ["postgres/global/pg_control", "postgres/base/1/1259", "pepper"] {
                try damage("\(directory)/\(name)", at: 5)
                let error = await #expect(throws: BackupError.self) { try await restore() }
                guard case .damaged(directory, let output) = error else {
                    Issue.record("\(name): \(String(describing: error))")
                    continue
                }
                #expect(output.contains(name.replacing("postgres/", with: "")), "\(output)")
                try damage("\(directory)/\(name)", at: 5)
            }
            #expect(try places.holdOnly(["backup"]))

            // A check of the restored data that fails.
            struct Unfit: Error {}
            await #expect(throws: Unfit.self) {
                _ = try await Restoration(of: backup, into: places("restored"), options: .volatileWithLog)
                    .run { _ in throw Unfit() }
            }
            #expect(try places.holdOnly(["backup"]))

            try #require(rename("\(directory)/backup.json", places("json")) == 0)
            #expect(throws: BackupError.noBackup(directory, reason: "it holds no backup.json")) { try Backup(in: directory) }
            try #"{"format": 2}"#.write(toFile: "\(directory)/backup.json", atomically: false, encoding: .utf8)
            #expect(throws: BackupError.formatUnknown(directory, format: 2)) { try Backup(in: directory) }
            try "{}".write(toFile: "\(directory)/backup.json", atomically: false, encoding: .utf8)
            #expect(throws: BackupError.noBackup(directory, reason: "its backup.json is damaged")) { try Backup(in: directory) }
        }
    }

    @Test("settings of the operator's own do not disturb the recovery, and are restored with the rest")
    func ownSettings() async throws {
        try await withPlaces { places in
            let cluster = try Cluster(directory: places.data, options: .volatileWithLog)
            try cluster.start()
            // More than any machine has: a start with it fails.
            try "shared_buffers = '1000GB'\n".rewrite("\(places.data)/postgres/local.conf")
            let backup = try await cluster.backUp(to: places("backup"))
            try cluster.stop()
            _ = try await Restoration(of: backup, into: places("restored"), options: .volatileWithLog).run { _ in }
            #expect(
                try String(contentsOfFile: places("restored/postgres/local.conf"), encoding: .utf8)
                    == "shared_buffers = '1000GB'\n")
        }
    }

    @Test("a restore that was killed, with its server still running, is cleared away by the next")
    func afterAKill() async throws {
        try await withPlaces { places in
            let cluster = try Cluster(directory: places.data, options: .volatileWithLog)
            let backup = try await cluster.attach { try await cluster.backUp(to: places("backup")) }
            // A server runs in what the killed restore has left.
            let left = try Cluster(directory: places("restored.unfinished"), options: .volatileWithLog)
            try left.start()
            let process = try #require(left.serverProcess)
            _ = try await Restoration(of: backup, into: places("restored"), options: .volatileWithLog).run { _ in }
            #expect(kill(process, 0) != 0 || left.serverProcess == nil)
            #expect(try places.holdOnly(["backup", "restored"]))
        }
    }
}
