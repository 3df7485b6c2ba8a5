import Foundation
import Synchronization

/// Hands elements from one task to one thread. The task is suspended while too many are not yet taken.
final class Inlet<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var ending: Swift.Result<Void, any Error>?
        var isAbandoned = false
        var hasTaken = false
        var sender: CheckedContinuation<Void, any Error>?
    }

    private let state = Mutex(State())
    private let arrival = DispatchSemaphore(value: 0)
    private let capacity: Int

    /// - Parameter capacity: how many elements wait to be taken at most.
    init(capacity: Int) { self.capacity = capacity }

    /// Whether anything was handed over.
    var hasTaken: Bool { state.withLock { $0.hasTaken } }

    /// Hands over one element and waits until there is room for the next.
    ///
    /// - Throws: `CancellationError` when the task is cancelled or nothing is taken any more.
    func send(_ element: Element) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer: Swift.Result<Void, any Error>? = state.withLock { state in
                    if state.isAbandoned { return .failure(CancellationError()) }
                    state.elements.append(element)
                    arrival.signal()
                    guard state.elements.count >= capacity else { return .success(()) }
                    state.sender = continuation
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            state.withLock { $0.sender.take() }?.resume(throwing: CancellationError())
        }
        try Task.checkCancellation()
    }

    /// Ends the sequence, well or not, once everything before has been taken.
    func finish(_ ending: Swift.Result<Void, any Error>) {
        state.withLock { state in
            guard state.ending == nil else { return }
            state.ending = ending
            arrival.signal()
        }
    }

    /// Waits for the next element; `nil` after the last.
    ///
    /// - Throws: what the sender failed with.
    func take() throws -> Element? {
        arrival.wait()
        let (element, sender, ending) = state.withLock { state in
            guard !state.elements.isEmpty else { return (nil as Element?, nil as CheckedContinuation<Void, any Error>?, state.ending) }
            state.hasTaken = true
            return (state.elements.removeFirst(), state.sender.take(), nil)
        }
        sender?.resume()
        if case .failure(let error) = ending { throw error }
        return element
    }

    /// Takes nothing more; a sender that waits is told.
    func abandon() {
        let sender = state.withLock { state in
            state.isAbandoned = true
            state.elements = []
            return state.sender.take()
        }
        sender?.resume(throwing: CancellationError())
    }
}
