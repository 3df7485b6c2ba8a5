import Foundation
import Postgres
import TestSupport
import Testing

private struct Stop: Error {}

@Suite struct StreamTests {
    @Test("a stream brings every row once and in order", arguments: [0, 1, 9, 5_000])
    func everyRow(count: Int) async throws {
        try await withTestDatabase { database in
            let (rows, found) = try await database.application.read { transaction in
                var found: [Int] = []
                let rows = try transaction.stream(
                    "SELECT number, now() AS at, \("x")::text AS text FROM generate_series(1, \(count)) AS number ORDER BY number"
                ) { row in
                    _ = try row["text"] as String
                    found.append(try row["number"])
                }
                return (rows, found)
            }
            #expect(rows == count)
            #expect(found == Array(0..<count).map { $0 + 1 })
        }
    }

    @Test("nothing else runs while rows are read, and no row is lost for it")
    func occupied() async throws {
        try await withTestDatabase { database in
            let (refusals, rows) = try await database.application.read { transaction in
                var refusals: [PostgresError?] = []
                let rows = try transaction.stream("SELECT generate_series(1, 3) AS a") { _ in
                    refusals.append(#expect(throws: PostgresError.self) { try transaction.execute("SELECT 1") })
                    refusals.append(#expect(throws: PostgresError.self) { try transaction.execute(script: "SELECT 1") })
                    refusals.append(#expect(throws: PostgresError.self) { try transaction.stream("SELECT 1") { _ in } })
                    refusals.append(#expect(throws: PostgresError.self) { try transaction.copyOut("COPY (SELECT 1) TO STDOUT") { _ in } })
                    refusals.append(#expect(throws: PostgresError.self) { _ = try transaction.pipeline([Statement.affected("SELECT 1")]) })
                }
                return (refusals, rows)
            }
            #expect(rows == 3)
            #expect(refusals.map { $0?.kind } == Array(repeating: .misuse, count: 15))
        }
    }

    @Test("a reader that stops ends the statement on the server; with a savepoint around it the transaction goes on")
    func stops() async throws {
        try await withTestDatabase { database in
            let single = database.single()
            let process = try await single.read(backend)
            let found = try await single.read { transaction in
                var found: [Int] = []
                do {
                    _ = try transaction.savepoint {
                        try transaction.stream("SELECT generate_series(1, 100000000) AS b") {
                            found.append(try $0["b"])
                            if found.count == 3 { throw Stop() }
                        }
                    }
                } catch is Stop {}
                return found + [try transaction.first("SELECT 7 AS a") { try $0["a"] as Int } ?? 0]
            }
            #expect(found == [1, 2, 3, 7])
            #expect(try await single.read(backend) == process)
            await single.close()
        }
    }

    @Test("the memory of a stream does not grow with the result")
    func flatMemory() async throws {
        try await withTestDatabase { database in
            let (before, after, bytes) = try await database.application.read { transaction in
                func read(_ rows: Int) throws -> Int {
                    var bytes = 0
                    try transaction.stream("SELECT repeat('x', 1000) AS text FROM generate_series(1, \(rows))") {
                        bytes += (try $0["text"] as String).utf8.count
                    }
                    return bytes
                }
                _ = try read(20_000)
                let before = residentKilobytes()
                let bytes = try read(200_000)
                return (before, residentKilobytes(), bytes)
            }
            #expect(bytes == 200_000_000)
            // Held as a whole it would be 200 MB; other tests run meanwhile.
            #expect(after - before < 150_000)
        }
    }

    @Test("a statement that fails in the middle of a stream is the caller's error")
    func failure() async throws {
        try await withTestDatabase { database in
            let error = await #expect(throws: PostgresError.self) {
                try await database.application.read {
                    try $0.stream("SELECT 1 / (5 - n) AS value FROM generate_series(1, 9) AS n") { _ in }
                }
            }
            #expect(error?.sqlState == "22012")
            let parse = await #expect(throws: PostgresError.self) { try await database.application.read { try $0.stream("SELEC") { _ in } } }
            #expect(parse?.sqlState == "42601")
        }
    }
}

/// How much memory this process holds, as the system counts it.
private func residentKilobytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
}
