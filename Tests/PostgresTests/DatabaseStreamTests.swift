import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

private struct Stop: Error {}

@Suite struct DatabaseStreamTests {
    @Test("a task reads every row of a query, and of COPY, in order", arguments: [0, 1, 199, 200, 201, 3_000])
    func everyRow(count: Int) async throws {
        try await withTestDatabase { place in
            let database = place.single()
            var (rows, copied): ([Int], [Int]) = ([], [])
            for try await row in database.stream("SELECT generate_series(1, \(count)) AS n", { try $0["n"] as Int }) { rows.append(row) }
            let copy = database.copyOut("COPY (SELECT generate_series(1, 3000)) TO STDOUT") { try $0[0] as Int }
            for try await row in copy { copied.append(row) }
            #expect(rows == Array(0..<count).map { $0 + 1 })
            #expect(copied == Array(1...3_000))
            await database.close()
        }
    }

    @Test("the bytes of COPY come in pieces of whole rows")
    func bytes() async throws {
        try await withTestDatabase { place in
            let database = place.single()
            var chunks: [[UInt8]] = []
            for try await chunk in database.copyOut(bytesOf: "COPY (SELECT generate_series(1, 100000)) TO STDOUT") { chunks.append(chunk) }
            #expect(chunks.count > 5)
            #expect(chunks.allSatisfy { $0.last == UInt8(ascii: "\n") })
            #expect(chunks.joined().count { $0 == UInt8(ascii: "\n") } == 100_000)
            await database.close()
        }
    }

    @Test("a slow reader holds the server back")
    func backPressure() async throws {
        try await withTestDatabase { place in
            let (database, made) = (place.single(), Recorder<Int>())
            var taken = 0
            for try await _ in database.stream("SELECT generate_series(1, 1000000) AS n", batch: 10, { made.append(try $0["n"]) }) {
                taken += 1
                // Two batches wait, one is with the reader, one is being made.
                #expect(made.all.count <= taken + 50)
                if taken == 200 { break }
            }
            #expect(try await database.read { try $0.execute("SELECT 1") } == 1)
            await database.close()
        }
    }

    @Test("leaving the loop, or cancelling the task, gives the connection back", arguments: [true, false])
    func givenUp(cancelled: Bool) async throws {
        try await withTestDatabase { place in
            let database = place.single()
            let process = try await database.read(backend)
            for _ in 0..<10 {
                let entered = Recorder<Int>()
                let task = Task {
                    for try await number in database.copyOut("COPY (SELECT generate_series(1, 1000000000)) TO STDOUT", { try $0[0] as Int }) {
                        entered.append(number)
                        if !cancelled { break }
                    }
                    if cancelled { throw Stop() }
                }
                try await wait { !entered.all.isEmpty }
                if cancelled {
                    task.cancel()
                    await #expect(throws: CancellationError.self) { try await task.value }
                } else {
                    try await task.value
                }
                #expect(try await database.read(backend) == process)
            }
            await database.close()
        }
    }

    @Test("a stream that waits for a connection and is given up leaves the queue")
    func givenUpWaiting() async throws {
        try await withTestDatabase { place in
            let (database, gate) = (place.single(), Gate())
            let first = try await occupy(database, until: gate)
            let task = Task { for try await _ in database.stream("SELECT 1", { _ in 1 }) {} }
            try await wait { database.waiting == 1 }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(database.waiting == 0)
            gate.open()
            try await first.value
            await database.close()
        }
    }

    @Test("what the server or the reading closure fails with reaches the task after what came before")
    func failures() async throws {
        try await withTestDatabase { place in
            let database = place.single()
            var found: [Int] = []
            let error = await #expect(throws: PostgresError.self) {
                for try await n in database.stream("SELECT 10 / (5 - n) AS n FROM generate_series(1, 9) AS n", batch: 2, { try $0["n"] as Int }) {
                    found.append(n)
                }
            }
            #expect(error?.sqlState == "22012")
            #expect(found == [2, 3, 5, 10])
            await #expect(throws: Stop.self) {
                for try await _ in database.stream("SELECT 1", { _ in throw Stop() }) as DatabaseStream<Int> {}
            }
            let served = try await database.read { try $0.execute("SELECT 1") }
            #expect(served == 1)
            await database.close()
            await #expect(throws: PostgresError.self) { for try await _ in database.stream("SELECT 1", { _ in 1 }) {} }
        }
    }
}

