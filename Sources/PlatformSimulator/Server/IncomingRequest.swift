import NIOHTTP1

/// A request as it was read.
struct IncomingRequest {
    let method: HTTPMethod
    /// Without what follows a question mark.
    let path: String
    let headers: HTTPHeaders
    let body: [UInt8]
    /// Whether the connection goes on after the answer.
    let keepsAlive: Bool

    init(_ head: HTTPRequestHead, body: [UInt8]) {
        method = head.method
        path = String(head.uri.prefix { $0 != "?" })
        headers = head.headers
        self.body = body
        keepsAlive = head.isKeepAlive
    }

    /// The value of the first header of that name.
    func header(_ name: String) -> String? { headers.first(name: name) }
}
