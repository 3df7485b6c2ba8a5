import Synchronization

/// A value that others change, and for whose changes one can wait.
final class Shared<Value: Sendable>: Sendable {
    private struct State {
        var value: Value
        var waiters: [(isThere: @Sendable (Value) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state: Mutex<State>

    init(_ value: Value) { state = Mutex(State(value: value)) }

    var value: Value { state.withLock { $0.value } }

    func change(_ change: (inout Value) -> Void) {
        let served = state.withLock { state in
            change(&state.value)
            let value = state.value
            let served = state.waiters.filter { $0.isThere(value) }.map(\.continuation)
            state.waiters.removeAll { $0.isThere(value) }
            return served
        }
        for waiter in served { waiter.resume() }
    }

    func wait(until isThere: @escaping @Sendable (Value) -> Bool) async {
        await withCheckedContinuation { waiter in
            let isAlready = state.withLock { state in
                if isThere(state.value) { return true }
                state.waiters.append((isThere, waiter))
                return false
            }
            if isAlready { waiter.resume() }
        }
    }
}