@Suite struct CopyFromSequenceTests {
    private struct Rows: AsyncSequence, AsyncIteratorProtocol {
        var number = 0
        let count: Int
        let asked: Recorder<Int>
        var failsAt = Int.max

        func makeAsyncIterator() -> Self { self }

        mutating func next() async throws -> [(any SQLParameter)?]? {
            guard number < count else { return nil }
            if number == failsAt { throw Stop() }
            number += 1
            if number.isMultiple(of: 100) { asked.append(number) }
            return [number, String(repeating: "x", count: 1_000)]
        }
    }

    private static let copy: SQL = "COPY probe.line (number, text) FROM STDIN"

    private static func prepare(_ place: TestDatabase) async throws {
        try await place.owner.write {
            try $0.execute(script: "CREATE SCHEMA probe; CREATE TABLE probe.line (number bigint CHECK (number < 30000), text text)")
        }
    }

    private static func count(_ place: TestDatabase) async throws -> Int? {
        try await place.owner.read { try $0.first("SELECT count(*) AS n FROM probe.line") { try $0["n"] as Int } }
    }

    @Test("every row of an asynchronous sequence is loaded", arguments: [0, 1, 5_000])
    func loads(count: Int) async throws {
        try await withTestDatabase { place in
            try await Self.prepare(place)
            let loaded = try await place.owner.copy(Self.copy, rows: Rows(count: count, asked: Recorder()))
            #expect(loaded == count)
            #expect(try await Self.count(place) == count)
        }
    }

    @Test("the sequence is not asked for more while the server takes nothing")
    func backPressure() async throws {
        try await withTestDatabase { place in
            try await Self.prepare(place)
            let (database, gate, asked) = (place.single(), Gate(), Recorder<Int>())
            let first = try await occupy(database, until: gate)
            let task = Task { try await database.copy(Self.copy, rows: Rows(count: 20_000, asked: asked)) }
            try await wait { database.waiting == 1 && asked.all.count >= 2 }
            for _ in 0..<2_000 { await Task.yield() }
            // Four pieces of 64 kB and the one in hand.
            #expect(asked.all.count <= 4)
            gate.open()
            try await first.value
            #expect(try await task.value == 20_000)
            await database.close()
        }
    }

    @Test("a sequence that fails, a row that is refused and a cancelled task keep nothing")
    func keepsNothing() async throws {
        try await withTestDatabase { place in
            try await Self.prepare(place)
            await #expect(throws: Stop.self) {
                try await place.owner.copy(Self.copy, rows: Rows(count: 5_000, asked: Recorder(), failsAt: 4_000))
            }
            let refused = await #expect(throws: PostgresError.self) {
                try await place.owner.copy(Self.copy, rows: Rows(count: 40_000, asked: Recorder()))
            }
            #expect(refused?.sqlState == "23514")
            let missing = await #expect(throws: PostgresError.self) {
                try await place.owner.copy("COPY probe.nothing FROM STDIN", rows: Rows(count: 40_000, asked: Recorder()))
            }
            #expect(missing?.sqlState == "42P01")
            let asked = Recorder<Int>()
            let task = Task { try await place.owner.copy(Self.copy, rows: Rows(count: .max, asked: asked)) }
            try await wait { asked.all.count > 10 }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await Self.count(place) == 0)
        }
    }

    @Test("a sequence that ends because the task was cancelled is not taken for complete")
    func endsWhenCancelled() async throws {
        try await withTestDatabase { place in
            try await Self.prepare(place)
            let (rows, feed) = AsyncStream<[(any SQLParameter)?]>.makeStream()
            feed.yield([1, "x"])
            let begun = Recorder<Int>()
            let task = Task {
                begun.append(1)
                return try await place.owner.copy(Self.copy, rows: rows)
            }
            try await wait { begun.all.count == 1 }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await Self.count(place) == 0)
        }
    }
}
