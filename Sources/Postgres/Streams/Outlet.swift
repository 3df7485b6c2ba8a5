import Foundation
import Synchronization

/// Hands elements from a thread to a task. The thread waits while too many are not yet taken.
final class Outlet<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var ending: Swift.Result<Void, any Error>?
        var isAbandoned = false
        var hasSent = false
        var taker: CheckedContinuation<Element?, any Error>?
    }

    private let state = Mutex(State())
    private let room = DispatchSemaphore(value: 0)

    /// - Parameter capacity: how many elements wait to be taken at most.
    init(capacity: Int) { for _ in 0..<capacity { room.signal() } }

    /// Whether anything was handed over.
    var hasSent: Bool { state.withLock { $0.hasSent } }

    /// Hands over one element; waits for room.
    ///
    /// - Returns: `false` when nobody takes any more.
    func send(_ element: Element) -> Bool {
        room.wait()
        let (taker, isAbandoned) = state.withLock { state in
            guard !state.isAbandoned else { return (nil as CheckedContinuation<Element?, any Error>?, true) }
            state.hasSent = true
            let taker = state.taker.take()
            if taker == nil { state.elements.append(element) }
            return (taker, false)
        }
        // Whoever comes after an end or a hand-over need not wait.
        if isAbandoned || taker != nil { room.signal() }
        taker?.resume(returning: element)
        return !isAbandoned
    }

    /// Ends the sequence once everything before has been taken.
    func finish(_ ending: Swift.Result<Void, any Error>) {
        let taker = state.withLock { state in
            guard state.ending == nil else { return nil as CheckedContinuation<Element?, any Error>? }
            state.ending = ending
            return state.taker.take()
        }
        taker?.resume(with: ending.map { nil })
    }

    /// The next element; `nil` after the last.
    ///
    /// - Throws: what the sender failed with; `CancellationError` when the outlet was abandoned.
    func next() async throws -> Element? {
        try await withCheckedThrowingContinuation { continuation in
            let answer: Swift.Result<Element?, any Error>? = state.withLock { state in
                if state.isAbandoned { return .failure(CancellationError()) }
                if !state.elements.isEmpty {
                    room.signal()
                    return .success(state.elements.removeFirst())
                }
                if let ending = state.ending { return ending.map { nil } }
                state.taker = continuation
                return nil
            }
            if let answer { continuation.resume(with: answer) }
        }
    }

    /// Takes nothing more: the sender is told, a taker that waits is cancelled.
    func abandon() {
        let taker = state.withLock { state in
            state.isAbandoned = true
            state.elements = []
            return state.taker.take()
        }
        room.signal()
        taker?.resume(throwing: CancellationError())
    }
}
