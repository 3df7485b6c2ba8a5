import CCurl

/// A transfer on its libcurl handle. Belongs to the client's thread.
final class Running {
    let transfer: Transfer
    let easy: Easy
    let waited: Duration
    /// Why the transfer was stopped from here, when it was.
    private(set) var failure: CurlError.Kind?
    private var head: HeadReader
    private var received = 0
    /// How much of the request's own body libcurl has taken.
    private var sent = 0
    /// How often the request was about to be sent on a connection.
    private var attempts = 0
    private var sentAt: ContinuousClock.Instant?
    private(set) var answeredAfter: Duration?

    init(_ transfer: Transfer, on easy: Easy, _ configuration: CurlConfiguration) throws(CurlError) {
        self.transfer = transfer
        self.easy = easy
        waited = ContinuousClock.now - transfer.beganAt
        let request = transfer.request
        head = HeadReader(followsRedirects: request.limits.redirectsMax > 0, bytesMax: request.limits.headerBytesMax)
        let needsLength = ["POST", "PUT", "PATCH"].contains(request.method)
        let isUploading = transfer.upload != nil || request.body != nil || needsLength
        let length = transfer.upload.map(\.length) ?? request.body?.count ?? 0
        try easy.set(request, configuration, isUploading: isUploading, uploadLength: length)
        try setCallbacks(isUploading: isUploading)
    }

    private func setCallbacks(isUploading: Bool) throws(CurlError) {
        let me = Unmanaged.passUnretained(self).toOpaque()
        try easy.set(CURLOPT_PRIVATE, pointer: me)
        try easy.set(CURLOPT_HEADERDATA, pointer: me)
        try easy.set(CURLOPT_WRITEDATA, pointer: me)
        try easy.set(CURLOPT_PREREQDATA, pointer: me)
        try easy.set(request: { me, _, _, _, _ in Running.of(me).begin() })
        try easy.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, me in Running.of(me).takeHeader(bytes, size * count) }
        try easy.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, me in Running.of(me).takeBody(bytes, size * count) }
        if isUploading {
            try easy.set(CURLOPT_READDATA, pointer: me)
            try easy.set(CURLOPT_READFUNCTION) { bytes, size, count, me in Running.of(me).give(bytes, size * count) }
        }
        // Without it libcurl cannot send a body again.
        if transfer.request.mayBeRepeated, transfer.upload == nil {
            try easy.set(CURLOPT_SEEKDATA, pointer: me)
            try easy.set(seek: { me, offset, _ in
                Running.of(me).sent = Int(offset)
                return CURL_SEEKFUNC_OK
            })
        }
    }

    /// The transfer that a handle belongs to.
    static func of(_ data: UnsafeMutableRawPointer?) -> Running {
        guard let data else { preconditionFailure("libcurl lost the data of a callback") }
        return Unmanaged<Running>.fromOpaque(data).takeUnretainedValue()
    }

    /// Whether any of the request may have been sent.
    var hasBegun: Bool { attempts > 0 }

    /// Called by libcurl when it has a connection and is about to send, also when it does so again by itself.
    private func begin() -> Int32 {
        attempts += 1
        guard attempts == 1 || transfer.request.mayBeRepeated, !transfer.isCancelled else {
            if attempts > 1 { failure = .broken } else { attempts = 0 }
            return Int32(CURL_PREREQFUNC_ABORT)
        }
        sent = 0
        sentAt = .now
        return Int32(CURL_PREREQFUNC_OK)
    }

    private func takeHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        if answeredAfter == nil, let sentAt { answeredAfter = .now - sentAt }
        switch head.take(UnsafeRawBufferPointer(start: bytes, count: count)) {
        case .more: break
        case .head(let head): transfer.answer.begin(head)
        case .tooLarge: return stop(.answerTooLarge)
        }
        return count
    }

    private func takeBody(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        // The body of a redirect that is followed.
        if !head.isDone { return count }
        guard received + count <= transfer.request.limits.answerBytesMax else { return stop(.answerTooLarge) }
        guard transfer.answer.take(UnsafeRawBufferPointer(start: bytes, count: count)) else { return Int(CURL_WRITEFUNC_PAUSE) }
        received += count
        return count
    }

    private func give(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        // What has been given up must not look complete to the server.
        if transfer.isCancelled { return Int(CURL_READFUNC_ABORT) }
        let room = UnsafeMutableRawBufferPointer(start: bytes, count: count)
        guard let upload = transfer.upload else {
            guard let body = transfer.request.body else { return 0 }
            let part = body[sent..<min(body.count, sent + count)]
            room.copyBytes(from: part)
            sent += part.count
            return part.count
        }
        switch upload.draw(into: room) {
        case .bytes(let count): return count
        case .end: return 0
        case .nothing: return Int(CURL_READFUNC_PAUSE)
        case .failed(let kind):
            failure = kind
            return Int(CURL_READFUNC_ABORT)
        }
    }

    /// No count of bytes that libcurl could take for success.
    private func stop(_ kind: CurlError.Kind) -> Int {
        failure = kind
        return Int(CURL_WRITEFUNC_ERROR)
    }
}
