import Synchronization

/// A request on its way, as callers and the client's thread both know it.
final class Transfer: Sendable {
    let request: CurlRequest
    /// Scheme, host and port.
    let server: String
    let answer: any AnswerSink
    let upload: UploadPipe?
    let beganAt = ContinuousClock.now
    private let cancelled = Atomic(false)

    init(_ request: CurlRequest, at server: String, answer: any AnswerSink, upload: UploadPipe? = nil) {
        self.request = request
        self.server = server
        self.answer = answer
        self.upload = upload
    }

    /// Whether the caller has lost interest.
    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    func cancel() { cancelled.store(true, ordering: .releasing) }

    func end(_ result: Result<CurlTimings, CurlError>) {
        upload?.close()
        answer.end(result)
    }
}

/// Where an answer goes. Called by the client's thread only, which it must not hold up.
protocol AnswerSink: Sendable {
    func begin(_ head: CurlResponseHead)
    /// False when there is no room: the same bytes come again after the transfer is resumed.
    func take(_ bytes: UnsafeRawBufferPointer) -> Bool
    /// Called once, last.
    func end(_ result: Result<CurlTimings, CurlError>)
}
