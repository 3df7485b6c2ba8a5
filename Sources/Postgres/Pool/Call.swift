import Synchronization

/// One caller's wait for its answer: answered once, by the worker or by cancellation, whichever is first.
final class Call<Value: Sendable>: Sendable {
    private struct State {
        var continuation: CheckedContinuation<Value, any Error>?
        var worker: Worker?
        var isCancelled = false
    }

    private let state = Mutex(State())

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// - Returns: whether the answer is still wanted; a caller that was cancelled before has been told.
    func wait(with continuation: CheckedContinuation<Value, any Error>) -> Bool {
        let isCancelled = state.withLock { state in
            if !state.isCancelled { state.continuation = continuation }
            return state.isCancelled
        }
        if isCancelled { continuation.resume(throwing: CancellationError()) }
        return !isCancelled
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
