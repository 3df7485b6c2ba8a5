import Foundation
import Synchronization

/// One thread and the connection it keeps. Runs transactions from a ``WorkQueue`` until that is closed.
///
/// `@unchecked Sendable`: `connection` is touched by the worker's own thread only; what others may touch is behind
/// the mutex.
final class Worker: @unchecked Sendable {
    private let configuration: DatabaseConfiguration
    private var connection: Connection?
    private let current = Mutex(Current())

    /// What the worker is at, for those who want it to stop.
    private struct Current {
        var job = 0
        var canceller: Canceller?
        var watch: Watch?
        /// The cancellation that is on its way to the server.
        var cancelling: DispatchGroup?
    }

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
    /// server forgets a cancellation that comes between two statements. When the server does not obey, the connection
    /// is cut.
    func cancel(job: Int) {
        askServer(toCancel: job)
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(Int(Watch.grace.milliseconds))) { [self] in
            current.withLock { $0.job == job ? $0.watch : nil }?.cut()
        }
    }

    private func askServer(toCancel job: Int) {
        DispatchQueue.global().async { [self] in
            let sending = DispatchGroup()
            let canceller = current.withLock { current -> Canceller? in
                guard current.job == job, let canceller = current.canceller else { return nil }
                sending.enter()
                current.cancelling = sending
                return canceller
            }
            guard let canceller else { return }
            canceller.cancel()
            sending.leave()
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(50)) { [self] in askServer(toCancel: job) }
        }
    }

    /// The worker is at nothing any more. A cancellation on its way must not meet what the connection does next.
    private func finish() {
        let cancelling = current.withLock { current in
            defer { current = Current() }
            return current.cancelling
        }
        guard connection != nil, let cancelling else { return }
        if cancelling.wait(timeout: .now() + .milliseconds(Int(Watch.grace.milliseconds))) == .timedOut { connection = nil }
    }

    /// Runs `body` in a transaction, again while that may help.
    ///
    /// - Parameter isReadOnly: nothing is unknown when the answer to COMMIT is lost.
    func transact<Value>(
        job: Int, begin: String, isReadOnly: Bool, isCancelled: @escaping () -> Bool, _ body: (Transaction) throws -> Value
    ) throws -> Value {
        var attempt = 1
        while true {
            do {
                return try once(job: job, begin: begin, isReadOnly: isReadOnly, isCancelled: isCancelled, body)
            } catch let error as PostgresError where error.isTransient && attempt < configuration.attemptsMax {
                if error.isStalePlan { try connection?.forgetPrepared() }
                attempt += 1
            }
        }
    }

    private func once<Value>(
        job: Int, begin: String, isReadOnly: Bool, isCancelled: @escaping () -> Bool, _ body: (Transaction) throws -> Value
    ) throws -> Value {
        let connection = try connected()
        current.withLock { $0 = Current(job: job, canceller: connection.canceller(), watch: connection.watch) }
        connection.isCancelled = isCancelled
        defer {
            connection.isCancelled = { false }
            finish()
        }
        if isCancelled() { throw CancellationError() }
        do {
            try connection.run(script: begin)
            let value = try body(Transaction(connection))
            if isCancelled() { throw CancellationError() }
            // COMMIT would succeed, having rolled back: a body must not hide the failure of a statement.
            if connection.isAborted, let refusal = connection.refusal { throw refusal }
            try commit(connection, isReadOnly: isReadOnly)
            return value
        } catch {
            let failure = error as? PostgresError
            let isLost = failure?.kind == .connectionLost || failure?.kind == .outcomeUnknown || !connection.isAlive
            if !isLost, !connection.isIdle { try? connection.run(script: "ROLLBACK") }
            if isLost || !connection.isAlive || !connection.isIdle { self.connection = nil }
            if isCancelled(), failure?.sqlState == "57014" || failure?.kind == .connectionLost { throw CancellationError() }
            throw error
        }
    }

    private func commit(_ connection: Connection, isReadOnly: Bool) throws(PostgresError) {
        do throws(PostgresError) {
            try connection.run(script: "COMMIT")
        } catch {
            guard error.kind == .connectionLost, !isReadOnly else { throw error }
            throw PostgresError(.outcomeUnknown, sqlState: error.sqlState, statement: "COMMIT", message: error.message)
        }
    }

    private func connected() throws(PostgresError) -> Connection {
        if let connection, connection.isAlive { return connection }
        connection = nil
        let fresh = try Connection(configuration.conninfo, statementTimeout: configuration.statementTimeout)
        try fresh.run(script: configuration.greeting)
        connection = fresh
        return fresh
    }
}
