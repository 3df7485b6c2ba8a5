import EmbeddedPostgres
import Foundation
import Postgres
import Testing

@Suite struct ArchiveTests {
    @Test("the archive is remembered by every start, until it is given up")
    func remembered() async throws {
        try await withPlaces { places in
            let cluster = try Cluster(directory: places.data, options: .volatileWithLog)
            try cluster.start()
            #expect(try await cluster.setting("archive_mode") == "off")
            let process = cluster.serverProcess
            try cluster.stop()
            try cluster.start(archive: .directory(places("archive")))
            #expect(cluster.serverProcess != process)
            #expect(try await cluster.setting("archive_mode") == "on")
            #expect(try await cluster.setting("archive_timeout") == "1min")
            #expect(try mode(of: places("archive")) == 0o700)
            try cluster.stop()
            // A short command, too, archives what it writes.
            #expect(try await cluster.attach { try await cluster.setting("archive_mode") } == "on")
            try cluster.start(archive: .directory(places("archive")))
            try cluster.stop()
            try cluster.start(archive: .none)
            #expect(cluster.archiveDirectory == nil && cluster.archiveTrouble == nil)
            #expect(try await cluster.setting("archive_mode") == "off")
            try cluster.stop()
            // What was archived has a gap from now on.
            #expect(throws: EmbeddedPostgresError.self) { try cluster.start(archive: .directory(places("archive"))) }
            #expect(cluster.serverProcess == nil)
        }
    }

    @Test("a server left running by a crash is restarted when it must archive from now on")
    func adoptedServer() async throws {
        try await withPlaces { places in
            let process = try {
                let crashed = try Cluster(directory: places.data, options: .volatileWithLog)
                try crashed.start()
                return crashed.serverProcess
            }()
            let cluster = try Cluster(directory: places.data, options: .volatileWithLog)
            try cluster.start(archive: .directory(places("archive")))
            #expect(cluster.serverProcess != process)
            #expect(try await cluster.setting("archive_mode") == "on")
            try cluster.stop()
        }
    }

    @Test("an archive is refused where it would not help, or among another's segments")
    func refusedPlaces() async throws {
        try await withPlaces { places in
            let cluster = try Cluster(directory: places.data, options: .volatileWithLog)
            try FileManager.default.createDirectory(atPath: places("full/inner"), withIntermediateDirectories: true)
            for (name, words) in [
                ("full", "it is not empty"), ("none/archive", "is its disk mounted?"), ("data/archive.d", "choose another disk"),
            ] {
                let error = #expect(throws: EmbeddedPostgresError.self) { try cluster.start(archive: .directory(places(name))) }
                #expect(error?.description.contains(words) == true, "\(String(describing: error))")
                #expect(cluster.serverProcess == nil && cluster.archiveDirectory == nil)
            }
            // A setting of one's own that would keep it from working.
            try cluster.start(archive: .directory(places("it's 100% $mine")))
            #expect(cluster.archiveTrouble == nil)
            try cluster.stop()
            let own = "\(places.data)/postgres/local.conf"
            try "\narchive_command = '/bin/true'\n".rewrite(own)
            #expect(throws: EmbeddedPostgresError.archiveOverridden(setting: "archive_command", place: "\(own), line 2")) {
                try cluster.start()
            }
        }
    }

    @Test("a segment is kept whole, never over another, and not into an empty place where the disk should be")
    func keepsSegments() async throws {
        try await withPlaces { places in
            let cluster = try Cluster(directory: places.data, options: .volatileWithLog)
            try cluster.start(archive: .directory(places("it's 100% $mine")))
            let script = "\(places.data)/postgres/archive-segment.sh"
            let (archive, segment, name) = (places("it's 100% $mine"), places("segment"), "0000000900000000000000AB")
            try "the log".write(toFile: segment, atomically: false, encoding: .utf8)
            func keep() throws { try runProgram("/bin/sh", [script, segment, name]) }
            try keep()
            let kept = try FileManager.default.attributesOfItem(atPath: "\(archive)/\(name).gz")
            #expect(kept[.posixPermissions] as? Int == 0o600)
            // Once more the same is no failure; anything else under the name is.
            try keep()
            try "another log".write(toFile: segment, atomically: false, encoding: .utf8)
            let refused = #expect(throws: ProgramFailed.self) { try keep() }
            #expect(refused?.output.contains("exists and holds something else") == true)
            // What an interrupted attempt has left is written anew.
            try "half".write(toFile: "\(archive)/\(name.replacing("AB", with: "AC")).gz.part", atomically: false, encoding: .utf8)
            try runProgram("/bin/sh", [script, segment, name.replacing("AB", with: "AC")])
            #expect(try !FileManager.default.contentsOfDirectory(atPath: archive).contains { $0.hasSuffix(".part") })

            try #require(rename("\(archive)/lianyao-archive", places("marker")) == 0)
            #expect(cluster.archiveTrouble?.contains("is its disk mounted?") == true)
            #expect(throws: ProgramFailed.self) { try runProgram("/bin/sh", [script, segment, "\(name)1"]) }
            // The server starts all the same.
            try cluster.stopImmediately()
            try cluster.start()
            #expect(cluster.archiveTrouble != nil)
            try #require(rename(places("marker"), "\(archive)/lianyao-archive") == 0)
            #expect(cluster.archiveTrouble == nil)
            try cluster.stop()
        }
    }
}
