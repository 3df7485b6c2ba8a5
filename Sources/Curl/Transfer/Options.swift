import CCurl

extension Easy {
    /// Sets everything the request asks for; callbacks are set apart.
    ///
    /// - Throws: ``CurlError`` of kind `misuse` when libcurl does not take an option.
    func set(_ request: CurlRequest, _ configuration: CurlConfiguration, isUploading: Bool, uploadLength: Int?) throws(CurlError) {
        try set(CURLOPT_URL, request.url)
        try set(CURLOPT_NOSIGNAL, 1)
        // A name server that does not answer holds up its own request only, also when that is given up.
        try set(CURLOPT_QUICK_EXIT, 1)
        try set(CURLOPT_PATH_AS_IS, 1)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try set(CURLOPT_MAXAGE_CONN, configuration.keptConnectionAge.milliseconds / 1_000)
        if let name = configuration.userAgent { try set(CURLOPT_USERAGENT, name) }
        try setMethod(of: request, isUploading: isUploading, length: uploadLength)
        try set(headers: request.headers.map(\.line) + (isUploading ? ["Expect:"] : []))
        try set(request.limits)
        if request.method != "HEAD" { try set(size: CURLOPT_MAXFILESIZE_LARGE, request.limits.answerBytesMax) }
        try set(request.route)
    }

    private func setMethod(of request: CurlRequest, isUploading: Bool, length: Int?) throws(CurlError) {
        if isUploading {
            try set(CURLOPT_UPLOAD, 1)
            try set(size: CURLOPT_INFILESIZE_LARGE, length ?? -1)
        } else if request.method == "HEAD" {
            try set(CURLOPT_NOBODY, 1)
        }
        try set(CURLOPT_CUSTOMREQUEST, request.method)
        // libcurl sends a request again when a kept connection breaks before an answer, unless it would have to rewind the body.
        // Without a body there is nothing to rewind, and so such a request gets a connection of its own.
        if request.hasOwnConnection || (!request.mayBeRepeated && length ?? 0 == 0) { try set(CURLOPT_FRESH_CONNECT, 1) }
        if request.hasOwnConnection { try set(CURLOPT_FORBID_REUSE, 1) }
    }

    private func set(_ limits: CurlLimits) throws(CurlError) {
        try set(CURLOPT_CONNECTTIMEOUT_MS, max(1, limits.connecting.milliseconds))
        if let total = limits.total { try set(CURLOPT_TIMEOUT_MS, max(1, total.milliseconds)) }
        if limits.slow > .zero {
            try set(CURLOPT_LOW_SPEED_LIMIT, limits.slowBytesPerSecond)
            try set(CURLOPT_LOW_SPEED_TIME, max(1, limits.slow.milliseconds / 1_000))
        }
        if limits.redirectsMax > 0 {
            try set(CURLOPT_FOLLOWLOCATION, 1)
            try set(CURLOPT_MAXREDIRS, limits.redirectsMax)
            try set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        }
        if limits.takesCompressed { try set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate") }
    }

    private func set(_ route: CurlRoute) throws(CurlError) {
        for option in [CURLOPT_SSLVERSION, CURLOPT_PROXY_SSLVERSION] { try set(option, CURL_SSLVERSION_TLSv1_2) }
        for (peer, host) in [
            (CURLOPT_SSL_VERIFYPEER, CURLOPT_SSL_VERIFYHOST), (CURLOPT_PROXY_SSL_VERIFYPEER, CURLOPT_PROXY_SSL_VERIFYHOST),
        ] {
            try set(peer, 1)
            try set(host, 2)
        }
        if case .authorities(let pem) = route.trust {
            try set(CURLOPT_CAINFO_BLOB, pem)
            try set(CURLOPT_PROXY_CAINFO_BLOB, pem)
            // Otherwise the system's directory of authorities would be trusted as well.
            for option in [CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH] { try set(option, nil as String?) }
        }
        if let certificate = route.clientCertificate {
            try set(CURLOPT_SSLCERTTYPE, "PEM")
            try set(CURLOPT_SSLCERT_BLOB, certificate.chain)
            try set(CURLOPT_SSLKEY_BLOB, certificate.key)
            if let passphrase = certificate.passphrase { try set(CURLOPT_KEYPASSWD, passphrase) }
        }
        // An empty text keeps libcurl from reading the environment.
        try set(CURLOPT_NOPROXY, "")
        try set(CURLOPT_PROXY, route.proxy?.url ?? "")
        if let user = route.proxy?.user { try set(CURLOPT_PROXYUSERNAME, user) }
        if let password = route.proxy?.password { try set(CURLOPT_PROXYPASSWORD, password) }
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        switch route.version {
        case .negotiated: try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        case .http1: try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        }
    }
}

extension CurlHeader {
    /// As libcurl takes it: a semicolon stands for an empty value.
    var line: String { value.allSatisfy { $0 == " " || $0 == "\t" } ? "\(name);" : "\(name): \(value)" }
}

extension Duration {
    /// At most the 24 days that libcurl can count.
    var milliseconds: Int {
        if self > .seconds(2_147_483) { return 2_147_483_000 }
        return Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
