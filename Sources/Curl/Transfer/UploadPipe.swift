import Synchronization

/// Holds one piece of a body between the task that gives it and the client's thread, which sends it.
final class UploadPipe: Sendable {
    /// What the client's thread gets when it asks for bytes.
    enum Draft: Equatable {
        case bytes(Int)
        case end
        /// Nothing yet: the transfer waits until it is resumed.
        case nothing
        case failed(CurlError.Kind)
    }

    private struct State {
        var piece: [UInt8] = []
        var sent = 0
        /// Bytes of all pieces so far.
        var total = 0
        var isComplete = false
        var hasStopped = false
        var isClosed = false
        var hasFailed = false
        var giver: CheckedContinuation<Void, Never>?
    }

    /// Bytes in all, when that is known beforehand.
    let length: Int?
    private let bytesMax: Int
    private let state = Mutex(State())

    init(length: Int?, bytesMax: Int) {
        self.length = length
        self.bytesMax = bytesMax
    }

    /// Gives the next piece and waits until it was sent; false when nobody wants more.
    ///
    /// - Parameter resume: wakes the transfer, if it waits for bytes.
    func give(_ piece: [UInt8], resume: @Sendable () -> Void) async -> Bool {
        if piece.isEmpty { return true }
        await withCheckedContinuation { giver in
            let (isClosed, hasStopped) = state.withLock { state in
                if state.isClosed { return (true, false) }
                state.piece = piece
                state.sent = 0
                state.total += piece.count
                state.giver = giver
                defer { state.hasStopped = false }
                return (false, state.hasStopped)
            }
            if isClosed { giver.resume() }
            if hasStopped { resume() }
        }
        return state.withLock { !$0.isClosed }
    }

    /// Says that there are no more pieces, or that there will be none; true when the transfer waits for it.
    func finish(hasFailed: Bool = false) -> Bool {
        state.withLock { state in
            state.isComplete = true
            state.hasFailed = hasFailed
            defer { state.hasStopped = false }
            return state.hasStopped
        }
    }

    /// Says that the transfer has ended.
    func close() {
        let giver = state.withLock { state in
            state.isClosed = true
            defer { state.giver = nil }
            return state.giver
        }
        giver?.resume()
    }

    /// Takes as many bytes as fit. Called by the client's thread.
    func draw(into buffer: UnsafeMutableRawBufferPointer) -> Draft {
        let (draft, giver) = state.withLock { state -> (Draft, CheckedContinuation<Void, Never>?) in
            if state.hasFailed { return (.failed(.uploadFailed), nil) }
            if state.total > bytesMax { return (.failed(.uploadTooLarge), nil) }
            if let length, state.total > length || state.isComplete && state.total < length { return (.failed(.uploadFailed), nil) }
            let count = min(buffer.count, state.piece.count - state.sent)
            guard count > 0 else {
                state.hasStopped = !state.isComplete
                return (state.isComplete ? .end : .nothing, nil)
            }
            state.piece.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[state.sent..<state.sent + count])) }
            state.sent += count
            guard state.sent == state.piece.count else { return (.bytes(count), nil) }
            defer { state.giver = nil }
            return (.bytes(count), state.giver)
        }
        giver?.resume()
        return draft
    }
}
