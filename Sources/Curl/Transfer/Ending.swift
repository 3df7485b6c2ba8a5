import CCurl

extension Running {
    /// How long the phases took, as libcurl measured them.
    var timings: CurlTimings {
        /// From the end of one phase to that of a later one, when the later one happened.
        func between(_ start: CURLINFO, _ end: CURLINFO) -> Duration {
            let (from, to) = (easy.size(start), easy.size(end))
            return to > from ? .microseconds(to - from) : .zero
        }
        var timings = CurlTimings()
        timings.waiting = waited
        timings.connections = easy.number(CURLINFO_NUM_CONNECTS)
        if timings.connections > 0 {
            timings.resolving = .microseconds(easy.size(CURLINFO_NAMELOOKUP_TIME_T))
            timings.connecting = between(CURLINFO_NAMELOOKUP_TIME_T, CURLINFO_CONNECT_TIME_T)
            timings.securing = between(CURLINFO_CONNECT_TIME_T, CURLINFO_APPCONNECT_TIME_T)
        }
        timings.total = .microseconds(easy.size(CURLINFO_TOTAL_TIME_T))
        if let answeredAfter {
            timings.answering = answeredAfter
            timings.receiving = max(.zero, between(CURLINFO_PRETRANSFER_TIME_T, CURLINFO_TOTAL_TIME_T) - answeredAfter)
        }
        return timings
    }

    /// What the caller hears when libcurl has ended the transfer with `code`.
    func outcome(_ code: CURLcode) -> Result<CurlTimings, CurlError> {
        code == CURLE_OK && failure == nil ? .success(timings) : .failure(error(failure ?? kind(of: code), code))
    }

    /// An error with what is known of the transfer at this moment.
    func error(_ kind: CurlError.Kind, _ code: CURLcode = CURLE_OK) -> CurlError {
        CurlError(kind, server: transfer.server, code: Int(code.rawValue), mayHaveArrived: hasBegun, timings: timings)
    }

    private func kind(of code: CURLcode) -> CurlError.Kind {
        if !hasBegun, easy.number(CURLINFO_HTTP_CONNECTCODE) >= 300 { return .proxy }
        return switch code {
        // HTTP/0.9, which is to say anything.
        case CURLE_UNSUPPORTED_PROTOCOL where hasBegun && transfer.request.limits.redirectsMax == 0: .malformed
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_NOT_BUILT_IN, CURLE_BAD_FUNCTION_ARGUMENT:
            .misuse(String(cString: curl_easy_strerror(code)))
        case CURLE_COULDNT_RESOLVE_HOST: .cannotResolve
        // Stopped from a callback without a reason of its own: the caller has lost interest.
        case CURLE_ABORTED_BY_CALLBACK: .cancelled
        case CURLE_COULDNT_CONNECT: .cannotConnect
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxy
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_SHUTDOWN_FAILED:
            .tls
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR: .untrusted
        case CURLE_OPERATION_TIMEDOUT: slowness
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_SEND_FAIL_REWIND, CURLE_HTTP2,
            CURLE_HTTP2_STREAM:
            .broken
        case CURLE_FILESIZE_EXCEEDED: .answerTooLarge
        case CURLE_TOO_MANY_REDIRECTS: .tooManyRedirects
        case CURLE_BAD_CONTENT_ENCODING, CURLE_WEIRD_SERVER_REPLY: .malformed
        default: .other
        }
    }

    /// Which of the limits of time has ended it.
    private var slowness: CurlError.Kind {
        if let total = transfer.request.limits.total, .microseconds(easy.size(CURLINFO_TOTAL_TIME_T)) >= total {
            return .totalTooLong
        }
        return hasBegun ? .tooSlow : .connectingTooSlow
    }
}
