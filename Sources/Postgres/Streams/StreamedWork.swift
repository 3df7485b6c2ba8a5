/// A read transaction that runs on a connection's thread while a task takes what it brings. It ends with its last
/// reference.
final class StreamedWork<Element: Sendable>: Sendable {
    private let outlet: Outlet<Element>
    private let call: Call<Void>
    private let number: Int
    private let queue: WorkQueue

    /// - Parameters:
    ///   - opening: the statements that begin the transaction.
    ///   - body: sends what it reads; stops when it is told `false`.
    init(
        _ database: Database, _ opening: String, _ body: @escaping @Sendable (Transaction, (Element) throws -> Void) throws -> Void
    ) {
        let (outlet, call, number) = (Outlet<Element>(capacity: 2), Call<Void>(), database.queue.reserveNumber())
        (self.outlet, self.call, self.number, queue) = (outlet, call, number, database.queue)
        let plan = Worker.Plan(
            job: number, begin: opening, isReadOnly: true, isCancelled: { call.isCancelled }, isUnlimited: true,
            mayRepeat: { !outlet.hasSent })
        queue.add(
            WorkQueue.Job(number: number) { turn in
                switch turn {
                case .failure(let error): return { outlet.finish(.failure(error)) }
                case .success(let worker):
                    guard call.begin(on: worker) else { return {} }
                    let ending = Swift.Result {
                        try worker.transact(plan) { transaction in
                            try body(transaction) { guard outlet.send($0) else { throw CancellationError() } }
                        }
                    }
                    return {
                        call.finish(ending)
                        outlet.finish(ending)
                    }
                }
            })
    }

    deinit { stop() }

    /// What comes next; `nil` at the end.
    ///
    /// - Throws: what the transaction failed with; `CancellationError` when the task is cancelled, which ends it.
    func next() async throws -> Element? {
        try await withTaskCancellationHandler {
            try await outlet.next()
        } onCancel: {
            stop()
        }
    }

    private func stop() {
        outlet.abandon()
        call.cancel(job: number)
        queue.remove(number)
    }
}
