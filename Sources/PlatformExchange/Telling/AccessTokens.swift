import PlatformMessages
import Primitives

/// The access token of one account, fetched once however many wait for it.
actor AccessTokens {
    struct Failure: Error, Sendable, CustomStringConvertible {
        let reason: String
        let after: Duration?

        var description: String { reason }
    }

    private var token: (text: String, until: Instant)?
    private var fetching: Task<(String, Instant), any Error>?

    /// The token in use, or a new one.
    func token(at now: Instant, _ fetch: @escaping @Sendable () async throws -> (String, Instant)) async throws -> String {
        if let token, token.until > now { return token.text }
        let task = fetching ?? Task { try await fetch() }
        fetching = task
        defer { if fetching == task { fetching = nil } }
        let fetched = try await task.value
        token = (fetched.0, fetched.1)
        return fetched.0
    }

    /// The platform does not take this token any more.
    func drop(_ text: String) {
        if token?.text == text { token = nil }
    }
}
