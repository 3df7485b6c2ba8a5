/// What a client has done and holds, at one moment.
public struct CurlStatistics: Sendable, Equatable {
    /// Requests in the client's own queue.
    public var waiting = 0
    public var underWay = 0
    public var answered = 0
    public var failed = 0
    public var connectionsMade = 0
    /// libcurl handles made since the client began, and given back to libcurl.
    public var handlesMade = 0
    public var handlesFreed = 0
}
