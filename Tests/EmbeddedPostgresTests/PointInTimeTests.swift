import EmbeddedPostgres
import Foundation
import Postgres
import Testing

@Suite struct PointInTimeTests {
    @Test("backup and archive restore to any moment between, and to the end; other moments are refused")
    func anyMoment() async throws {
        try await withPlaces { places in
            let cluster = try Cluster(directory: places.data, options: .volatileWithLog)
            try cluster.start(archive: .directory(places("archive")))
            #expect(cluster.archiveDirectory == places("archive") && cluster.archiveTrouble == nil)
            try await Notes.write("a", in: cluster)
            let before = try await cluster.clock()
            let backup = try await cluster.backUp(to: places("backup"))
            #expect(backup.contents.archive == places("archive"))
            try await Notes.write("b", in: cluster)
            let between = try await cluster.clock()
            try await cluster.switchSegment()
            try await Notes.write("c", in: cluster)
            let after = try await cluster.clock()
            // A stop archives the rest of the log.
            try cluster.stop()

            func restore(until: BackupTime?) async throws -> [String] {
                defer { try? FileManager.default.removeItem(atPath: places("restored")) }
                return try await Restoration(
                    of: backup, into: places("restored"), archive: places("archive"), until: until, options: .volatileWithLog
                ).run(checking: Notes.read).checked
            }
            #expect(try await restore(until: between) == ["a", "b"])
            #expect(try await restore(until: nil) == ["a", "b", "c"])
            #expect(try await restore(until: nil) == ["a", "b", "c"])
            await #expect(throws: BackupError.untilBeforeBackup(until: before.text, finishedAt: backup.contents.finishedAt.text)) {
                try await restore(until: before)
            }
            let late = await #expect(throws: BackupError.self) { try await restore(until: after) }
            guard case .untilNotReached(after.text, let last?, nil) = late else {
                Issue.record("\(String(describing: late))")
                return
            }
            #expect(last.hasSuffix("+08") && late?.description.contains("leave out --until.") == true)
            #expect(try places.holdOnly(["archive", "backup"]))
        }
    }

    @Test("a gap or damage in the archive is named, and only on demand is restored what was before it")
    func gaps() async throws {
        try await withPlaces { places in
            let cluster = try Cluster(directory: places.data, options: .volatileWithLog)
            try cluster.start(archive: .directory(places("archive")))
            let backup = try await cluster.backUp(to: places("backup"))
            var (moments, names): ([BackupTime], [String]) = ([], [])
            for text in ["a", "b", "c", "d"] {
                try await Notes.write(text, in: cluster)
                moments.append(try await cluster.clock())
                names.append(try #require(try await cluster.switchSegment()))
            }
            try cluster.stop()
            let archive = places("archive")
            let segments = try FileManager.default.contentsOfDirectory(atPath: archive)
                .filter { $0.count == 27 && $0 >= backup.contents.lastSegment }.sorted()
            // That of c.
            let name = names[2]
            let path = "\(archive)/\(name).gz"

            func restore(until: BackupTime? = nil, goesUpToGap: Bool = false) async throws -> [String] {
                defer { try? FileManager.default.removeItem(atPath: places("restored")) }
                return try await Restoration(
                    of: backup, into: places("restored"), archive: archive, until: until, goesUpToGap: goesUpToGap,
                    options: .volatileWithLog
                ).run(checking: Notes.read).checked
            }
            #expect(try await restore() == ["a", "b", "c", "d"])

            try damage(path, at: 40)
            await #expect(throws: BackupError.segmentDamaged(name, archive: archive)) { try await restore() }
            try damage(path, at: 40)

            // Sound as a file, and yet no log: what PostgreSQL takes for the end.
            try #require(rename(path, places("aside")) == 0)
            try runProgram("/bin/sh", ["-c", "head -c 16777216 /dev/zero | gzip -1 >'\(path)'"])
            chmod(path, 0o644)
            let last = String(segments[segments.count - 1].dropLast(3))
            await #expect(throws: BackupError.endsBefore(segment: last)) { try await restore() }
            unlink(path)

            await #expect(throws: BackupError.segmentMissing(name, archive: archive)) { try await restore() }
            #expect(try await restore(goesUpToGap: true) == ["a", "b"])
            #expect(try await restore(until: moments[0]) == ["a"])
            let late = await #expect(throws: BackupError.self) { try await restore(until: moments[3]) }
            guard case .untilNotReached(_, _, missing: name) = late else {
                Issue.record("\(String(describing: late))")
                return
            }
            #expect(try places.holdOnly(["archive", "aside", "backup"]))
        }
    }
}
