/// How long a request may take and how much may come back.
public struct CurlLimits: Sendable, Equatable {
    /// Name, connection and TLS together.
    public var connecting = Duration.seconds(10)
    /// The whole transfer, from the moment it leaves the client's own queue; nil for none, as for a stream that has no end.
    public var total: Duration? = .seconds(60)
    /// The transfer ends when fewer than this many bytes a second came and went …
    public var slowBytesPerSecond = 1
    /// … for this long. Whole seconds; zero for no such limit.
    public var slow = Duration.seconds(30)
    /// Bytes of the answer's body after decompression.
    public var answerBytesMax = 16 << 20
    /// Bytes of the answer's headers together.
    public var headerBytesMax = 64 << 10
    /// Bytes of a body that is sent piece by piece.
    public var uploadBytesMax = 64 << 20
    /// How many redirects are followed, by `GET` and `HEAD` only. The request's headers go along to wherever they lead.
    public var redirectsMax = 0
    /// Whether the server may compress (gzip, deflate).
    public var takesCompressed = true

    public init() {}
}
