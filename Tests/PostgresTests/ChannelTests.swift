import Postgres
import TestSupport
import Testing

@Suite struct ChannelTests {
    /// Collects what a channel brings until the task is cancelled.
    private static func collect(_ channel: String, _ database: Database) -> (Recorder<ChannelEvent>, Task<Void, any Error>) {
        let events = Recorder<ChannelEvent>()
        return (events, Task { for try await event in database.events(on: channel) { events.append(event) } })
    }

    private static func payloads(_ events: Recorder<ChannelEvent>) -> [String] {
        events.all.compactMap { if case .message(let message) = $0 { message.payload } else { nil } }
    }

    @Test("a message arrives when its transaction commits, on its own channel only", arguments: [
        "stock", "Stock", "联药", "a b", "a\"b", "\"; DROP TABLE x; --", "SELECT",
    ])
    func arrives(channel: String) async throws {
        try await withTestDatabase { place in
            let database = place.single()
            let (events, task) = Self.collect(channel, database)
            let (others, other) = Self.collect("other", database)
            try await wait { events.all == [.listening] && others.all == [.listening] }
            struct Stop: Error {}
            await #expect(throws: Stop.self) {
                try await database.write { transaction in
                    try transaction.notify(channel, "rolled back")
                    throw Stop()
                }
            }
            try await database.write { transaction in
                try transaction.notify(channel, "联 '\" \\")
                try transaction.notify(channel)
            }
            try await wait { events.all.count == 3 }
            #expect(Self.payloads(events) == ["联 '\" \\", ""])
            #expect(others.all == [.listening])
            task.cancel()
            other.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            await #expect(throws: CancellationError.self) { try await other.value }
            await database.close()
        }
    }

    @Test("many messages arrive once each and in order")
    func many() async throws {
        try await withTestDatabase { place in
            let database = place.single()
            let (events, task) = Self.collect("many", database)
            try await wait { events.all == [.listening] }
            for start in stride(from: 0, to: 5_000, by: 500) {
                try await database.write { transaction in
                    for number in start..<start + 500 { try transaction.notify("many", "\(number)") }
                }
            }
            try await wait { events.all.count == 5_001 }
            #expect(Self.payloads(events) == (0..<5_000).map { "\($0)" })
            task.cancel()
            _ = await task.result
            await database.close()
        }
    }

    @Test("a connection that breaks is made again, and the gap is told")
    func gap() async throws {
        try await withTestDatabase { place in
            let database = place.single()
            let (events, task) = Self.collect("broken", database)
            try await wait { events.all == [.listening] }
            for round in 1...3 {
                try await database.write { transaction in
                    let ended = try transaction.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%LISTEN \"broken\"%' AND pid <> pg_backend_pid()")
                    #expect(ended == 1)
                }
                try await wait { events.all.count == round * 2 }
                #expect(events.all.last == .gap)
                try await database.write { try $0.notify("broken", "\(round)") }
                try await wait { events.all.count == round * 2 + 1 }
            }
            #expect(Self.payloads(events) == ["1", "2", "3"])
            task.cancel()
            _ = await task.result
            await database.close()
        }
    }

    @Test("closing the database ends the sequence; a name that cannot be and a server that is not there are errors")
    func ends() async throws {
        try await withTestDatabase { place in
            let database = place.single()
            let (events, task) = Self.collect("closing", database)
            try await wait { events.all == [.listening] }
            await database.close()
            try await task.value
            for name in ["", "a\0b", String(repeating: "x", count: 64)] {
                let error = await #expect(throws: PostgresError.self) { for try await _ in database.events(on: name) {} }
                #expect(error?.kind == .misuse)
            }
        }
        let nowhere = Database(DatabaseConfiguration(conninfo: "host=/nonexistent dbname=x", connections: 1))
        let error = await #expect(throws: PostgresError.self) { for try await _ in nowhere.events(on: "x") {} }
        #expect(error?.kind == .unreachable)
        await nowhere.close()
    }
}
