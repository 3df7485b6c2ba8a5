import Foundation
import Postgres
import Synchronization
import TestSupport

/// What closures on other threads report, in the order they did.
final class Recorder<Element: Sendable>: Sendable {
    private let recorded = Mutex<[Element]>([])

    var all: [Element] { recorded.withLock { $0 } }

    func append(_ element: Element) { recorded.withLock { $0.append(element) } }
}

/// A door that closures on other threads wait at until a test opens it.
final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func open() { semaphore.signal() }

    /// Waits for one ``open()``, at most 20 seconds.
    func pass() { _ = semaphore.wait(timeout: .now() + 20) }
}

/// A place where two threads wait for each other, once; later arrivals pass.
final class Rendezvous: Sendable {
    private let arrived = Mutex(0)
    private let first = Gate()

    func meet() {
        let number = arrived.withLock { arrived in
            arrived += 1
            return arrived
        }
        switch number {
        case 1: first.pass()
        case 2: first.open()
        default: break
        }
    }
}

extension TestDatabase {
    /// A database of one connection, signed in as the superuser unless `role` is given.
    func single(role: StaticString? = nil, attemptsMax: Int = 5) -> Database {
        Database(DatabaseConfiguration(conninfo: conninfo, connections: 1, role: role, attemptsMax: attemptsMax))
    }

    /// Makes `probe.counter (id, value)` with rows 1 and 2, value 0.
    func makeCounters() async throws {
        try await owner.write { transaction in
            try transaction.execute(
                script: """
                    CREATE SCHEMA probe;
                    CREATE TABLE probe.counter (
                        id    bigint PRIMARY KEY,
                        value bigint NOT NULL CONSTRAINT value_is_not_negative CHECK (value >= 0)
                    );
                    INSERT INTO probe.counter VALUES (1, 0), (2, 0);
                    GRANT USAGE ON SCHEMA probe TO lianyao_application;
                    GRANT SELECT, INSERT, UPDATE ON probe.counter TO lianyao_application;
                    """)
        }
    }

    func counter(_ id: Int64) async throws -> Int64? {
        try await owner.read { transaction in
            try transaction.first("SELECT value FROM probe.counter WHERE id = \(id)") { try $0["value"] }
        }
    }
}

/// Waits until `condition` holds; the caller's next expectation fails when it never does.
func wait(until condition: () async throws -> Bool) async throws {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(300)
    while try await !condition(), clock.now < end {
        await Task.yield()
    }
}

func backend(_ transaction: Transaction) throws -> Int64 {
    try transaction.first("SELECT pg_backend_pid()::bigint AS process") { try $0["process"] } ?? 0
}

/// Keeps the one connection of `database` busy until `gate` opens; returns when it is.
func occupy(_ database: Database, until gate: Gate) async throws -> Task<Void, any Error> {
    let entered = Recorder<Int>()
    let task = Task {
        try await database.read { _ in
            entered.append(1)
            gate.pass()
        }
    }
    try await wait { !entered.all.isEmpty }
    return task
}
