/// Why a request has no answer.
///
/// The description names the kind, the server and libcurl's code; it holds no path, header or content.
public struct CurlError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Kind: Sendable, Equatable {
        /// The request cannot be made: its address, a header or a combination is wrong.
        case misuse(String)
        /// The client was closed.
        case closed
        /// As many requests wait in the client as may.
        case tooManyWaiting
        case cancelled
        case cannotResolve
        case cannotConnect
        /// The proxy refused or failed.
        case proxy
        /// No TLS connection came about, or the client's certificate is no good.
        case tls
        /// The server's certificate does not prove what the route demands.
        case untrusted
        case connectingTooSlow
        case totalTooLong
        case tooSlow
        /// The connection broke, or the answer stopped short of its announced length.
        case broken
        case answerTooLarge
        case uploadTooLarge
        /// The upload's own sequence failed.
        case uploadFailed
        case tooManyRedirects
        /// What came back is not HTTP, or its compression is broken.
        case malformed
        /// Any other failure, by libcurl's code.
        case other
    }

    public let kind: Kind
    /// Scheme, host and port; empty when the address is no good.
    public let server: String
    /// libcurl's number for it (`CURLcode`), 0 when libcurl was not asked.
    public let code: Int
    /// Whether any of the request may have been sent. When it is false the server has certainly seen nothing of it; otherwise
    /// nobody knows what the server did.
    public let mayHaveArrived: Bool
    public let timings: CurlTimings

    init(_ kind: Kind, server: String = "", code: Int = 0, mayHaveArrived: Bool = false, timings: CurlTimings = CurlTimings()) {
        self.kind = kind
        self.server = server
        self.code = code
        self.mayHaveArrived = mayHaveArrived
        self.timings = timings
    }

    public var description: String {
        var text = "HTTP: \(kind)"
        if !server.isEmpty { text += " \(server)" }
        if code != 0 { text += ", libcurl \(code)" }
        return text + (mayHaveArrived ? ", may have arrived" : ", not sent")
    }
}
