import Synchronization

/// Tells, once, that the client's thread has ended.
final class Ended: Sendable {
    private enum State {
        case not([CheckedContinuation<Void, Never>])
        case ended
    }

    private let state = Mutex(State.not([]))

    func say() {
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            guard case .not(let waiting) = state else { return [] }
            state = .ended
            return waiting
        }
        for waiter in waiting { waiter.resume() }
    }

    func wait() async {
        await withCheckedContinuation { waiter in
            let isOver = state.withLock { state in
                guard case .not(let waiting) = state else { return true }
                state = .not(waiting + [waiter])
                return false
            }
            if isOver { waiter.resume() }
        }
    }
}
