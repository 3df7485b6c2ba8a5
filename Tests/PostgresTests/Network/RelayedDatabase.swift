import EmbeddedPostgres
import Foundation
import Postgres
import TestSupport
import Testing

/// A fresh database with the table `probe.written (number, text)` behind a ``Relay``.
struct RelayedDatabase: Sendable {
    let test: TestDatabase
    let relay: Relay

    /// A pool whose connections go through the relay.
    func pool(
        connections: Int = 1, name: String = "relayed", statementTimeout: Duration = .seconds(60), attemptsMax: Int = 5
    ) -> Database {
        Database(
            DatabaseConfiguration(
                conninfo: """
                    host=127.0.0.1 port=\(relay.port) user=\(Cluster.user) dbname=\(test.name) application_name=\(name) \
                    sslmode=disable gssencmode=disable connect_timeout=2
                    """,
                connections: connections, statementTimeout: statementTimeout, attemptsMax: attemptsMax))
    }

    /// The numbers that stand in `probe.written`, in order, once no session called `name` is at work any more.
    func written(after name: String = "relayed") async throws -> [Int] {
        try await wait { try await sessions(name, "state <> 'idle'") == 0 }
        return try await test.owner.read { transaction in
            try transaction.query("SELECT number FROM probe.written ORDER BY number") { try $0["number"] as Int }
        }
    }

    /// How many sessions called `name` the server has that meet a condition.
    func sessions(_ name: String = "relayed", _ condition: SQL = "TRUE") async throws -> Int {
        try await test.owner.read { transaction in
            try transaction.execute("SELECT FROM pg_stat_activity WHERE application_name = \(name) AND \(condition)")
        }
    }
}

func withRelay(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: (RelayedDatabase) async throws -> Void
) async throws {
    try await withTestDatabase(sourceLocation: sourceLocation) { database in
        try await database.owner.write { transaction in
            try transaction.execute(script: "CREATE SCHEMA probe; CREATE TABLE probe.written (number bigint, text text)")
        }
        let directory = try await TestCluster.shared().socketDirectory
        let relay = try Relay(to: "\(directory)/.s.PGSQL.\(Cluster.port)")
        defer { relay.close() }
        try await body(RelayedDatabase(test: database, relay: relay))
        #expect(!relay.isClosed, "the client waited for more than \(Relay.lifeSeconds) s", sourceLocation: sourceLocation)
    }
}

/// Whether `pool` answers again, whatever went before.
func expectServing(_ pool: Database, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let rows = try await pool.read { try $0.execute("SELECT 1") }
    #expect(rows == 1, sourceLocation: sourceLocation)
}
