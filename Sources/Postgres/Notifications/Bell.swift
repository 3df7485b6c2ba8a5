import Foundation
import Synchronization

/// Wakes a thread that waits for a socket, once and for all.
final class Bell: Sendable {
    /// Readable once the bell has rung.
    let descriptor: Int32
    private let other: Int32
    private let rung = Atomic(false)

    init() {
        var ends: [Int32] = [-1, -1]
        // Without a pipe the thread notices at its next look, a second later.
        if pipe(&ends) == 0 { for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) } }
        (descriptor, other) = (ends[0], ends[1])
    }

    deinit {
        close(descriptor)
        close(other)
    }

    var hasRung: Bool { rung.load(ordering: .acquiring) }

    func ring() {
        guard !rung.exchange(true, ordering: .acquiringAndReleasing) else { return }
        _ = write(other, [0], 1)
    }

    /// Waits until the bell rings, or for so long.
    func wait(_ duration: Duration) {
        var end = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&end, 1, Int32(clamping: max(1, duration.milliseconds)))
    }
}
