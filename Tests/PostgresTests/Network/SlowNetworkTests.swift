import Postgres
import Testing

@Suite struct SlowNetworkTests {
    @Test("a slow line, or one that breaks messages into pieces, changes nothing but the time", arguments: [
        Relay.Conduct(delayMilliseconds: 5),
        Relay.Conduct(bytesAtOnce: 1),
        Relay.Conduct(bytesAtOnce: 7),
        Relay.Conduct(delayMilliseconds: 1, bytesAtOnce: 1_000),
    ])
    func changesNothing(conduct: Relay.Conduct) async throws {
        try await withRelay { line in
            line.relay.conduct = conduct
            let pool = line.pool(connections: 2)
            let text = String((0..<20_000).map { "药联a\n\t\\"[$0 % 6] })
            let count = try await pool.write { transaction in
                try transaction.execute("INSERT INTO probe.written VALUES (1, \(text))")
                let rows = (2...1_000).lazy.map { (number: Int) -> [(any SQLParameter)?] in [number, "line \(number)"] }
                return try transaction.copy("COPY probe.written FROM STDIN", rows: rows)
            }
            #expect(count == 999)
            try await withThrowingTaskGroup(of: (Int, String?).self) { group in
                for number in [1, 500, 1, 1_000] {
                    group.addTask {
                        let found = try await pool.read { transaction in
                            try transaction.first("SELECT text FROM probe.written WHERE number = \(number)") {
                                try $0["text"] as String
                            }
                        }
                        return (number, found)
                    }
                }
                for try await (number, found) in group {
                    #expect(found == (number == 1 ? text : "line \(number)"))
                }
            }
            let refused = await #expect(throws: PostgresError.self) { try await pool.read { try $0.execute("SELECT 1 / 0") } }
            #expect(refused?.sqlState == "22012")
            await pool.close()
        }
    }
}

private extension String {
    subscript(offset: Int) -> Character { self[index(startIndex, offsetBy: offset)] }
}
