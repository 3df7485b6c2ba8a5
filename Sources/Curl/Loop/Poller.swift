import CCurl
import Foundation

/// Waits for sockets (`epoll`). Belongs to one thread.
struct Poller: ~Copyable {
    struct Interest: OptionSet {
        let rawValue: UInt32
        static let read = Interest(rawValue: EPOLLIN.rawValue)
        static let write = Interest(rawValue: EPOLLOUT.rawValue)
    }

    struct Event {
        let socket: Int32
        let isReadable: Bool
        let isWritable: Bool
        let hasFailed: Bool
    }

    private let poll: Int32
    private var ready = [epoll_event](repeating: epoll_event(), count: 64)

    init() {
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        precondition(poll >= 0, "no epoll: errno \(errno)")
    }

    deinit { _ = close(poll) }

    func watch(_ socket: Int32, for interest: Interest) {
        var event = epoll_event(events: interest.rawValue, data: epoll_data_t(fd: socket))
        if epoll_ctl(poll, EPOLL_CTL_MOD, socket, &event) != 0, errno == ENOENT {
            _ = epoll_ctl(poll, EPOLL_CTL_ADD, socket, &event)
        }
    }

    /// A socket that has been closed is not watched any more by itself.
    func forget(_ socket: Int32) {
        var unused = epoll_event()
        _ = epoll_ctl(poll, EPOLL_CTL_DEL, socket, &unused)
    }

    /// Waits until a socket is ready or the time is over; nil waits as long as it takes.
    mutating func wait(milliseconds: Int32?) -> [Event] {
        let count = epoll_wait(poll, &ready, Int32(ready.count), milliseconds ?? -1)
        return ready.prefix(max(0, Int(count))).map { event in
            Event(
                socket: event.data.fd, isReadable: event.events & EPOLLIN.rawValue != 0,
                isWritable: event.events & EPOLLOUT.rawValue != 0,
                hasFailed: event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0)
        }
    }
}
