/// What can go wrong between a hospital and a platform. The raw value is its name on the control interface.
public enum SimulatorFault: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
    /// The connection is closed before anything is read; with ``FaultDetails/downMilliseconds`` nobody listens for a while.
    case refusedConnection = "refused-connection"
    /// Something that is no TLS answers the handshake. Without TLS the connection is closed.
    case tlsFailure = "tls-failure"
    /// The head of the answer comes in pieces, with waits between them.
    case slowHeaders = "slow-headers"
    /// The body of the answer comes in pieces, with waits between them.
    case slowBody = "slow-body"
    /// The connection breaks; nothing was done.
    case resetBeforeCommit = "reset-before-commit"
    /// The connection breaks; all was done.
    case resetAfterCommit = "reset-after-commit"
    /// The whole answer comes twice on the connection.
    case duplicateAnswer = "duplicate-answer"
    /// What the face answered before comes instead; all was done.
    case answerToAnother = "answer-to-another"
    /// The body is cut off or spoilt; all was done.
    case malformed = "malformed"
    /// The envelope says that it failed; lines say the truth, and all was done.
    case wrongEnvelopeCode = "wrong-envelope-code"
    /// The envelope says the truth; lines say that they failed. This is a lie: all was done.
    case wrongLineCodes = "wrong-line-codes"
    /// 429 with `Retry-After`; nothing was done.
    case status429 = "status-429"
    /// 503 with `Retry-After`; nothing was done.
    case status503 = "status-503"
    /// The token is no longer good; nothing was done. Zhejiang only.
    case tokenExpiry = "token-expiry"
    /// Rows are inserted between two pages. By page number the rows move down, so that some come again and the last come
    /// later than was said; by cursor one appears behind it, to be met by the next sweep only.
    case movingCursor = "moving-cursor"
    /// A page begins with rows of the one before.
    case repeatedPage = "repeated-page"
    /// The platform's clock is wrong, in what it checks and in what it says.
    case clockSkew = "clock-skew"

    /// Met by connections, not by requests.
    static let ofConnections: [SimulatorFault] = [.refusedConnection, .tlsFailure]
    static let ofRequests = allCases.filter { !ofConnections.contains($0) }
}

/// A fault at a chosen request.
public struct ScriptedFault: Sendable {
    /// `YY009`, `ZJ9653`, `token`, …; nil for any. Connections have no operation.
    public var operation: String?
    /// From 1, of the requests that match; for a fault of connections, of the connections.
    public var nth: Int
    public var fault: SimulatorFault

    public init(operation: String? = nil, nth: Int = 1, fault: SimulatorFault) {
        self.operation = operation
        self.nth = nth
        self.fault = fault
    }
}
