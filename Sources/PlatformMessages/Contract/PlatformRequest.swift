public import Primitives

/// One HTTP request to a platform, whole but for the server's address.
public struct PlatformRequest: Sendable, Hashable {
    public struct Header: Sendable, Hashable {
        public var name: String
        public var value: String
        /// Whether it must not be kept or shown.
        public var isSecret: Bool

        public init(_ name: String, _ value: String, isSecret: Bool = false) {
            self.name = name
            self.value = value
            self.isSecret = isSecret
        }
    }

    /// The platform's name for the message: `ZJ9653`, `YY009`.
    public var operation: String
    /// Begins with a slash; goes behind the account's address.
    public var path: String
    public var headers: [Header]
    public var body: [UInt8]
    /// The body as it may be kept and shown: three stars stand for each secret.
    public var shownBody: [UInt8]
    /// Whether it may reach the platform more than once without harm: questions, not facts.
    public var mayBeRepeated: Bool
    /// Whether its answer can be known as its own only by the connection on which it comes.
    public var needsOwnConnection = false

    /// - Parameter shownBody: the body itself, when there is no secret in it.
    public init(
        operation: String, path: String, headers: [Header], body: [UInt8], shownBody: [UInt8]? = nil, mayBeRepeated: Bool
    ) {
        self.operation = operation
        self.path = path
        self.headers = headers
        self.body = body
        self.shownBody = shownBody ?? body
        self.mayBeRepeated = mayBeRepeated
    }

    /// The headers as they may be kept and shown.
    public var shownHeaders: [Header] { headers.map { $0.isSecret ? Header($0.name, Self.mask, isSecret: true) : $0 } }

    /// What stands for a secret.
    static let mask = "***"
}

/// One HTTP answer.
public struct PlatformAnswer: Sendable, Hashable {
    public var status: Int
    public var headers: [PlatformRequest.Header]
    public var body: [UInt8]

    public init(status: Int, headers: [PlatformRequest.Header] = [], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value of a header, by its name in any case.
    public subscript(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

/// What differs from one try of the same fact to the next.
public struct PlatformStamp: Sendable, Hashable {
    public var at: Instant
    /// New for each try: `msgid`, or what the platform echoes to show what it answers.
    public var message: String
    /// 0 to 9,999, and no other try of the same second has it; for platforms that want messages numbered so, see
    /// ``PlatformDialect/numbersMessages``.
    public var serial: Int
    public var token: String?

    public init(at: Instant, message: String, serial: Int = 0, token: String? = nil) {
        self.at = at
        self.message = message
        self.serial = serial
        self.token = token
    }
}

extension PlatformStamp {
    /// The same with a mask for the token.
    var masked: PlatformStamp {
        var stamp = self
        stamp.token = token.map { _ in PlatformRequest.mask }
        return stamp
    }
}

/// A fact or a question that cannot be put into a platform's message: a code is missing, a text is too long, the platform has no such
/// message. A person has to look.
public struct PlatformUntellable: Error, Sendable, Hashable, CustomStringConvertible {
    /// The platform's field, with its list and line: `list[2].hospListId`; empty when it is about the whole.
    public var field: String
    public var reason: String

    public init(field: String = "", reason: String) {
        self.field = field
        self.reason = reason
    }

    public var description: String { field.isEmpty ? reason : "\(field): \(reason)" }
}
