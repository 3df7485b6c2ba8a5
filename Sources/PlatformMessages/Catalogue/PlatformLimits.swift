/// How much a platform bears.
public struct PlatformLimits: Sendable, Hashable {
    /// Between the beginnings of two requests of one account.
    public var pause: Duration
    /// Requests of one account under way at a time.
    public var requestsAtOnce: Int
    /// Lines that one request may hold.
    public var linesMost: Int
    /// Rows that are asked for in a page, where the platform lets one choose.
    public var pageRows: Int
    /// How long a request may take.
    public var requestTime: Duration
    /// Minutes of the day, in China, between which it answers; empty for all day.
    public var openMinutes: [Range<Int>]

    public init(
        pause: Duration = .zero, requestsAtOnce: Int = 8, linesMost: Int = 200, pageRows: Int = 100,
        requestTime: Duration = .seconds(30),
        openMinutes: [Range<Int>] = []
    ) {
        self.pause = pause
        self.requestsAtOnce = requestsAtOnce
        self.linesMost = linesMost
        self.pageRows = pageRows
        self.requestTime = requestTime
        self.openMinutes = openMinutes
    }
}
