import Foundation
import Synchronization

/// One thread and the connection it keeps. Runs transactions from a ``WorkQueue`` until that is closed.
///
/// `@unchecked Sendable`: `connection` is touched by the worker's own thread only; what others may touch is behind
/// the mutex.
final class Worker: @unchecked Sendable {
    /// How one transaction is run.
    struct Plan: Sendable {
        let job: Int
        let begin: String
        /// Nothing is unknown when the answer to COMMIT is lost.
        let isReadOnly: Bool
        let isCancelled: @Sendable () -> Bool
        /// Whether the server's limit for statements is lifted, so that there is none here either.
        var isUnlimited = false
        /// Whether running the closure again would do no harm.
        var mayRepeat: @Sendable () -> Bool = { true }
    }

    private let configuration: DatabaseConfiguration
    private let tally: Tally
    private let pace: ConnectionPace
    private let seat = WorkQueue.Seat()
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

    init(_ configuration: DatabaseConfiguration, tally: Tally, pace: ConnectionPace) {
        self.configuration = configuration
        self.tally = tally
        self.pace = pace
    }

    func start(serving queue: WorkQueue, whenDone: @escaping @Sendable () -> Void) {
        let thread = Thread { [self] in
            serve(queue)
            disconnect()
            whenDone()
        }
        thread.name = "postgres"
        thread.stackSize = 4 << 20
        thread.start()
    }

    private func serve(_ queue: WorkQueue) {
        var answer: WorkQueue.Answer?
        while true {
            let isConnected = connection != nil
            let patience = isConnected ? configuration.idleTimeout : nil
            switch queue.next(for: seat, answering: &answer, isConnected: isConnected, patience: patience) {
            case .work(let job): answer = job.run(.success(self))
            case .nothing:
                disconnect()
                tally.count(\.connectionsClosedIdle)
            case .closed: return
            }
        }
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
        if cancelling.wait(timeout: .now() + .milliseconds(Int(Watch.grace.milliseconds))) == .timedOut { disconnect() }
    }

    /// Runs `body` in a transaction, again while that may help.
    func transact<Value>(_ plan: Plan, _ body: (Transaction) throws -> Value) throws -> Value {
        var attempt = 1
        var isHealed = false
        tally.beginWork()
        defer {
            tally.endWork()
            connection?.isPreparing = true
        }
        while true {
            do {
                return try once(plan, body)
            } catch let error as PostgresError where error.isStalePlan && !isHealed && plan.mayRepeat() {
                // Once without prepared statements: the closure itself may change the schema.
                isHealed = true
                tally.retried(.stalePlan)
                try connection?.forgetPrepared()
                connection?.isPreparing = false
            } catch let error as PostgresError
            where error.isTransient && attempt < configuration.attemptsMax && plan.mayRepeat() {
                tally.retried(error.retryCause)
                if error.kind != .connectionLost { try rest(configuration.retryDelay.delay(afterFailures: attempt), plan) }
                attempt += 1
            }
        }
    }

    private func rest(_ duration: Duration, _ plan: Plan) throws {
        let end = ContinuousClock.now + duration
        while case let rest = end - .now, rest > .zero {
            if plan.isCancelled() { throw CancellationError() }
            usleep(UInt32(clamping: min(rest.microseconds, 20_000)))
        }
    }

    private func once<Value>(_ plan: Plan, _ body: (Transaction) throws -> Value) throws -> Value {
        let connection = try connected(plan)
        current.withLock { $0 = Current(job: plan.job, canceller: connection.canceller(), watch: connection.watch) }
        connection.isCancelled = plan.isCancelled
        connection.watch.turn(off: plan.isUnlimited)
        defer {
            connection.isCancelled = { false }
            connection.watch.turn(off: false)
            finish()
        }
        if plan.isCancelled() { throw CancellationError() }
        let start = ContinuousClock.now
        do {
            try connection.run(script: plan.begin)
            let value = try body(Transaction(connection))
            if plan.isCancelled() { throw CancellationError() }
            // COMMIT would succeed, having rolled back: a body must not hide the failure of a statement.
            if connection.isAborted, let refusal = connection.refusal { throw refusal }
            try commit(connection, isReadOnly: plan.isReadOnly)
            report(connection, since: start, nil)
            return value
        } catch {
            let refusal = error as? PostgresError
            var isLost = refusal?.kind == .connectionLost || refusal?.kind == .outcomeUnknown || !connection.isAlive
            let isCancelled = plan.isCancelled() && (refusal?.sqlState == "57014" || refusal?.kind == .connectionLost)
            if !isLost, !connection.isIdle { try? connection.run(script: "ROLLBACK") }
            isLost = isLost || !connection.isAlive || !connection.isIdle
            let failure: any Error = isCancelled ? CancellationError() : error
            report(connection, since: start, failure)
            if isLost {
                tally.count(\.connectionsLost)
                disconnect()
            }
            throw failure
        }
    }

    private func report(_ connection: Connection, since start: ContinuousClock.Instant, _ failure: (any Error)?) {
        tally.ended(after: .now - start, failure, statements: connection.tally)
        connection.tally.removeAll()
    }

    private func commit(_ connection: Connection, isReadOnly: Bool) throws(PostgresError) {
        do throws(PostgresError) {
            try connection.run(script: "COMMIT")
        } catch {
            guard error.kind == .connectionLost, !isReadOnly else { throw error }
            throw error.asOutcomeUnknown
        }
    }

    private func connected(_ plan: Plan) throws -> Connection {
        if let connection, connection.isAlive { return connection }
        disconnect()
        try pace.wait(isCancelled: plan.isCancelled)
        do throws(PostgresError) {
            let fresh = try Connection(configuration.conninfo, statementTimeout: configuration.statementTimeout)
            try fresh.run(script: configuration.greeting)
            connection = fresh
        } catch {
            pace.failed()
            tally.count(\.connectionFailures)
            throw error
        }
        pace.succeeded()
        tally.count(\.connectionsMade)
        tally.count(\.connectionsOpen)
        guard let connection else { preconditionFailure("connected without a connection") }
        return connection
    }

    private func disconnect() {
        if connection != nil { tally.count(\.connectionsOpen, -1) }
        connection = nil
    }
}

extension PostgresError {
    fileprivate var retryCause: DatabaseMetrics.RetryCause {
        switch sqlState {
        case "40001": .serializationFailure
        case "40P01": .deadlock
        default: kind == .connectionLost ? .connectionLost : .stalePlan
        }
    }
}
