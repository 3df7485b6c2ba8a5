import Postgres
import TestSupport
import Testing

private struct Stop: Error {}

@Suite struct CopyOutTests {
    @Test("COPY brings every row as it is, escapes and NULL included")
    func bringsRows() async throws {
        let texts = ["", "\\N", "\\.", "a\tb", "a\nb", "a\r\nb", "\\", "\\\\t", "联药", "\u{8}\u{b}\u{c}", nil]
        try await withTestDatabase { database in
            let (count, found) = try await database.owner.write { transaction in
                try transaction.execute("CREATE TEMPORARY TABLE probe (number bigint, text text, at timestamptz)")
                try transaction.copy(
                    "COPY probe (number, text) FROM STDIN",
                    rows: texts.enumerated().map { [$0.offset, $0.element] as [(any SQLParameter)?] })
                var found: [String?] = []
                let count = try transaction.copyOut("COPY (SELECT * FROM probe ORDER BY number) TO STDOUT") { row in
                    #expect(row.count == 3)
                    #expect(try row[0] as Int == found.count)
                    found.append(try row[1])
                }
                return (count, found)
            }
            #expect(count == texts.count)
            #expect(found == texts)
        }
    }

    @Test("COPY in CSV goes out and comes in again in pieces of any size", arguments: [1, 7, 1_000, 1_000_000])
    func csv(size: Int) async throws {
        try await withTestDatabase { database in
            let (rows, same) = try await database.owner.write { transaction in
                try transaction.execute(
                    script: """
                        CREATE TEMPORARY TABLE probe AS SELECT number, 'line "' || number || E'",\\n联' AS text FROM generate_series(1, 500) AS number;
                        CREATE TEMPORARY TABLE other (LIKE probe);
                        """)
                var bytes: [UInt8] = []
                try transaction.copyOut(bytesOf: "COPY probe TO STDOUT WITH (FORMAT csv)") { bytes += $0 }
                let pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
                let rows = try transaction.copy("COPY other FROM STDIN WITH (FORMAT csv)", chunks: pieces)
                let same = try transaction.first(
                    "SELECT NOT EXISTS (SELECT * FROM probe EXCEPT SELECT * FROM other) AS same"
                ) { try $0["same"] as Bool }
                return (rows, same)
            }
            #expect(rows == 500)
            #expect(same == true)
        }
    }

    @Test("a reader that stops ends the COPY on the server; the connection serves on")
    func stops() async throws {
        try await withTestDatabase { database in
            let single = database.single()
            let process = try await single.read(backend)
            let taken = Recorder<Int>()
            await #expect(throws: Stop.self) {
                try await single.read { transaction in
                    try transaction.copyOut("COPY (SELECT generate_series(1, 100000000)) TO STDOUT") { row in
                        taken.append(try row[0])
                        if taken.all.count == 10 { throw Stop() }
                    }
                }
            }
            #expect(taken.all == Array(1...10))
            #expect(try await single.read(backend) == process)
            let count = try await single.write { transaction in
                _ = try? transaction.savepoint {
                    try transaction.copyOut("COPY (SELECT generate_series(1, 100000000)) TO STDOUT") { _ in throw Stop() }
                }
                return try transaction.first("SELECT count(*) AS count FROM pg_class WHERE false") { try $0["count"] as Int }
            }
            #expect(count == 0)
            await single.close()
        }
    }

    @Test("a task that is cancelled while COPY brings rows ends, and the connection serves on")
    func cancelled() async throws {
        try await withTestDatabase { database in
            let single = database.single()
            let process = try await single.read(backend)
            let taken = Recorder<Int>()
            let task = Task {
                try await single.read { transaction in
                    try transaction.copyOut("COPY (SELECT generate_series(1, 1000000000)) TO STDOUT") { _ in
                        if taken.all.isEmpty { taken.append(1) }
                    }
                }
            }
            try await wait { !taken.all.isEmpty }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await single.read(backend) == process)
            await single.close()
        }
    }

    @Test("what cannot be copied out is refused, and a column that is not there or is another thing too")
    func refusals() async throws {
        try await withTestDatabase { database in
            let single = database.single()
            for sql in ["SELECT 1", "COPY pg_class FROM STDIN", "SELEC"] as [SQL] {
                await #expect(throws: PostgresError.self) { try await single.read { try $0.copyOut(sql) { _ in } } }
            }
            let direct = await #expect(throws: PostgresError.self) {
                try await single.read { try $0.execute("COPY (SELECT 1) TO STDOUT") }
            }
            #expect(direct?.kind == .misuse)
            let refused = await #expect(throws: PostgresError.self) {
                try await single.read { try $0.copyOut("COPY (SELECT 1 / (3 - n) FROM generate_series(1, 5) AS n) TO STDOUT") { _ in } }
            }
            #expect(refused?.sqlState == "22012")
            for position in [1, -1] {
                await #expect(throws: ColumnMismatch.self) {
                    try await single.read { try $0.copyOut("COPY (SELECT 1) TO STDOUT") { _ = try $0[position] as Int } }
                }
            }
            let mismatch = await #expect(throws: ColumnMismatch.self) {
                try await single.read { try $0.copyOut("COPY (SELECT 1, NULL) TO STDOUT") { _ = try $0[1] as Int } }
            }
            #expect(mismatch?.column == "1")
            let served = try await single.read { try $0.execute("SELECT 1") }
            #expect(served == 1)
            await single.close()
        }
    }
}
