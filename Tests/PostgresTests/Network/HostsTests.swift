import EmbeddedPostgres
import Foundation
import Postgres
import Testing

@Suite struct HostsTests {
    private static let readOnly = "default_transaction_read_only = on"

    @Test("of several hosts the one with the wanted attributes is found, and another when it dies")
    func failsOver() async throws {
        try await withOwnServer(settings: Self.readOnly) { first in
            try await withOwnServer { second in
                let hosts = "\(first.cluster.socketDirectory),\(second.cluster.socketDirectory)"
                func pool(_ attributes: String) -> Database {
                    Database(
                        DatabaseConfiguration(
                            conninfo: """
                                host=\(hosts) port=\(Cluster.port) user=\(Cluster.user) dbname=postgres \
                                target_session_attrs=\(attributes)
                                """,
                            connections: 2))
                }
                @Sendable func place(_ transaction: Transaction) throws -> String? {
                    try transaction.first("SELECT current_setting('data_directory') AS place") { try $0["place"] as String }
                }
                let (writer, reader, any) = (pool("read-write"), pool("read-only"), pool("any"))
                #expect(try await writer.read(place) == second.data)
                #expect(try await reader.read(place) == first.data)
                #expect(try await any.read(place) == first.data)

                try await writer.write { transaction in
                    try transaction.execute(script: "CREATE TABLE written (number bigint)")
                }
                try second.kill()
                try await wait { second.cluster.serverProcess == nil }
                let refused = await #expect(throws: PostgresError.self) { try await writer.read(place) }
                #expect(refused?.kind == .unreachable)

                try first.set("")
                try first.restart()
                #expect(try await writer.write(place) == first.data)
                #expect(try await any.read(place) == first.data)
                for pool in [writer, reader, any] { await pool.close() }
            }
        }
    }
}
