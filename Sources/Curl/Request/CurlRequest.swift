/// One HTTP request.
///
/// - ``url`` is `http` or `https` and absolute, without user and password.
/// - A header's name and value hold no line ends and no zero bytes; an empty value is sent as such.
/// - `Content-Length` and `Transfer-Encoding` follow from ``body`` and are refused as headers, as is `Expect`.
///
/// The description leaves out path, query, header values and body, which may name people.
public struct CurlRequest: Sendable, CustomStringConvertible, CustomReflectable {
    /// The method's name in capitals, such as `GET`.
    public var method: String
    public var url: String
    public var headers: [CurlHeader]
    /// The bytes to send, or nil for none. A body that comes piece by piece is given to ``CurlClient/stream(_:uploading:_:)``.
    public var body: [UInt8]?
    /// Whether the same request may reach the server more than once without harm.
    ///
    /// When a kept connection breaks before anything was answered, libcurl sends a request again by itself. It does so only for
    /// requests that may be repeated; for others the caller hears of a broken connection. From the method unless set: `GET`,
    /// `HEAD` and `OPTIONS` may be repeated.
    public var mayBeRepeated: Bool
    /// Whether it goes over a connection that no other request goes over, so that no answer but its own can come on it.
    public var hasOwnConnection = false
    public var limits: CurlLimits
    public var route: CurlRoute

    public init(
        _ method: String = "GET", _ url: String, headers: [CurlHeader] = [], body: [UInt8]? = nil,
        limits: CurlLimits = CurlLimits(),
        route: CurlRoute = CurlRoute()
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.limits = limits
        self.route = route
        mayBeRepeated = ["GET", "HEAD", "OPTIONS"].contains(method)
    }

    public var description: String { "\(method) request, \(body?.count ?? 0) bytes" }
    public var customMirror: Mirror { Mirror(self, children: ["method": method, "bytes": body?.count ?? 0]) }
}

/// A header's name and value. Its description leaves out the value, which may be a secret.
public struct CurlHeader: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    public let name: String
    public let value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    public var description: String { "\(name): …" }
    public var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}
