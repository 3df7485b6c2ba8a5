/// What a client allows itself.
public struct CurlConfiguration: Sendable {
    /// Requests under way at one server (scheme, host and port) at a time; further ones wait in the order they came.
    public var perServerMax = 8
    /// Requests under way at all servers together.
    public var totalMax = 256
    /// Requests that wait; one more is refused with ``CurlError/Kind/tooManyWaiting``.
    public var waitingMax = 10_000
    /// Connections that are kept open without work.
    public var keptConnectionsMax = 64
    /// How long a connection may lie idle before it is used again no more.
    public var keptConnectionAge = Duration.seconds(60)
    /// Bytes of a streamed answer that may wait to be read; then the server waits.
    public var streamBytesMax = 256 << 10
    /// What `User-Agent` says, or nil for no such header; without line ends.
    public var userAgent: String?

    public init() {}
}
