import Foundation
import Synchronization

/// One thread and the connection it keeps. Runs transactions from a ``WorkQueue`` until that is closed.
///
/// `@unchecked Sendable`: `connection` is touched by the worker's own thread only; what others may touch is behind
/// the mutex.
final class Worker: @unchecked Sendable {
    private let configuration: DatabaseConfiguration
    private var connection: Connection?
    private let current = Mutex<(job: Int, canceller: Canceller?)>((0, nil))

    init(_ configuration: DatabaseConfiguration) { self.configuration = configuration }

    func start(serving queue: WorkQueue, whenDone: @escaping @Sendable () -> Void) {
        let thread = Thread { [self] in
            while let job = queue.next() {
                job.run(self)
            }
            connection = nil
            whenDone()
        }
        thread.name = "postgres"
        thread.stackSize = 4 << 20
        thread.start()
    }

    /// Stops what the worker does for `job`, if it is still at it; again and again until it is not, because the
    /// server forgets a cancellation that comes between two statements.
    func cancel(job: Int) {
        DispatchQueue.global().async { [self] in
            let isAtIt = current.withLock { current in
                guard current.job == job else { return false }
                current.canceller?.cancel()
                return true
            }
            guard isAtIt else { return }
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(50)) { [self] in cancel(job: job) }
        }
    }

    /// Runs `body` in a transaction, again while that may help.
    func transact<Value>(
        job: Int, begin: String, isCancelled: @escaping () -> Bool, _ body: (Transaction) throws -> Value
    ) throws -> Value {
        var attempt = 1
        while true {
            do {
                return try once(job: job, begin: begin, isCancelled: isCancelled, body)
            } catch let error as PostgresError where error.isTransient && attempt < configuration.attemptsMax {
                if error.isStalePlan { try connection?.forgetPrepared() }
                attempt += 1
            }
        }
    }

    private func once<Value>(
        job: Int, begin: String, isCancelled: @escaping () -> Bool, _ body: (Transaction) throws -> Value
    ) throws -> Value {
        let connection = try connected()
        current.withLock { $0 = (job, connection.canceller()) }
        connection.isCancelled = isCancelled
        defer {
            connection.isCancelled = { false }
            current.withLock { $0 = (0, nil) }
        }
        if isCancelled() { throw CancellationError() }
        do {
            try connection.run(script: begin)
            let value = try body(Transaction(connection))
            if isCancelled() { throw CancellationError() }
            // COMMIT would succeed, having rolled back: a body must not hide the failure of a statement.
            if connection.isAborted, let refusal = connection.refusal { throw refusal }
            try commit(connection)
            return value
        } catch {
            if connection.isAlive, !connection.isIdle { try? connection.run(script: "ROLLBACK") }
            if !connection.isAlive || !connection.isIdle { self.connection = nil }
            if isCancelled(), (error as? PostgresError)?.sqlState == "57014" { throw CancellationError() }
            throw error
        }
    }

    private func commit(_ connection: Connection) throws(PostgresError) {
        do throws(PostgresError) {
            try connection.run(script: "COMMIT")
        } catch {
            guard error.kind == .connectionLost else { throw error }
            throw PostgresError(.outcomeUnknown, sqlState: error.sqlState, statement: "COMMIT", message: error.message)
        }
    }

    private func connected() throws(PostgresError) -> Connection {
        if let connection, connection.isAlive { return connection }
        connection = nil
        let fresh = try Connection(configuration.conninfo)
        try fresh.run(script: configuration.greeting)
        connection = fresh
        return fresh
    }
}
