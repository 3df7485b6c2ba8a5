import CCurl

/// One libcurl handle: its options and what it tells afterwards. Belongs to the client's thread.
final class Easy {
    let pointer: UnsafeMutableRawPointer
    /// The headers of the request; libcurl reads them until the transfer ends.
    private var headers: UnsafeMutablePointer<curl_slist>?

    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headers)
    }

    /// Makes it as new, but for what libcurl keeps of names and sessions.
    func reset() {
        curl_easy_reset(pointer)
        curl_slist_free_all(headers)
        headers = nil
    }

    func set(_ option: CURLoption, _ value: Int) throws(CurlError) { try check(shim_easy_set_number(pointer, option, value)) }
    func set(size option: CURLoption, _ value: Int) throws(CurlError) {
        try check(shim_easy_set_size(pointer, option, curl_off_t(value)))
    }
    /// Nil takes away what libcurl was built with.
    func set(_ option: CURLoption, _ text: String?) throws(CurlError) { try check(shim_easy_set_text(pointer, option, text)) }

    func set(_ option: CURLoption, _ bytes: [UInt8]) throws(CurlError) {
        try check(bytes.withUnsafeBytes { shim_easy_set_bytes(pointer, option, $0.baseAddress, $0.count) })
    }

    func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer) throws(CurlError) {
        try check(shim_easy_set_pointer(pointer, option, value))
    }

    func set(_ option: CURLoption, _ callback: @escaping shim_transfer_callback) throws(CurlError) {
        try check(shim_easy_set_callback(pointer, option, callback))
    }

    func set(request callback: @escaping curl_prereq_callback) throws(CurlError) {
        try check(shim_easy_on_request(pointer, callback))
    }

    func set(seek callback: @escaping curl_seek_callback) throws(CurlError) { try check(shim_easy_on_seek(pointer, callback)) }

    /// Sets the request's headers as lines.
    func set(headers lines: [String]) throws(CurlError) {
        for line in lines {
            guard let longer = curl_slist_append(headers, line) else {
                throw CurlError(.other, code: Int(CURLE_OUT_OF_MEMORY.rawValue))
            }
            headers = longer
        }
        if let headers { try set(CURLOPT_HTTPHEADER, pointer: UnsafeMutableRawPointer(headers)) }
    }

    /// Microseconds since the transfer's beginning, and other large numbers.
    func size(_ info: CURLINFO) -> Int { Int(shim_easy_size(pointer, info)) }
    func number(_ info: CURLINFO) -> Int { shim_easy_number(pointer, info) }

    private func check(_ code: CURLcode) throws(CurlError) {
        guard code == CURLE_OK else {
            throw CurlError(.misuse(String(cString: curl_easy_strerror(code))), code: Int(code.rawValue))
        }
    }
}
