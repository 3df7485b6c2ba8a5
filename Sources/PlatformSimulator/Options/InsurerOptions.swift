/// What the sources do not tell about the insurer's uploads, and what was assumed.
public struct InsurerOptions: Sendable {
    /// What a record does whose memo the platform has of the same batch, kind and institution.
    public enum RepeatedRecord: Sendable {
        /// There is a second record.
        case createsAgain
        case refuses
    }

    public var repeatedRecord = RepeatedRecord.createsAgain
    /// Whether a sale or a change is refused of a batch that nothing brought in: neither a purchase (3503) nor a count nor a change.
    public var wantsBatchFirst = true
    /// Whether `inf_refmsgid` is the caller's number; else it is one of the platform's own.
    public var echoesMessage = true
    /// Whether the memo of a record comes back in queries.
    public var keepsMemo = true
    /// How old the signature of a gateway's request may be, or how far ahead.
    public var signatureSeconds: Int64 = 300

    public init() {}
}
