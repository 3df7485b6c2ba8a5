import Foundation
import Postgres
import TestSupport
import Testing

private struct Stop: Error {}

@Suite struct NothingLeftTests {
    private static func connections(_ place: TestDatabase, _ name: String) async throws -> Int? {
        try await place.owner.read { transaction in
            try transaction.first("SELECT count(*) AS n FROM pg_stat_activity WHERE application_name = \(name)") { try $0["n"] as Int }
        }
    }

    @Test("a thousand cancelled and failing transactions leave no connection, statement or cursor behind")
    func nothingLeft() async throws {
        try await withTestDatabase { place in
            let database = Database(DatabaseConfiguration(conninfo: place.conninfo + " application_name=leaks", connections: 3))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<1_000 {
                    group.addTask {
                        let task = Task {
                            switch number % 5 {
                            case 0: try await database.write { _ = try $0.execute("SELECT 1 / 0") }
                            case 1: try await database.write { _ in throw Stop() }
                            case 2: try await database.read { _ = try $0.execute("SELECT pg_sleep(20)") }
                            case 3: for try await _ in database.stream("SELECT generate_series(1, 100000) AS n", { try $0["n"] as Int }) { break }
                            default:
                                _ = try await database.read { transaction in
                                    try transaction.copyOut("COPY (SELECT generate_series(1, 100000)) TO STDOUT") { _ in throw Stop() }
                                }
                            }
                        }
                        if number % 5 == 2 { task.cancel() }
                        _ = await task.result
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await Self.connections(place, "leaks") ?? 9 <= 3)
            // Who gives up is answered before the connection has done with it.
            try await wait { database.metrics.connectionsBusy == 0 }
            let metrics = database.metrics
            #expect(metrics.connectionsBusy == 0 && metrics.waiting == 0 && metrics.connectionsOpen <= 3)
            let idle = try await database.read { transaction in
                try transaction.first(
                    """
                    SELECT (SELECT count(*) FROM pg_cursors WHERE name <> '') + (SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()
                        AND locktype IN ('advisory', 'transactionid')) AS n
                    """) { try $0["n"] as Int }
            }
            #expect(idle == 0)
            await database.close()
            try await wait { try await Self.connections(place, "leaks") == 0 }
            #expect(try await Self.connections(place, "leaks") == 0)
        }
    }

    @Test("connections that come and go leave no file descriptor open")
    func descriptors() async throws {
        try await withTestDatabase { place in
            // Sockets to this database's own directory only: other tests open and close theirs meanwhile.
            let counter = try TurnCounter(before: place.conninfo)
            func open() -> Int { counter.connections }
            for _ in 0..<50 {
                let database = Database(DatabaseConfiguration(conninfo: counter.conninfo, connections: 2))
                _ = try await database.read { try $0.execute("SELECT 1") }
                let listening = Task { for try await _ in database.events(on: "x") { break } }
                try await listening.value
                await database.close()
            }
            try await wait { open() == 0 }
            #expect(open() == 0)
            counter.close()
        }
    }
}
