import Foundation
import Synchronization

/// A PostgreSQL database: a fixed number of connections, each bound to a thread of its own.
///
/// ```swift
/// let names = try await database.read { transaction in
///     try transaction.query("SELECT name FROM parties.store ORDER BY name") { try $0["name"] as String }
/// }
/// ```
///
/// The closure runs synchronously inside BEGIN … COMMIT on a connection's thread. It commits when the closure
/// returns and rolls back when it throws. Waiting is in the order of arrival. A task that is cancelled while it
/// waits or runs gets `CancellationError`, and its query is cancelled on the server.
public final class Database: Sendable {
    private let workers: [Worker]
    private let queue = WorkQueue()
    private let ended = DispatchGroup()

    public init(_ configuration: DatabaseConfiguration) {
        workers = (0..<max(1, configuration.connections)).map { _ in Worker(configuration) }
        for worker in workers {
            ended.enter()
            worker.start(serving: queue) { [ended] in ended.leave() }
        }
    }

    deinit { queue.close(workers: workers.count) }

    /// How many callers wait for a connection now.
    public var waiting: Int { queue.waiting }

    /// Whether ``close()`` was called.
    public var isClosed: Bool { queue.isClosed }

    /// Runs `body` in a read-only transaction that sees one state of the database throughout.
    public func read<Value: Sendable>(
        as tenant: Tenant? = nil, _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await transact("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", isReadOnly: true, tenant, body)
    }

    /// Runs `body` in a transaction that may write.
    ///
    /// It is run again after a serialization failure, a deadlock, or a connection lost before COMMIT, so it must do
    /// nothing but talk to the database. When the answer to COMMIT is lost it throws ``PostgresError`` of kind
    /// `outcomeUnknown` and is not run again: the caller repeats the command with the same request id.
    public func write<Value: Sendable>(
        as tenant: Tenant? = nil, _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await transact("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", isReadOnly: false, tenant, body)
    }

    /// Finishes the work that waits, then closes every connection.
    public func close() async {
        queue.close(workers: workers.count)
        await withCheckedContinuation { continuation in
            ended.notify(queue: .global()) { continuation.resume() }
        }
    }

    private func transact<Value: Sendable>(
        _ begin: String, isReadOnly: Bool, _ tenant: Tenant?, _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        let opening = tenant.map { "\(begin); \($0.statement)" } ?? begin
        let number = queue.reserveNumber()
        let call = Call<Value>()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                call.wait(with: continuation)
                queue.add(
                    WorkQueue.Job(number: number) { worker in
                        guard let worker else {
                            return call.finish(.failure(PostgresError(.misuse, message: "the database is closed")))
                        }
                        guard call.begin(on: worker) else { return }
                        call.finish(
                            Swift.Result {
                                try worker.transact(
                                    job: number, begin: opening, isReadOnly: isReadOnly, isCancelled: { call.isCancelled }, body)
                            })
                    })
            }
        } onCancel: {
            call.cancel(job: number)
        }
    }
}

/// One caller's wait for its answer: answered once, by the worker or by cancellation, whichever is first.
private final class Call<Value: Sendable>: Sendable {
    private struct State {
        var continuation: CheckedContinuation<Value, any Error>?
        var worker: Worker?
        var isCancelled = false
    }

    private let state = Mutex(State())

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    func wait(with continuation: CheckedContinuation<Value, any Error>) {
        let isCancelled = state.withLock { state in
            if !state.isCancelled { state.continuation = continuation }
            return state.isCancelled
        }
        if isCancelled { continuation.resume(throwing: CancellationError()) }
    }

    /// Whether the work is still wanted when its turn comes.
    func begin(on worker: Worker) -> Bool {
        state.withLock { state in
            state.worker = worker
            return !state.isCancelled
        }
    }

    func finish(_ result: Swift.Result<Value, any Error>) {
        let continuation = state.withLock { state in
            state.worker = nil
            return state.continuation.take()
        }
        continuation?.resume(with: result)
    }

    /// Answers a caller that still waits at once; asks the worker to stop otherwise.
    func cancel(job: Int) {
        let (waiting, worker) = state.withLock { state in
            state.isCancelled = true
            return (state.worker == nil ? state.continuation.take() : nil, state.worker)
        }
        waiting?.resume(throwing: CancellationError())
        worker?.cancel(job: job)
    }
}
