import CCurl
import Foundation
import Synchronization

/// What callers ask of the client's thread, and the bell that wakes it.
final class Mailbox: Sendable {
    enum Message: Sendable {
        case begin(Transfer)
        case cancel(Transfer)
        /// There is room in the transfer's stream, or there are bytes to upload.
        case resume(Transfer)
        case close
    }

    private struct Contents {
        var messages: [Message] = []
        var isClosed = false
    }

    /// Readable when there is mail (`eventfd`).
    let bell: Int32
    private let contents = Mutex(Contents())

    init() {
        bell = shim_bell()
        precondition(bell >= 0, "no event descriptor: errno \(errno)")
    }

    deinit { _ = Foundation.close(bell) }

    /// Leaves a message; false when the client was closed.
    @discardableResult
    func post(_ message: Message) -> Bool {
        let (isTaken, isFirst) = contents.withLock { contents in
            if contents.isClosed { return (false, false) }
            if case .close = message { contents.isClosed = true }
            contents.messages.append(message)
            return (true, contents.messages.count == 1)
        }
        if isFirst { ring() }
        return isTaken
    }

    /// Takes everything, in the order it came, and stills the bell.
    func empty() -> [Message] {
        var count: UInt64 = 0
        _ = read(bell, &count, 8)
        return contents.withLock { contents in
            defer { contents.messages = [] }
            return contents.messages
        }
    }

    private func ring() {
        var one: UInt64 = 1
        _ = write(bell, &one, 8)
    }
}
