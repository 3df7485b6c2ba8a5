import CCurl
import Synchronization

/// An HTTP client over libcurl: any number of requests at a time on one thread, with connections that are kept.
///
/// Close it when it is done with; a client that is forgotten closes itself, and whoever still waits hears that it was closed.
public final class CurlClient: Sendable {
    private let mailbox = Mailbox()
    private let tally = Tally()
    private let configuration: CurlConfiguration
    private let ended = Ended()

    /// libcurl is set up once for the process.
    private static let isSetUp = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    public init(_ configuration: CurlConfiguration = CurlConfiguration()) {
        precondition(Self.isSetUp, "libcurl cannot be set up")
        precondition(configuration.perServerMax > 0 && configuration.totalMax > 0, "at least one request is under way at a time")
        precondition(configuration.userAgent?.utf8.contains { $0 < 32 } != true, "a user agent has no control characters")
        self.configuration = configuration
        guard let loop = EventLoop(configuration, mailbox: mailbox, tally: tally) else {
            preconditionFailure("libcurl has no memory for a client")
        }
        loop.start { [ended] in ended.say() }
    }

    deinit { mailbox.post(.close) }

    public var statistics: CurlStatistics { tally.now }

    /// Sends a request and gives the whole answer, whatever its status.
    ///
    /// When the task is cancelled the transfer ends at once, with ``CurlError/Kind/cancelled``.
    public func send(_ request: CurlRequest) async throws(CurlError) -> CurlResponse {
        let answer = WholeAnswer()
        let transfer = Transfer(request, at: try request.server(isStreamed: false), answer: answer)
        return try await cancelling(transfer) {
            await answer.outcome { self.begin(transfer) }
        }.get()
    }

    /// Sends a request and lends the answer as it comes.
    ///
    /// When this returns the transfer is over, or is being ended because `read` has not read to the end.
    ///
    /// - Throws: ``CurlError``, or what `read` throws. When the upload's own sequence throws it is
    ///   ``CurlError/Kind/uploadFailed``.
    public func stream<Answer: Sendable>(
        _ request: CurlRequest, uploading upload: CurlUpload? = nil,
        _ read: sending (CurlResponseHead, CurlAnswerBody) async throws -> Answer
    ) async throws -> Answer {
        let answer = AnswerStream(bytesMax: configuration.streamBytesMax)
        let pipe = upload.map { UploadPipe(length: $0.length, bytesMax: request.limits.uploadBytesMax) }
        let server = try request.server(isStreamed: upload != nil)
        let transfer = Transfer(request, at: server, answer: answer, upload: pipe)
        let resume = { @Sendable [mailbox] in _ = mailbox.post(.resume(transfer)) }
        // Cancelled when this returns, so that an upload which is not wanted any more holds up nobody.
        async let _: Void = give(upload, to: pipe, resume)
        defer { stop(transfer) }
        return try await cancelling(transfer) {
            begin(transfer)
            return try await read(try answer.head(), CurlAnswerBody(stream: answer, resume: resume))
        }
    }

    /// Ends every transfer, closes all connections and waits until the thread is gone.
    public func close() async {
        mailbox.post(.close)
        await ended.wait()
    }

    private func begin(_ transfer: Transfer) {
        if !mailbox.post(.begin(transfer)) { transfer.end(.failure(CurlError(.closed, server: transfer.server))) }
    }

    private func stop(_ transfer: Transfer) {
        transfer.cancel()
        mailbox.post(.cancel(transfer))
    }

    private func give(_ upload: CurlUpload?, to pipe: UploadPipe?, _ resume: @escaping @Sendable () -> Void) async {
        guard let upload, let pipe else { return }
        do {
            try await upload.give { await pipe.give($0, resume: resume) }
            // A sequence also ends when its task is cancelled; then there is no end to tell.
            if !Task.isCancelled, pipe.finish() { resume() }
        } catch {
            if pipe.finish(hasFailed: true) { resume() }
        }
    }

    private nonisolated(nonsending) func cancelling<Answer, Failure: Error>(
        _ transfer: Transfer, _ work: () async throws(Failure) -> Answer
    ) async throws(Failure) -> Answer {
        let result: Result<Answer, Failure> = await withTaskCancellationHandler {
            do throws(Failure) { return .success(try await work()) } catch { return .failure(error) }
        } onCancel: {
            stop(transfer)
        }
        return try result.get()
    }
}
