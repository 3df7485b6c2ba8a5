import Postgres
import Testing

/// A line on which nothing moves and nothing is closed: only the client's own limits end the wait.
@Suite struct BlackHoleTests {
    @Test("connecting ends by connect_timeout")
    func connecting() async throws {
        try await withRelay { line in
            let pool = line.pool()
            line.relay.conduct.isBlackHole = true
            let error = await #expect(throws: PostgresError.self) { try await pool.read { try $0.execute("SELECT 1") } }
            #expect(error?.kind == .unreachable)
            line.relay.conduct.isBlackHole = false
            try await expectServing(pool)
            await pool.close()
        }
    }

    @Test("a statement ends soon after its timeout, although the server's word does not arrive")
    func statement() async throws {
        try await withRelay { line in
            let pool = line.pool(statementTimeout: .milliseconds(300), attemptsMax: 1)
            try await pool.write { _ = try $0.execute("INSERT INTO probe.written VALUES (1, 'a')") }
            let error = await #expect(throws: PostgresError.self) {
                try await pool.write { transaction in
                    line.relay.conduct.isBlackHole = true
                    try transaction.execute("INSERT INTO probe.written VALUES (2, 'b')")
                }
            }
            #expect(error?.kind == .connectionLost)
            line.relay.conduct.isBlackHole = false
            #expect(try await line.written() == [1])
            try await expectServing(pool)
            await pool.close()
        }
    }

    @Test("a COMMIT whose answer never comes is unknown")
    func commit() async throws {
        try await withRelay { line in
            let pool = line.pool(statementTimeout: .milliseconds(300))
            let error = await #expect(throws: PostgresError.self) {
                try await pool.write { transaction in
                    try transaction.execute("INSERT INTO probe.written VALUES (1, 'a')")
                    line.relay.conduct.isBlackHole = true
                }
            }
            #expect(error?.kind == .outcomeUnknown)
            line.relay.conduct.isBlackHole = false
            let written = try await line.written()
            #expect(written == [] || written == [1])
            try await expectServing(pool)
            await pool.close()
        }
    }

    @Test("a cancelled task ends, although the server cannot be told", arguments: ["SELECT pg_sleep(55)", "COPY"])
    func cancelled(work: String) async throws {
        try await withRelay { line in
            let (pool, began) = (line.pool(), Recorder<Int>())
            let task = Task {
                try await pool.write { transaction in
                    line.relay.conduct.isBlackHole = true
                    began.append(1)
                    if work == "COPY" {
                        let rows = (1...).lazy.map { (number: Int) -> [(any SQLParameter)?] in [number, "line \(number)"] }
                        try transaction.copy("COPY probe.written FROM STDIN", rows: rows)
                    } else {
                        try transaction.execute("SELECT pg_sleep(55)")
                    }
                }
            }
            try await wait { !began.all.isEmpty }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            line.relay.conduct.isBlackHole = false
            #expect(try await line.written() == [])
            try await expectServing(pool)
            await pool.close()
        }
    }
}
