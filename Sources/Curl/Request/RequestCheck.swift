import CCurl

extension CurlRequest {
    /// Scheme, host and port, when the request can be made.
    ///
    /// - Throws: ``CurlError`` of kind `misuse` with the reason.
    func server(isStreamed: Bool) throws(CurlError) -> String {
        func refuse(_ reason: String) -> CurlError { CurlError(.misuse(reason)) }
        guard !method.isEmpty, method.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else {
            throw refuse("the method is not a word in capitals")
        }
        for header in headers {
            guard !header.name.isEmpty, header.name.utf8.allSatisfy(\.isTokenOfHTTP) else {
                throw refuse("a header's name is no token")
            }
            guard !["content-length", "transfer-encoding", "expect"].contains(header.name.lowercased()) else {
                throw refuse("\(header.name) follows from the body")
            }
            guard !header.value.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else {
                throw refuse("the value of header \(header.name) holds a line end or a zero byte")
            }
        }
        let hasBody = body != nil || isStreamed
        guard !(body != nil && isStreamed) else { throw refuse("a body is either given whole or piece by piece") }
        guard limits.redirectsMax == 0 || !hasBody && (method == "GET" || method == "HEAD") else {
            throw refuse("only GET and HEAD without a body follow redirects")
        }
        guard route.version == .http1 || mayBeRepeated else { throw refuse("HTTP/2 is for requests that may be repeated") }
        guard route.proxy?.url.utf8.contains(UInt8(ascii: "@")) != true else {
            throw refuse("the proxy's user and password do not belong into its address")
        }
        guard !(hasBody && method == "HEAD") else { throw refuse("HEAD has no body") }
        guard let url = ParsedURL(url) else {
            throw refuse("the address is not an absolute http or https URL without user and password")
        }
        return url.server
    }
}

extension UInt8 {
    /// Whether it may stand in a header's name (RFC 9110, 5.6.2).
    fileprivate var isTokenOfHTTP: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(self)
        }
    }
}

/// An address as libcurl understands it, so that what is counted per server is what libcurl connects to.
private struct ParsedURL {
    let server: String

    init?(_ text: String) {
        guard !text.utf8.contains(where: { $0 <= 32 || $0 == 127 }), let url = curl_url() else { return nil }
        defer { curl_url_cleanup(url) }
        func part(_ name: CURLUPart, _ flags: Int32 = 0) -> String? {
            var text: UnsafeMutablePointer<CChar>?
            guard curl_url_get(url, name, &text, UInt32(flags)) == CURLUE_OK, let text else { return nil }
            defer { curl_free(text) }
            return String(cString: text)
        }
        guard curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK, part(CURLUPART_USER) == nil, part(CURLUPART_PASSWORD) == nil,
            let scheme = part(CURLUPART_SCHEME), scheme == "http" || scheme == "https",
            let host = part(CURLUPART_HOST), let port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT)
        else { return nil }
        server = "\(scheme)://\(host.lowercased()):\(port)"
    }
}
