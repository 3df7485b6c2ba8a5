import Foundation
import Synchronization

/// A network line that a test can make as bad as it likes: a TCP port of 127.0.0.1 in front of a server's Unix socket.
///
/// It closes by itself after ``lifeSeconds``, so that a client that never gives up fails its test and does not hang it.
final class Relay: Sendable {
    /// Where a connection is cut, once; then the line is sound again.
    enum Cut: Sendable {
        /// The client's message that holds this text is lost, and the connection with it.
        case before(String)
        /// The message reaches the server; nobody waits for the answer.
        case after(String)
        /// The message reaches the server and is answered; the answer is lost.
        case answer(to: String)
        /// So many more bytes of answers reach the client.
        case afterAnswerBytes(Int)
    }

    struct Conduct: Sendable {
        var delayMilliseconds: Int32 = 0
        var bytesAtOnce = Int.max
        /// Nothing is forwarded and nothing is closed.
        var isBlackHole = false
        var cut: Cut?
    }

    private struct State {
        var conduct = Conduct()
        var files: Set<Int32> = []
        var accepted = 0
        var isClosed = false
    }

    static let lifeSeconds = 45
    private static let glance: Int32 = 20

    let port: UInt16
    private let path: String
    private let state = Mutex(State())
    private let ended = DispatchGroup()

    init(to path: String) throws {
        self.path = path
        let (listener, port) = try Socket.listen()
        self.port = port
        inThread { $0.accept(on: listener) }
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(Self.lifeSeconds)) { [weak self] in self?.end() }
    }

    var conduct: Conduct {
        get { state.withLock { $0.conduct } }
        set { state.withLock { $0.conduct = newValue } }
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }
    /// How many connections were taken so far.
    var accepted: Int { state.withLock { $0.accepted } }
    /// How many of them the client has not closed yet.
    var open: Int { state.withLock { $0.files.count / 2 } }

    /// Cuts every connection, takes no more, and returns when all is closed.
    func close() {
        end()
        _ = ended.wait(timeout: .now() + 20)
    }

    private func end() {
        state.withLock { state in
            state.isClosed = true
            for file in state.files { shutdown(file, Int32(SHUT_RDWR)) }
        }
    }

    private func inThread(_ body: @escaping @Sendable (Relay) -> Void) {
        ended.enter()
        let thread = Thread { [self] in
            body(self)
            ended.leave()
        }
        thread.name = "relay"
        thread.start()
    }

    private func accept(on listener: Int32) {
        while !isClosed {
            guard Socket.readable([listener], within: Self.glance)[0], let client = Socket.accept(on: listener) else { continue }
            inThread { $0.serve(client) }
        }
        Glibc.close(listener)
    }

    private func serve(_ client: Int32) {
        guard let server = try? Socket.connect(to: path) else {
            Glibc.close(client)
            return
        }
        state.withLock { state in
            state.files.formUnion([client, server])
            state.accepted += 1
        }
        forward(client: client, server: server)
        state.withLock { state in
            state.files.subtract([client, server])
            Glibc.close(client)
            Glibc.close(server)
        }
    }

    /// Until the client closes, a cut happens or the relay ends. When the server closes, the client is told and may
    /// take its time: what it leaves open counts.
    private func forward(client: Int32, server: Int32) {
        var isAnswered = false
        var serverIsOpen = true
        while !isClosed {
            let ready = Socket.readable(serverIsOpen ? [client, server] : [client], within: Self.glance)
            if conduct.isBlackHole {
                _ = poll(nil, 0, Self.glance)
                continue
            }
            if ready[0] {
                let message = Socket.read(client)
                if message.isEmpty { return }
                let cut = takeCut(for: message)
                if case .before = cut { return }
                guard pass(message, to: server) || !serverIsOpen else { return }
                if case .after = cut { return }
                if case .answer = cut { isAnswered = true }
            }
            if serverIsOpen, ready[1] {
                let answer = Socket.read(server)
                if isAnswered { return }
                if answer.isEmpty {
                    serverIsOpen = false
                    shutdown(client, Int32(SHUT_WR))
                    continue
                }
                let (length, isCut) = takeBytes(of: answer.count)
                guard pass(answer.prefix(length), to: client), !isCut else { return }
            }
        }
    }

    private func pass(_ bytes: some Collection<UInt8>, to file: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let conduct = conduct
            if conduct.delayMilliseconds > 0 { _ = poll(nil, 0, conduct.delayMilliseconds) }
            guard Socket.write(rest.prefix(conduct.bytesAtOnce), to: file) else { return false }
            rest = rest.dropFirst(conduct.bytesAtOnce)
        }
        return true
    }

    private func takeCut(for message: [UInt8]) -> Cut? {
        state.withLock { state in
            switch state.conduct.cut {
            case .before(let text), .after(let text), .answer(let text):
                guard Data(message).range(of: Data(text.utf8)) != nil else { return nil }
                return state.conduct.cut.take()
            case .afterAnswerBytes, nil: return nil
            }
        }
    }

    /// How many of the next `count` bytes of an answer are forwarded, and whether the connection is cut then.
    private func takeBytes(of count: Int) -> (length: Int, isCut: Bool) {
        state.withLock { state in
            guard case .afterAnswerBytes(let left) = state.conduct.cut else { return (count, false) }
            state.conduct.cut = left > count ? .afterAnswerBytes(left - count) : nil
            return (min(left, count), left <= count)
        }
    }
}
