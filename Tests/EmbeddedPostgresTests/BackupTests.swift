import EmbeddedPostgres
import Foundation
import Postgres
import Testing

@Suite struct BackupTests {
    @Test("a backup made under writes restores to one moment, with the files beside the data, for its owner alone")
    func underWrites() async throws {
        try await withPlaces { places in
            let cluster = try Cluster(directory: places.data, options: .volatileWithLog)
            try cluster.start()
            try await Notes.write("0", in: cluster)
            try "secret".write(toFile: "\(places.data)/pepper", atomically: false, encoding: .utf8)
            let writing = Task {
                var count = 0
                while !Task.isCancelled {
                    count += 1
                    try await Notes.write("\(count)", in: cluster)
                }
                return count
            }
            let backup = try await cluster.backUp(to: places("backup"), with: ["pepper", "absent"])
            writing.cancel()
            let written = try await writing.value
            try cluster.stop()

            #expect(backup.contents.postgresMajor == newestMajor && backup.contents.schemaVersion == 7)
            #expect(backup.contents.files.keys.sorted() == ["pepper"])
            #expect(try Backup(in: places("backup")) == backup)
            for (name, expected) in ["backup": 0o700, "backup/backup.json": 0o600, "backup/pepper": 0o600, "backup/postgres": 0o700] {
                #expect(try mode(of: places(name)) == expected, "\(name)")
            }
            let (reach, notes) = try await Restoration(of: backup, into: places("restored"), options: .volatileWithLog)
                .run(checking: Notes.read)
            // What was committed one after the other is there without a gap.
            #expect(notes.count >= 1 && notes.count <= written + 1)
            #expect(notes == (0..<notes.count).map { "\($0)" })
            #expect(reach.segmentCount == 0)
            #expect(try String(contentsOfFile: places("restored/pepper"), encoding: .utf8) == "secret")
            #expect(try mode(of: places("restored/pepper")) == 0o600)
            #expect(try places.holdOnly(["backup", "restored"]))

            // It is a data directory like any other, and the former one is as it was.
            let restored = try Cluster(directory: places("restored"), options: .volatileWithLog)
            try restored.start()
            try await Notes.write("after", in: restored)
            #expect(try await Notes.read(restored).count == notes.count + 1)
            try restored.stop()
        }
    }

    @Test("a backup is refused where it could not be one, and leaves nothing")
    func refusedPlaces() async throws {
        try await withPlaces { places in
            let cluster = try Cluster(directory: places.data, options: .volatileWithLog)
            try cluster.start()
            try FileManager.default.createDirectory(atPath: places("full/inner"), withIntermediateDirectories: true)
            let cases: [(String, BackupError)] = [
                (places("full"), .notEmpty(places("full"))),
                (places("data/postgres/base/mine"), .overlaps(places("data/postgres/base/mine"), with: places.data)),
                (places("none/backup"), .parentMissing(places("none"))),
                ("/dev/shm/../../proc/mine", .notMade("/proc/mine.unfinished", reason: "No such file or directory")),
            ]
            for (target, error) in cases {
                await #expect(throws: error) { try await cluster.backUp(to: target) }
            }
            #expect(try places.holdOnly(["full"]))
            try cluster.stop()
        }
    }

    @Test("a page that the disk has damaged is noticed, and no backup is made of it")
    func damagedPage() async throws {
        try await withPlaces { places in
            let cluster = try Cluster(directory: places.data, options: .volatileWithLog)
            try cluster.start()
            try await Notes.write("0", in: cluster)
            let file = try await cluster.write { transaction in
                try transaction.first("SELECT pg_relation_filepath('note') AS path") { try $0["path"] as String }
            }
            try cluster.stop()
            try damage("\(places.data)/postgres/\(try #require(file))", at: 8_100)
            try cluster.start()
            let error = await #expect(throws: BackupError.self) { try await cluster.backUp(to: places("backup")) }
            guard case .backupFailed(let output) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(output.contains("checksum"), "\(output)")
            #expect(try places.holdOnly([]))
            try cluster.stop()
        }
    }

    @Test("what an interrupted backup has left is removed by the next, not taken for a backup")
    func interrupted() async throws {
        try await withPlaces { places in
            let cluster = try Cluster(directory: places.data, options: .volatileWithLog)
            try cluster.start()
            var wasCancelled = false
            // On a busy machine a backup may be done before it is cancelled.
            for _ in 0..<10 where !wasCancelled {
                try? FileManager.default.removeItem(atPath: places("backup"))
                let cancelled = Task { try await cluster.backUp(to: places("backup")) }
                while !places.exists("backup.unfinished/postgres/base"), !places.exists("backup") { await Task.yield() }
                cancelled.cancel()
                do {
                    _ = try await cancelled.value
                } catch is CancellationError {
                    wasCancelled = true
                }
            }
            #expect(wasCancelled)
            #expect(try places.holdOnly([]))

            // As kill -9 leaves it.
            try FileManager.default.createDirectory(
                atPath: places("backup.unfinished/postgres/base"), withIntermediateDirectories: true)
            #expect(throws: BackupError.self) { try Backup(in: places("backup.unfinished")) }
            try await cluster.backUp(to: places("backup"))
            #expect(try places.holdOnly(["backup"]))
            try cluster.stop()
        }
    }
}
