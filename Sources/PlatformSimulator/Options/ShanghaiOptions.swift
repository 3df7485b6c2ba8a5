/// What the sources do not tell about Shanghai, and what was assumed.
public struct ShanghaiOptions: Sendable {
    /// What filling an order (YY009) with a plan number (`YYJHDH`) that is known does.
    public enum RepeatedPlan: Sendable {
        /// There is a second order, not confirmed.
        case createsAgain
        /// Refused with 12016, while the first is not void.
        case refuses
    }

    /// In which digits the signature may come.
    public enum SignatureCase: Sendable {
        case upper
        case lower
        case either
    }

    /// Assumed.
    public var repeatedPlan = RepeatedPlan.createsAgain
    /// Upper, as both clients for drugs write it; that the platform insists is assumed.
    public var signatureCase = SignatureCase.upper
    /// Rows of a page. Assumed: 30 was seen for consumables.
    public var pageRows = 30
    /// The longest span of YY005 and YY007 (22001). That it is 60 days for these is assumed.
    public var listDaysMax = 60
    /// The longest span of YY016 (22002). Assumed.
    public var reconciliationDaysMax = 365

    public init() {}
}
