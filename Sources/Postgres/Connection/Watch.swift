import Foundation
import Synchronization

/// Ends a wait that the server will not end: when the network or a stopped server swallows what is sent, neither an
/// answer nor the server's own timeout nor a cancellation arrives, and libpq would wait for ever.
final class Watch: Sendable {
    /// How long the server may take beyond a statement's timeout, or after a cancellation, until it is given up.
    static let grace = Duration.seconds(5)

    private struct State {
        var end: ContinuousClock.Instant?
        var isScheduled = false
        var isOff = false
    }

    /// A number of its own for the connection's socket: libpq may close its number, and another file take it, at any
    /// moment.
    private let socket: Int32
    private let limit: Duration?
    private let state = Mutex(State())

    /// - Parameter statementTimeout: what the server was told; zero is no limit.
    init(socket: Int32, statementTimeout: Duration) {
        self.socket = fcntl(socket, F_DUPFD_CLOEXEC, 0)
        limit = statementTimeout > .zero ? statementTimeout + Self.grace : nil
    }

    deinit { close(socket) }

    /// A wait for the server begins.
    func begin() {
        guard let limit else { return }
        let mustSchedule = state.withLock { state in
            guard !state.isOff else { return false }
            state.end = .now + limit
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        if mustSchedule { look(after: limit) }
    }

    /// The server has answered.
    func end() { state.withLock { $0.end = nil } }

    /// Lets the statements of a transaction take as long as they want, or no longer.
    func turn(off isOff: Bool) { state.withLock { $0.isOff = isOff } }

    /// Whether the statement has had its time, so that the server has ended it by now.
    var isOverdue: Bool { state.withLock { $0.end.map { $0 - Self.grace < .now } ?? false } }

    /// Makes libpq find the connection broken, on whatever thread it waits.
    func cut() { shutdown(socket, Int32(SHUT_RDWR)) }

    /// One look is due at a time, however many statements run meanwhile.
    private func look(after delay: Duration) {
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(Int(delay.milliseconds) + 1)) { [weak self] in
            guard let self else { return }
            let rest = state.withLock { state in
                state.isScheduled = state.end != nil
                return state.end.map { ContinuousClock.now.duration(to: $0) }
            }
            guard let rest else { return }
            if rest > .zero { look(after: rest) } else { cut() }
        }
    }
}
