import EmbeddedPostgres
import Foundation
import Postgres
import Testing

@Suite struct DurabilityTests {
    @Test("a durable cluster does not start with a setting that could lose what was answered, and names its line", arguments: [
        ("fsync", "a power failure could ruin the data"),
        ("full_page_writes", "a power failure could ruin the data"),
        ("synchronous_commit", "a power failure could lose commands that were answered"),
    ])
    func refusesUnsafe(setting: String, consequence: String) async throws {
        try await withDataDirectory { directory in
            let cluster = try Cluster(directory: directory)
            try cluster.start()
            try cluster.stop()
            let own = "\(directory)/postgres/local.conf"
            try "# mine\nwork_mem = 9MB\n\(setting.uppercased()) 'off' # faster\n".rewrite(own)
            let error = #expect(throws: EmbeddedPostgresError.self) { try cluster.start() }
            #expect(
                error?.description
                    == "The database's setting \(setting) is off (\(own), line 3), so \(consequence): remove that and start again.")
            #expect(cluster.serverProcess == nil)
            // What counts is the last word: later lines win, and the directory is free again.
            try "\(setting) = off\n\(setting) = on\n".rewrite(own)
            try cluster.start()
            #expect(try await cluster.setting(setting) == "on")
            try cluster.stop()
        }
    }

    @Test("a setting in an included file or by ALTER SYSTEM is found where it stands")
    func namesTheFile() async throws {
        try await withDataDirectory { directory in
            let cluster = try Cluster(directory: directory)
            try cluster.start()
            try cluster.stop()
            let data = "\(directory)/postgres"
            try FileManager.default.createDirectory(atPath: "\(data)/more", withIntermediateDirectories: true)
            chmod("\(data)/more", 0o755)
            try "\nfsync = off\n".rewrite("\(data)/more/fast.conf")
            try "include_dir 'more'\n".rewrite("\(data)/local.conf")
            let included = #expect(throws: EmbeddedPostgresError.self) { try cluster.start() }
            #expect(included?.description.contains("(\(data)/more/fast.conf, line 2)") == true)
            try "".rewrite("\(data)/local.conf")
            try "wal_level = 'minimal'\n".rewrite("\(data)/postgresql.auto.conf")
            let altered = #expect(throws: EmbeddedPostgresError.self) { try cluster.start() }
            #expect(
                altered?.description == "The database's setting wal_level is minimal (\(data)/postgresql.auto.conf, line 1), "
                    + "so no backup can be made while the service runs: remove that and start again.")
        }
    }

    @Test("a cluster without checksums starts with a warning")
    func warnsOfMissingChecksums() async throws {
        try await withDataDirectory { directory in
            let cluster = try Cluster(directory: directory)
            try cluster.start()
            #expect(cluster.durabilityWarnings.isEmpty)
            try cluster.stop()
            try cluster.disableChecksums()
            try cluster.start()
            #expect(cluster.durabilityWarnings.map(\.setting) == ["data_checksums"])
            #expect(cluster.durabilityWarnings.first?.isRefused == false)
            try cluster.stop()
        }
    }

    @Test("only what weakens the promise is a finding", arguments: [
        ("fsync", "on"), ("synchronous_commit", "local"), ("synchronous_commit", "remote_write"), ("wal_level", "logical"),
        ("data_checksums", "on"),
    ])
    func keepsThePromise(setting: String, value: String) {
        #expect(DurabilityFinding(setting, value: value, place: nil) == nil)
    }
}
