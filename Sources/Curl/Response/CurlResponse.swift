/// Status and headers of an answer.
public struct CurlResponseHead: Sendable, Equatable {
    public let status: Int
    /// In the order they came; a name may come more than once.
    public let headers: [CurlHeader]

    /// The first value of a header, by its name in any case.
    public subscript(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

/// A whole answer. The description leaves out header values and body.
public struct CurlResponse: Sendable, CustomStringConvertible, CustomReflectable {
    public let head: CurlResponseHead
    /// Decompressed.
    public let body: [UInt8]
    public let timings: CurlTimings

    public var status: Int { head.status }

    public var description: String { "answer \(status), \(body.count) bytes" }
    public var customMirror: Mirror { Mirror(self, children: ["status": status, "bytes": body.count]) }
}

/// How long each phase of a transfer took. Phases that did not happen, as on a kept connection, are zero.
public struct CurlTimings: Sendable, Equatable {
    /// In the client's own queue, before anything else.
    public var waiting = Duration.zero
    public var resolving = Duration.zero
    public var connecting = Duration.zero
    public var securing = Duration.zero
    /// From the request's first byte to the answer's.
    public var answering = Duration.zero
    public var receiving = Duration.zero
    /// Everything after ``waiting``.
    public var total = Duration.zero
    /// How many connections were made for it: none when a kept one served.
    public var connections = 0
}
