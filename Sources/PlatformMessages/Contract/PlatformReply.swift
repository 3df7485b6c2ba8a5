/// What a platform says no with.
public struct PlatformComplaint: Sendable, Hashable, Codable {
    /// Its own code.
    public var code: String
    /// Its own words; for people, and never taken apart.
    public var text: String

    public init(code: String, text: String) {
        self.code = code
        self.text = text
    }

    /// What a platform said, and no more of it than one reads.
    init(saying code: String, _ text: String?) {
        self.init(code: String(code.prefix(100)), text: String((text ?? "").prefix(1_000)))
    }
}

/// What a platform says of one line of what it was told.
public struct PlatformLineReply: Sendable, Hashable {
    /// Our number of the line.
    public var line: Int
    /// The platform's number of it.
    public var platformLine: String?
    /// Why it does not take it; `nil` when it does.
    public var complaint: PlatformComplaint?

    public init(line: Int, platformLine: String? = nil, complaint: PlatformComplaint? = nil) {
        self.line = line
        self.platformLine = platformLine
        self.complaint = complaint
    }
}

/// What a platform gave back when it took a fact in.
public struct PlatformAcknowledgement: Sendable, Hashable {
    /// The platform's number of the document, when it gave one.
    public var document: String?
    public var lines: [PlatformLineReply]

    public init(document: String? = nil, lines: [PlatformLineReply] = []) {
        self.document = document
        self.lines = lines
    }
}

/// What became of a fact that a platform was told, or was asked about.
///
/// ``done(_:)``, ``refused(_:lines:)`` and ``notDone(_:after:)`` are said only by an answer that is whole, agrees with itself at every level
/// and names what it answers. Any other is ``unclear(_:)``, and the platform is asked before anything is sent again.
public enum PlatformReply: Sendable, Hashable {
    /// The platform has it. Single lines may still be refused.
    case done(PlatformAcknowledgement)
    /// The platform does not have it and will not take it as it is.
    case refused(PlatformComplaint, lines: [PlatformLineReply])
    /// The platform says no and not to what, so that the answer may be another's. It is asked, and believed when it says so again.
    case doubtful(PlatformComplaint)
    /// The platform does not have it; it may be told again, not before so long when the platform says so.
    case notDone(PlatformComplaint, after: Duration?)
    /// The platform does not have it, because the access token is no longer good.
    case needsToken
    /// Nobody can tell from this answer.
    case unclear(String)
}

/// What a platform handed out when it was asked for an access token.
public enum PlatformTokenReply: Sendable, Hashable {
    /// - Parameter lasting: how long it may be used from now; the same token again does not begin anew.
    case token(String, lasting: Duration)
    case refused(PlatformComplaint)
    case notNow(PlatformComplaint, after: Duration?)
    case unclear(String)
}
