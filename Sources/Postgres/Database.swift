import Foundation
import Synchronization

/// A PostgreSQL database: a limited number of connections, each bound to a thread of its own.
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
    let configuration: DatabaseConfiguration
    let queue: WorkQueue
    let listeners = Mutex<[ObjectIdentifier: @Sendable () -> Void]>([:])
    private let tally: Tally
    private let ended = DispatchGroup()

    public init(_ configuration: DatabaseConfiguration) {
        self.configuration = configuration
        let count = max(1, configuration.connections)
        tally = Tally(connectionsMax: count)
        queue = WorkQueue(waitersMax: configuration.waitersMax, waitMax: configuration.waitTimeout, tally: tally)
        let pace = ConnectionPace(configuration.reconnectDelay)
        for _ in 0..<count {
            ended.enter()
            Worker(configuration, tally: tally, pace: pace).start(serving: queue) { [ended] in ended.leave() }
        }
    }

    deinit { queue.close() }

    /// How many callers wait for a connection now.
    public var waiting: Int { queue.waiting }

    /// Whether ``close()`` was called.
    public var isClosed: Bool { queue.isClosed }

    /// What the database has done so far and does now.
    public var metrics: DatabaseMetrics { tally.snapshot(waiting: queue.waiting) }

    /// Runs `body` in a read-only transaction that sees one state of the database throughout.
    ///
    /// It is run again after a connection lost, so it must do nothing but talk to the database.
    ///
    /// - Throws: ``PostgresError``; what `body` throws; `CancellationError`.
    public func read<Value: Sendable>(
        as tenant: Tenant? = nil, level: ReadLevel = .snapshot, _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await transact(level.begin, isReadOnly: true, tenant, body)
    }

    /// Runs `body` in a transaction that may write.
    ///
    /// It is run again after a serialization failure, a deadlock, or a connection lost before COMMIT, so it must do
    /// nothing but talk to the database. When the answer to COMMIT is lost it throws ``PostgresError`` of kind
    /// `outcomeUnknown` and is not run again: the caller repeats the command with the same request id.
    ///
    /// - Throws: ``PostgresError``; what `body` throws; `CancellationError`.
    public func write<Value: Sendable>(
        as tenant: Tenant? = nil, level: WriteLevel = .readCommitted,
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await transact(level.begin, isReadOnly: false, tenant, body)
    }

    /// Finishes the work that waits, then closes every connection. Sequences of channel events end.
    public func close() async {
        for end in listeners.withLock({ Array($0.values) }) { end() }
        queue.close()
        await withCheckedContinuation { continuation in
            ended.notify(queue: .global()) { continuation.resume() }
        }
    }

    func transact<Value: Sendable>(
        _ begin: String, isReadOnly: Bool, _ tenant: Tenant?, isUnlimited: Bool = false,
        mayRepeat: @escaping @Sendable () -> Bool = { true },
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        let number = queue.reserveNumber()
        let call = Call<Value>()
        let plan = Worker.Plan(
            job: number, begin: Self.opening(begin, tenant), isReadOnly: isReadOnly, isCancelled: { call.isCancelled },
            isUnlimited: isUnlimited, mayRepeat: mayRepeat)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard call.wait(with: continuation) else { return }
                queue.add(
                    WorkQueue.Job(number: number) { turn in
                        switch turn {
                        case .failure(let error): return { call.finish(.failure(error)) }
                        case .success(let worker):
                            guard call.begin(on: worker) else { return {} }
                            let result = Swift.Result { try worker.transact(plan, body) }
                            return { call.finish(result) }
                        }
                    })
            }
        } onCancel: {
            call.cancel(job: number)
            queue.remove(number)
        }
    }

    static func opening(_ begin: String, _ tenant: Tenant?) -> String { tenant.map { "\(begin); \($0.statement)" } ?? begin }
}
