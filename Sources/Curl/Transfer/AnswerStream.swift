import Synchronization

/// Holds a few pieces of an answer between the client's thread, which brings them, and the one caller who reads them.
final class AnswerStream: AnswerSink {
    /// A piece, or the end; and whether the transfer waits for room.
    struct Piece {
        let bytes: [UInt8]?
        let hasStopped: Bool
    }

    private struct State {
        var head: CurlResponseHead?
        var bytes: [UInt8] = []
        var hasStopped = false
        var end: Result<CurlTimings, CurlError>?
        var reader: CheckedContinuation<Void, Never>?
    }

    private let bytesMax: Int
    private let state = Mutex(State())

    init(bytesMax: Int) { self.bytesMax = bytesMax }

    func begin(_ head: CurlResponseHead) {
        wake { $0.head = head }
    }

    func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        wake { state in
            guard state.bytes.isEmpty || state.bytes.count + bytes.count <= bytesMax else {
                state.hasStopped = true
                return false
            }
            state.bytes.append(contentsOf: bytes)
            return true
        }
    }

    func end(_ result: Result<CurlTimings, CurlError>) {
        wake { $0.end = result }
    }

    /// How long it took, once it has ended well.
    var timings: CurlTimings? {
        state.withLock { state in
            guard case .success(let timings) = state.end else { return nil }
            return timings
        }
    }

    /// The head, when it has come.
    func head() async throws(CurlError) -> CurlResponseHead {
        while true {
            let (head, end) = state.withLock { ($0.head, $0.end) }
            if let head { return head }
            if let end {
                _ = try end.get()
                throw CurlError(.malformed, mayHaveArrived: true)
            }
            await news { $0.head == nil && $0.end == nil }
        }
    }

    /// What has come since the last time, waiting for it if need be.
    func next() async throws(CurlError) -> Piece {
        while true {
            let (piece, end) = state.withLock { state -> (Piece?, Result<CurlTimings, CurlError>?) in
                if state.bytes.isEmpty { return (nil, state.end) }
                defer {
                    state.bytes = []
                    state.hasStopped = false
                }
                return (Piece(bytes: state.bytes, hasStopped: state.hasStopped), nil)
            }
            if let piece { return piece }
            if let end {
                _ = try end.get()
                return Piece(bytes: nil, hasStopped: false)
            }
            await news { $0.bytes.isEmpty && $0.end == nil }
        }
    }

    /// Waits for a change, unless the wait is pointless.
    private func news(while isPending: (borrowing State) -> Bool) async {
        await withCheckedContinuation { reader in
            let isThere = state.withLock { state in
                guard isPending(state) else { return true }
                precondition(state.reader == nil, "an answer has one reader")
                state.reader = reader
                return false
            }
            if isThere { reader.resume() }
        }
    }

    private func wake<Answer>(_ change: (inout State) -> sending Answer) -> sending Answer {
        let (reader, answer) = state.withLock { state in
            let answer = change(&state)
            defer { state.reader = nil }
            return (state.reader, answer)
        }
        reader?.resume()
        return answer
    }
}
