import EmbeddedPostgres
import Foundation
import Postgres
import Primitives

/// What the tests of backups write and read.
enum Notes {
    static func write(_ text: String, in cluster: Cluster) async throws {
        try await cluster.write { transaction in
            try transaction.execute("CREATE TABLE IF NOT EXISTS note (text text)")
            try transaction.execute("INSERT INTO note VALUES (\(text))")
        }
    }

    static let read: @Sendable (Cluster) async throws -> [String] = { cluster in
        try await cluster.write { transaction in
            try transaction.query("SELECT text FROM note ORDER BY length(text), text") { try $0["text"] }
        }
    }
}

extension ClusterOptions {
    /// Waits for no disk, and can be backed up all the same.
    static let volatileWithLog: ClusterOptions = {
        var options = ClusterOptions.volatile
        options.keepsLog = true
        return options
    }()
}

extension Cluster {
    /// The server's clock.
    func clock() async throws -> BackupTime {
        let now = try await write { transaction in
            try transaction.first("SELECT clock_timestamp() AS now") { try $0["now"] as Instant }
        }
        let known = now ?? TimeSource.system.now
        return BackupTime(microseconds: known.microseconds, text: "\(known)")
    }

    /// Begins a new segment of the log, as after 16 MB.
    ///
    /// - Returns: the name of the segment that was written last.
    @discardableResult
    func switchSegment() async throws -> String? {
        let written = try await write { transaction in
            try transaction.first("SELECT pg_walfile_name(pg_current_wal_insert_lsn()) AS name") { try $0["name"] as String }
        }
        _ = try await write { transaction in
            try transaction.first("SELECT pg_switch_wal()::text AS position") { try $0["position"] as String }
        }
        return written
    }

    @discardableResult
    func backUp(to directory: String, with files: [String] = []) async throws -> Backup {
        try await backUp(
            to: directory, with: files, schemaVersion: 7,
            clock: {
                let now = TimeSource.system.now
                return BackupTime(microseconds: now.microseconds, text: "\(now)")
            })
    }
}

/// The data directory `data`, and places beside it for backups, archives and what is restored.
struct Places {
    let data: String
    private var root: String { URL(fileURLWithPath: data).deletingLastPathComponent().path }

    func callAsFunction(_ name: String) -> String { "\(root)/\(name)" }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: self(name)) }

    /// Whether nothing but these, and the data, is there.
    func holdOnly(_ names: Set<String>) throws -> Bool {
        Set(try FileManager.default.contentsOfDirectory(atPath: root)) == names.union(["data"])
    }
}

func withPlaces(_ body: (Places) async throws -> Void) async throws {
    try await withDataDirectory { try await body(Places(data: $0)) }
}
