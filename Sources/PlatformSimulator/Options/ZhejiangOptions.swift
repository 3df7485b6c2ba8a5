/// What the sources do not tell about Zhejiang, and what was assumed.
public struct ZhejiangOptions: Sendable {
    /// What a new plan does with a line key (`hospPurcDetlId`) that is known.
    public enum RepeatedKey: Sendable {
        /// The same lines again, in a plan that is not void, get the same answer again; any other known key is refused.
        case answersTheSame
        /// The line is refused.
        case refusesLine
        /// The line is ordered once more.
        case createsAgain
    }

    /// What a plan does that is sent once more.
    public enum RepeatedSend: Sendable {
        /// `returnCode` 1, `已发送`.
        case refuses
        /// The same orders again.
        case answersTheSame
    }

    /// What cancelling does to a plan that has been sent.
    public enum CancelAfterSend: Sendable {
        case refuses
        /// Lines of which nothing was delivered are void; if there is none, it is refused.
        case voidsUndelivered
    }

    /// What a new plan does of which some lines are refused.
    public enum PartlyWrong: Sendable {
        /// The others are ordered.
        case keepsGoodLines
        /// Nothing is ordered.
        case refusesAll
    }

    /// Assumed: a key of the caller's is there to be asked for again.
    public var repeatedKey = RepeatedKey.answersTheSame
    /// Assumed.
    public var repeatedSend = RepeatedSend.refuses
    /// Assumed.
    public var cancelAfterSend = CancelAfterSend.refuses
    /// Assumed, from the code of its own that each line is answered with.
    public var partlyWrong = PartlyWrong.keepsGoodLines

    /// Assumed by all clients; the platform's value was not found.
    public var tokenLifeSeconds: Int64 = 1_800
    /// While a token lives longer than this, it is handed out again with an error text, as in the distributors' middle-table
    /// of the same product.
    public var tokenRenewalSeconds: Int64 = 300
    /// Whether fetching a token must be signed: newer clients do.
    public var signsTokenCall = true
    /// How far the time of a signature may be from the platform's. Assumed.
    public var signatureSeconds: Int64 = 300
    /// The largest page (`size`). Assumed.
    public var pageRowsMax = 500
    /// An order of which nothing was delivered for so many days is void (`cnclType` 2); nil for never.
    public var undeliveredDays: Int? = 7

    public init() {}
}
