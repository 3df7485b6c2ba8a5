import Postgres
import Testing

@Suite struct LostAnswerTests {
    /// A cut that the client meets while it writes one row, and what it must make of it.
    struct Case: Sendable, CustomTestStringConvertible {
        let cut: Relay.Cut
        /// How often the closure runs.
        let attempts: Int
        /// The error's kind; `nil` when the write succeeds.
        let kind: PostgresError.Kind?
        /// How often the row may be there afterwards.
        let rows: ClosedRange<Int>

        var testDescription: String { "\(cut)" }
    }

    @Test("what breaks before COMMIT is run again; what breaks with COMMIT is unknown and is not", arguments: [
        Case(cut: .before("BEGIN"), attempts: 1, kind: nil, rows: 1...1),
        Case(cut: .answer(to: "BEGIN"), attempts: 1, kind: nil, rows: 1...1),
        Case(cut: .before("INSERT"), attempts: 2, kind: nil, rows: 1...1),
        Case(cut: .after("INSERT"), attempts: 2, kind: nil, rows: 1...1),
        Case(cut: .answer(to: "INSERT"), attempts: 2, kind: nil, rows: 1...1),
        Case(cut: .before("COMMIT\0"), attempts: 1, kind: .outcomeUnknown, rows: 0...0),
        Case(cut: .after("COMMIT\0"), attempts: 1, kind: .outcomeUnknown, rows: 0...1),
        Case(cut: .answer(to: "COMMIT\0"), attempts: 1, kind: .outcomeUnknown, rows: 1...1),
        Case(cut: .answer(to: "client_encoding"), attempts: 1, kind: nil, rows: 1...1),
    ])
    func cutLine(example: Case) async throws {
        try await withRelay { line in
            let (pool, attempts) = (line.pool(), Recorder<Int>())
            if !"\(example.cut)".contains("client_encoding") { try await pool.read { _ = try $0.execute("SELECT 1") } }
            line.relay.conduct.cut = example.cut
            do {
                try await pool.write { transaction in
                    attempts.append(1)
                    try transaction.execute("INSERT INTO probe.written VALUES (1, 'a')")
                }
                #expect(example.kind == nil)
            } catch let error as PostgresError {
                #expect(error.kind == example.kind)
            }
            #expect(attempts.all.count == example.attempts)
            #expect(line.relay.conduct.cut == nil)
            let rows = try await line.written().count
            #expect(example.rows.contains(rows))
            try await pool.write { _ = try $0.execute("INSERT INTO probe.written VALUES (2, 'b')") }
            #expect(try await line.written().last == 2)
            await pool.close()
        }
    }

    @Test("nothing has happened when the line breaks while a connection is made")
    func whileConnecting() async throws {
        try await withRelay { line in
            let pool = line.pool()
            line.relay.conduct.cut = .before("application_name")
            let error = await #expect(throws: PostgresError.self) {
                try await pool.write { _ = try $0.execute("INSERT INTO probe.written VALUES (1, 'a')") }
            }
            #expect(error?.kind == .unreachable)
            #expect(try await line.written() == [])
            try await pool.write { _ = try $0.execute("INSERT INTO probe.written VALUES (2, 'b')") }
            #expect(try await line.written() == [2])
            await pool.close()
        }
    }

    @Test("an answer that breaks off is never taken for a whole one")
    func brokenAnswer() async throws {
        try await withRelay { line in
            let (pool, attempts) = (line.pool(), Recorder<Int>())
            try await pool.read { _ = try $0.execute("SELECT 1") }
            for bytes in [1, 1_000, 100_000, 500_000] {
                line.relay.conduct.cut = .afterAnswerBytes(bytes)
                let rows = try await pool.read { transaction in
                    attempts.append(bytes)
                    return try transaction.query("SELECT number FROM generate_series(1, 50000) AS number") {
                        try $0["number"] as Int32
                    }
                }
                #expect(rows == Array(1...50_000))
            }
            // The first byte is lost of the answer to BEGIN, before the closure runs.
            #expect(attempts.all == [1, 1_000, 1_000, 100_000, 100_000, 500_000, 500_000])
            await pool.close()
        }
    }

    @Test("a read is no victim of a lost answer to COMMIT: it has happened, or can happen again")
    func lostCommitOfReading() async throws {
        try await withRelay { line in
            let pool = line.pool()
            for cut in [.before("COMMIT\0"), .answer(to: "COMMIT\0")] as [Relay.Cut] {
                line.relay.conduct.cut = cut
                try await expectServing(pool)
                #expect(line.relay.conduct.cut == nil)
            }
            await pool.close()
        }
    }

    @Test("COPY that is cut off is run again, and every row is there once")
    func copyCut() async throws {
        try await withRelay { line in
            let (pool, attempts) = (line.pool(), Recorder<Int>())
            line.relay.conduct.cut = .before("line 15000")
            let count = try await pool.write { transaction in
                attempts.append(1)
                let rows = (1...20_000).lazy.map { (number: Int) -> [(any SQLParameter)?] in [number, "line \(number)"] }
                return try transaction.copy("COPY probe.written FROM STDIN", rows: rows)
            }
            #expect(count == 20_000)
            #expect(attempts.all.count == 2)
            #expect(try await line.written() == Array(1...20_000))
            await pool.close()
        }
    }
}
