import Synchronization

/// Collects an answer and hands it over when it is complete.
final class WholeAnswer: AnswerSink {
    typealias Outcome = Result<CurlResponse, CurlError>

    private struct State {
        var head: CurlResponseHead?
        var body: [UInt8] = []
        var caller: CheckedContinuation<Outcome, Never>?
    }

    private let state = Mutex(State())

    /// Waits for the outcome, after `begin` was run.
    func outcome(afterwards begin: () -> Void) async -> Outcome {
        await withCheckedContinuation { caller in
            state.withLock { $0.caller = caller }
            begin()
        }
    }

    func begin(_ head: CurlResponseHead) {
        state.withLock { state in
            state.head = head
            if let length = head["content-length"].flatMap(Int.init) { state.body.reserveCapacity(min(length, 1 << 20)) }
        }
    }

    func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        state.withLock { $0.body.append(contentsOf: bytes) }
        return true
    }

    func end(_ result: Result<CurlTimings, CurlError>) {
        let (caller, outcome) = state.withLock { state -> (CheckedContinuation<Outcome, Never>?, Outcome) in
            defer { state.caller = nil }
            switch (result, state.head) {
            case (.failure(let error), _): return (state.caller, .failure(error))
            case (.success, nil): return (state.caller, .failure(CurlError(.malformed, mayHaveArrived: true)))
            case (.success(let timings), let head?):
                return (state.caller, .success(CurlResponse(head: head, body: state.body, timings: timings)))
            }
        }
        caller?.resume(returning: outcome)
    }
}
