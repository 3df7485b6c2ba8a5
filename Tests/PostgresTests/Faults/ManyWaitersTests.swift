import Postgres
import TestSupport
import Testing

@Suite struct ManyWaitersTests {
    @Test("1,000 callers over two connections are served once each, in the order they came", arguments: [false, true])
    func inOrder(aThirdIsCancelled: Bool) async throws {
        try await withTestDatabase { database in
            let pool = Database(DatabaseConfiguration(conninfo: database.conninfo, connections: 2))
            let (gate, held) = (Gate(), Recorder<Int>())
            let holders = (0..<2).map { number in
                Task {
                    try await pool.read { _ in
                        held.append(number)
                        gate.pass()
                    }
                }
            }
            try await wait { held.all.count == 2 }

            let served = Recorder<(process: Int64, number: Int)>()
            var tasks: [Task<Int, any Error>] = []
            for number in 0..<1_000 {
                tasks.append(
                    Task {
                        try await pool.read { transaction in
                            served.append((try backend(transaction), number))
                            return number
                        }
                    })
                try await wait { pool.waiting == number + 1 }
            }
            let cancelled = aThirdIsCancelled ? Set(stride(from: 1, to: 1_000, by: 3)) : []
            for number in cancelled { tasks[number].cancel() }
            for number in cancelled.sorted() {
                await #expect(throws: CancellationError.self) { try await tasks[number].value }
            }
            #expect(served.all.isEmpty)

            for _ in 0..<2 { gate.open() }
            for holder in holders { try await holder.value }
            let wanted = (0..<1_000).filter { !cancelled.contains($0) }
            for number in wanted { #expect(try await tasks[number].value == number) }
            #expect(served.all.map(\.number).sorted() == wanted)
            // Two connections may overtake each other by a hair; each takes the next caller from one line.
            for process in Set(served.all.map(\.process)) {
                let line = served.all.filter { $0.process == process }.map(\.number)
                #expect(line == line.sorted())
            }
            #expect(pool.waiting == 0)
            await pool.close()
        }
    }
}
