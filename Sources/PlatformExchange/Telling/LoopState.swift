import Synchronization

/// How many documents a loop has under way, and whether it is to end.
final class LoopState: Sendable {
    private let state = Mutex((running: 0, isStopping: false))

    var running: Int { state.withLock { $0.running } }
    var isStopping: Bool { state.withLock { $0.isStopping } }
    func begin() { state.withLock { $0.running += 1 } }
    func end() { state.withLock { $0.running -= 1 } }
    func stop() { state.withLock { $0.isStopping = true } }
}
