import Foundation
import Synchronization

/// Work waiting for a connection, served strictly in the order it came, and the workers waiting for work.
///
/// Of several idle workers one with an open connection is taken, the one that was busy last: so no more connections are
/// open than are needed, and those that are not needed can be closed.
final class WorkQueue: Sendable {
    /// One piece of work.
    struct Job: Sendable {
        let number: Int
        /// Gets the worker when its turn has come, or why it never will. What it returns answers the caller.
        let run: @Sendable (Swift.Result<Worker, PostgresError>) -> Answer
    }

    typealias Answer = @Sendable () -> Void

    /// What a worker does next.
    enum Turn {
        case work(Job)
        /// Nothing came for as long as the worker wanted to wait.
        case nothing
        case closed
    }

    /// Where one worker waits.
    final class Seat: Sendable {
        fileprivate let arrival = DispatchSemaphore(value: 0)
    }

    private struct Waiting {
        let job: Job
        let since: ContinuousClock.Instant
    }

    private struct State {
        /// By number; what was given up is missing here though its number is still in `order`.
        var waiting: [Int: Waiting] = [:]
        var order: [Int] = []
        var head = 0
        var nextNumber = 0
        var isClosed = false
        /// A call of `expire` is under way.
        var isArmed = false
        /// Those who wait for work, the one that was busy last at the end.
        var idle: [(seat: Seat, isConnected: Bool)] = []
        /// Work handed to a worker that still has to wake up.
        var handed: [ObjectIdentifier: Job] = [:]

        var first: Waiting? {
            mutating get {
                while head < order.count {
                    if let found = waiting[order[head]] { return found }
                    advance()
                }
                return nil
            }
        }

        mutating func advance() {
            head += 1
            if head > 1_024, head * 2 > order.count {
                order.removeFirst(head)
                head = 0
            }
        }

        mutating func pop() -> Waiting? {
            guard let first else { return nil }
            waiting[first.job.number] = nil
            advance()
            return first
        }
    }

    private let state = Mutex(State())
    private let waitersMax: Int
    private let waitMax: Duration?
    private let tally: Tally

    init(waitersMax: Int, waitMax: Duration?, tally: Tally) {
        self.waitersMax = waitersMax
        self.waitMax = waitMax
        self.tally = tally
    }

    var waiting: Int { state.withLock { $0.waiting.count } }
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// A number for a job about to be added, so that it can be cancelled from the moment it waits.
    func reserveNumber() -> Int {
        state.withLock { state in
            state.nextNumber += 1
            return state.nextNumber
        }
    }

    /// Hands a job to an idle worker, or lets it wait at the end; one that cannot wait is answered at once.
    func add(_ job: Job) {
        let (seat, refusal): (Seat?, PostgresError?) = state.withLock { state in
            guard !state.isClosed else { return (nil, PostgresError(.misuse, message: "the database is closed")) }
            if let position = state.idle.lastIndex(where: \.isConnected) ?? state.idle.indices.last {
                let seat = state.idle.remove(at: position).seat
                state.handed[ObjectIdentifier(seat)] = job
                return (seat, nil)
            }
            guard state.waiting.count < waitersMax else {
                return (nil, PostgresError(.tooManyWaiting, message: "\(waitersMax) wait for a connection already"))
            }
            state.waiting[job.number] = Waiting(job: job, since: .now)
            state.order.append(job.number)
            arm(&state)
            return (nil, nil)
        }
        // Outside of the lock, which the one who wakes up takes first of all.
        seat?.arrival.signal()
        guard let refusal else { return }
        if refusal.kind == .tooManyWaiting { tally.count(\.tooManyWaiting) }
        job.run(.failure(refusal))()
    }

    /// Forgets a job whose caller has been answered.
    func remove(_ number: Int) { state.withLock { $0.waiting[number] = nil } }

    /// Waits for the next job.
    ///
    /// - Parameters:
    ///   - answer: answers the caller of the last job, once the worker can be found idle: a caller that comes again at once
    ///     then needs no other connection.
    ///   - patience: how long; `nil` is for ever.
    func next(for seat: Seat, answering answer: inout Answer?, isConnected: Bool, patience: Duration?) -> Turn {
        let turn: Turn? = state.withLock { state in
            if let next = state.pop() { return take(next) }
            if state.isClosed { return .closed }
            state.idle.append((seat, isConnected))
            return nil
        }
        answer.take()?()
        if let turn { return turn }
        let end = patience.map { DispatchTime.now() + .milliseconds(Int($0.milliseconds)) } ?? .distantFuture
        if seat.arrival.wait(timeout: end) == .timedOut {
            let isIdle = state.withLock { state in
                guard let position = state.idle.firstIndex(where: { $0.seat === seat }) else { return false }
                state.idle.remove(at: position)
                return true
            }
            if isIdle { return .nothing }
            // Work came in the same moment.
            seat.arrival.wait()
        }
        return state.withLock { $0.handed.removeValue(forKey: ObjectIdentifier(seat)).map(Turn.work) ?? .closed }
    }

    /// Answers no more work than what waits already.
    func close() {
        state.withLock { state in
            state.isClosed = true
            for (seat, _) in state.idle { seat.arrival.signal() }
            state.idle = []
        }
    }

    private func take(_ next: Waiting) -> Turn {
        tally.waited(.now - next.since)
        return .work(next.job)
    }

    /// Sees to it that the first who waits does not wait for too long.
    private func arm(_ state: inout State) {
        guard let waitMax, !state.isArmed, let first = state.first else { return }
        state.isArmed = true
        let rest = max(.zero, waitMax - (.now - first.since))
        DispatchQueue.global().asyncAfter(deadline: .now() + .microseconds(Int(rest.microseconds) + 1)) { [weak self] in
            self?.expire()
        }
    }

    private func expire() {
        guard let waitMax else { return }
        let expired = state.withLock { state in
            var expired: [Waiting] = []
            let now = ContinuousClock.now
            while let first = state.first, now - first.since >= waitMax, let next = state.pop() { expired.append(next) }
            state.isArmed = false
            arm(&state)
            return expired
        }
        for waiting in expired {
            tally.waited(.now - waiting.since)
            tally.count(\.waitedTooLong)
            waiting.job.run(.failure(PostgresError(.waitedTooLong, message: "no connection became free within \(waitMax)")))()
        }
    }
}
