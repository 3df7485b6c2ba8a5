/// Answers of HTTP/1.1 as bytes.
enum HTTPBytes {
    private static let phrases = [
        200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed", 413: "Content Too Large",
        429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable",
    ]

    /// - Parameter length: bytes of the body; nil when it comes in chunks.
    static func head(_ status: Int, contentType: String?, length: Int?, keepsAlive: Bool, more: [String] = []) -> [UInt8] {
        var text = "HTTP/1.1 \(status) \(phrases[status] ?? "Status")\r\n"
        if let contentType { text += "Content-Type: \(contentType)\r\n" }
        text += length.map { "Content-Length: \($0)\r\n" } ?? "Transfer-Encoding: chunked\r\n"
        for line in more { text += line + "\r\n" }
        if !keepsAlive { text += "Connection: close\r\n" }
        return Array((text + "\r\n").utf8)
    }

    /// An answer without faults.
    static func answer(_ status: Int, contentType: String = "application/json", _ body: [UInt8], keepsAlive: Bool, more: [String] = [])
        -> [UInt8]
    {
        head(status, contentType: contentType, length: body.count, keepsAlive: keepsAlive, more: more) + body
    }

    static func chunk(_ bytes: [UInt8]) -> [UInt8] { Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [13, 10] }

    static let lastChunk = Array("0\r\n\r\n".utf8)
    static let goOn = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
}
