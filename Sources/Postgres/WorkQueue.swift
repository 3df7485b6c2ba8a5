import Foundation
import Synchronization

/// Work waiting for a connection, served strictly in the order it came.
final class WorkQueue: Sendable {
    /// One piece of work. `run` gets `nil` when the queue was closed before its turn.
    struct Job: Sendable {
        let number: Int
        let run: @Sendable (Worker?) -> Void
    }

    private struct State {
        var jobs: [Job] = []
        var head = 0
        var nextNumber = 0
        var isClosed = false

        var waiting: Int { jobs.count - head }

        mutating func pop() -> Job? {
            guard head < jobs.count else { return nil }
            defer {
                head += 1
                if head > 1_024, head * 2 > jobs.count {
                    jobs.removeFirst(head)
                    head = 0
                }
            }
            return jobs[head]
        }
    }

    private let state = Mutex(State())
    private let arrival = DispatchSemaphore(value: 0)

    var waiting: Int { state.withLock { $0.waiting } }
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// A number for a job about to be added, so that it can be cancelled from the moment it waits.
    func reserveNumber() -> Int {
        state.withLock { state in
            state.nextNumber += 1
            return state.nextNumber
        }
    }

    /// Adds a job at the end; a closed queue answers it at once.
    func add(_ job: Job) {
        let isAccepted = state.withLock { state in
            guard !state.isClosed else { return false }
            state.jobs.append(job)
            return true
        }
        if isAccepted { arrival.signal() } else { job.run(nil) }
    }

    /// Waits for the next job; `nil` when the queue is closed and empty.
    func next() -> Job? {
        arrival.wait()
        return state.withLock { $0.pop() }
    }

    /// Answers no more work than what waits already; each of `workers` gets its `nil` after that.
    func close(workers: Int) {
        state.withLock { $0.isClosed = true }
        for _ in 0..<workers { arrival.signal() }
    }
}
