import EmbeddedPostgres
import Foundation
import Postgres
import Testing

@Suite struct LifecycleTests {
    private static func note(_ text: String) -> @Sendable (Transaction) throws -> Void {
        { transaction in
            try transaction.execute("CREATE TABLE IF NOT EXISTS note (text text)")
            try transaction.execute("INSERT INTO note VALUES (\(text))")
        }
    }

    private static let notes: @Sendable (Transaction) throws -> [String] = { transaction in
        try transaction.query("SELECT text FROM note ORDER BY text") { try $0["text"] }
    }

    @Test("a cluster is made, keeps its data over a stop, and admits nobody else")
    func makesAndKeeps() async throws {
        try await withDataDirectory { directory in
            let cluster = try Cluster(directory: directory)
            #expect(cluster.serverProcess == nil)
            try cluster.start()
            let process = try #require(cluster.serverProcess)
            try cluster.start()
            #expect(cluster.serverProcess == process)
            try await cluster.write("postgres", Self.note("kept"))
            #expect(try mode(of: "\(directory)/postgres") == 0o700)
            #expect(try mode(of: "\(directory)/run") == 0o700)
            #expect(try mode(of: directory) == (isRoot ? 0o711 : 0o700))
            #expect(getsid(process) == process)
            try cluster.stop()
            #expect(cluster.serverProcess == nil)
            try cluster.stop()
            try cluster.start()
            #expect(try await cluster.write("postgres", Self.notes) == ["kept"])
            try cluster.stop()
        }
    }

    @Test("the server keeps none of this program's files open, since it may outlive it")
    func inheritsNothing() async throws {
        try await withDataDirectory { directory in
            let path = "\(NSTemporaryDirectory())/lianyao-inherited-\(UUID().uuidString)"
            // Without O_CLOEXEC: what is started with plain spawn keeps it.
            let file = open(path, O_CREAT | O_RDWR, 0o600)
            defer {
                close(file)
                unlink(path)
            }
            let cluster = try Cluster(directory: directory, options: .volatile)
            try cluster.start()
            let process = try #require(cluster.serverProcess)
            let descriptors = "/proc/\(process)/fd"
            let kept = try FileManager.default.contentsOfDirectory(atPath: descriptors).compactMap { number in
                try? FileManager.default.destinationOfSymbolicLink(atPath: "\(descriptors)/\(number)")
            }
            #expect(!kept.isEmpty && !kept.contains { $0.hasSuffix(URL(fileURLWithPath: path).lastPathComponent) })
            try cluster.stop()
        }
    }

    @Test("a durable cluster waits for the disk, a volatile one does not, and neither listens on the network",
        arguments: [true, false])
    func settings(isDurable: Bool) async throws {
        try await withDataDirectory { directory in
            let cluster = try Cluster(directory: directory, options: isDurable ? .durable : .volatile)
            try cluster.start()
            for name in ["fsync", "synchronous_commit", "full_page_writes"] {
                #expect(try await cluster.setting(name) == (isDurable ? "on" : "off"), "\(name)")
            }
            #expect(try await cluster.setting("listen_addresses") == "")
            #expect(try await cluster.setting("data_checksums") == "on")
            #expect(try await cluster.setting("jit") == "off")
            #expect(try await cluster.setting("server_encoding") == "UTF8")
            #expect(try await cluster.setting("lc_collate") == "C.UTF-8")
            try cluster.stop()
        }
    }

    @Test("a server that outlived its owner is adopted as it runs")
    func adopts() async throws {
        try await withDataDirectory { directory in
            let process = try {
                // Its lock goes with the object, as with a process that crashed; the server stays.
                let crashed = try Cluster(directory: directory, options: .volatile)
                try crashed.start()
                return crashed.serverProcess
            }()
            let cluster = try Cluster(directory: directory, options: .volatile)
            #expect(cluster.serverProcess == process)
            try cluster.start()
            #expect(cluster.serverProcess == process)
            #expect(try await cluster.setting("port") == "5432")
            try cluster.stop()
            #expect(cluster.serverProcess == nil)
        }
    }

    @Test("a server that was killed recovers what was committed")
    func recovers() async throws {
        try await withDataDirectory { directory in
            let cluster = try Cluster(directory: directory)
            try cluster.start()
            try await cluster.write("postgres", Self.note("committed"))
            kill(try #require(cluster.serverProcess), SIGKILL)
            while cluster.serverProcess != nil { await Task.yield() }
            try cluster.stop()
            try cluster.start()
            #expect(try await cluster.write("postgres", Self.notes) == ["committed"])
            try cluster.stop()
        }
    }

    @Test("a process number that something else has by now is no server")
    func reusedProcessNumber() async throws {
        try await withDataDirectory { directory in
            let cluster = try Cluster(directory: directory, options: .volatile)
            try cluster.start()
            try cluster.stop()
            let file = "\(directory)/postgres/postmaster.pid"
            try "\(getpid())\n\(directory)/postgres\n0\n5432\n\(directory)/run\n\n0 0\nready   \n".write(
                toFile: file, atomically: false, encoding: .utf8)
            #expect(cluster.serverProcess == nil)
            try cluster.start()
            #expect(try await cluster.setting("port") == "5432")
            try cluster.stop()
        }
    }

    @Test("an attempt that was interrupted does not stand in the way")
    func interruptedAttempt() async throws {
        try await withDataDirectory { directory in
            try FileManager.default.createDirectory(
                atPath: "\(directory)/postgres.new/base", withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o755])
            let cluster = try Cluster(directory: directory, options: .volatile)
            try cluster.start()
            #expect(!FileManager.default.fileExists(atPath: "\(directory)/postgres.new"))
            try cluster.stop()
        }
    }

    @Test("any path can be a data directory", arguments: [
        "it's a place, #1 of 50%", "联药", String(repeating: "long", count: 40),
    ])
    func anyPath(name: String) async throws {
        try await withDataDirectory(named: name) { directory in
            let cluster = try Cluster(directory: directory, options: .volatile)
            try cluster.start()
            #expect("\(cluster.socketDirectory)/.s.PGSQL.5432".utf8.count <= 107)
            #expect(try mode(of: cluster.socketDirectory) == 0o700)
            #expect(try await cluster.setting("port") == "5432")
            try cluster.stop()
            if !cluster.socketDirectory.hasPrefix(directory) {
                #expect(!FileManager.default.fileExists(atPath: cluster.socketDirectory))
            }
        }
    }

    @Test("a database is created once, and any name will do", arguments: ["lianyao", "it's \"联药\" \\", "-h"])
    func databases(name: String) async throws {
        try await withDataDirectory { directory in
            let cluster = try Cluster(directory: directory, options: .volatile)
            try cluster.start()
            #expect(try cluster.createDatabase(name))
            #expect(try !cluster.createDatabase(name))
            let found = try await cluster.write(name) { transaction in
                try transaction.first("SELECT current_database()::text AS name") { try $0["name"] as String }
            }
            #expect(found == name)
            try cluster.dropDatabase(name)
            try cluster.dropDatabase(name)
            await #expect(throws: PostgresError.self) { try await cluster.write(name) { try $0.execute("SELECT 1") } }
            try cluster.stop()
        }
    }
}
