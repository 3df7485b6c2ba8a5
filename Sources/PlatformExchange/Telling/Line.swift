import Curl
import Foundation
import Outbox
import PlatformMessages
import Postgres
import Primitives

/// The line to one account's platform: requests go out in their turn, with a token where there must be one, and are written down
/// before and after.
struct Line: Sendable {
    let consortium: ConsortiumID
    let account: RegisteredAccount
    let dialect: any PlatformDialect
    let masking: Masking
    let database: Database
    let client: CurlClient
    let clock: DispatcherClock
    let tally: DispatcherTally
    let pause: RetryPause
    /// Instead of what the catalogue says.
    var requestTime: Duration?
    /// The longest that the platform's own wish to be left alone is heeded.
    let wishMost: Duration
    let tokens = AccessTokens()

    var platform: String { account.platform }
    var limits: PlatformLimits {
        var limits = dialect.description.limits
        if let requestTime { limits.requestTime = requestTime }
        return limits
    }
    var now: Instant { clock.time.now }

    /// Until when nobody calls, after so many failures beyond the most.
    func stayingAway(_ failures: Int) -> Instant {
        var random = SystemRandomNumberGenerator()
        return pause.next(after: failures, from: now, using: &random)
    }

    /// A request that is going out, and under which name it is written down.
    struct Call: Sendable {
        let request: PlatformRequest
        let logged: LoggedRequest
        let stamp: PlatformStamp
    }

    /// What came of it.
    enum Result: Sendable {
        case answer(PlatformAnswer)
        case failure(CurlError)

        /// Whether the platform is not well, or not there.
        var isTrouble: Bool { if case .answer(let answer) = self { answer.isOfTrouble } else { true } }
    }

    /// What a try differs in from the next.
    ///
    /// - Throws: ``AccessTokens/Failure`` when there is no token to be had.
    func stamp() async throws -> PlatformStamp {
        var stamp = try await newStamp()
        guard try hasToken(stamp) else { return stamp }
        stamp.token = try await tokens.token(at: stamp.at) { try await fetchToken() }
        return stamp
    }

    /// What is wrong with the account is no message's fault.
    private func hasToken(_ stamp: PlatformStamp) throws(AccessTokens.Failure) -> Bool {
        do throws(PlatformUntellable) { return try dialect.tokenRequest(stamped: stamp) != nil } catch {
            throw AccessTokens.Failure(reason: "\(error)", after: .seconds(60))
        }
    }

    /// Until when the platform wants to be left alone; `nil` when it does not.
    func heldUntil() async throws -> Instant? {
        let (consortium, platform, now) = (consortium, platform, now)
        return try await database.read(as: consortium.tenant) { try Gate($0, of: consortium, at: platform).held(at: now) }
    }

    /// Waits until this account may be called.
    func waitForTurn() async throws {
        guard limits.pause > .zero else { return }
        let (consortium, platform, pause, asked) = (consortium, platform, limits.pause, now)
        let begin = try await database.write(as: consortium.tenant) {
            try Gate($0, of: consortium, at: platform).place(pausing: pause, at: asked)
        }
        let wait = begin.microseconds - now.microseconds
        if wait > 0 { try await clock.sleep(.microseconds(wait)) }
    }

    func call(_ request: PlatformRequest, stamped stamp: PlatformStamp) -> Call {
        Call(request: request, logged: LoggedRequest(id: UUID.version7(at: stamp.at), sentAt: stamp.at), stamp: stamp)
    }

    func send(_ request: PlatformRequest) async -> Result {
        var http = CurlRequest(
            "POST", account.address + request.path, headers: request.headers.map { CurlHeader($0.name, $0.value) })
        http.body = request.body
        http.mayBeRepeated = request.mayBeRepeated
        http.hasOwnConnection = request.needsOwnConnection
        http.limits.total = limits.requestTime
        // A platform that works on an answer says nothing meanwhile.
        http.limits.slow = .zero
        if !account.authority.isEmpty { http.route.trust = .authorities(pem: Array(account.authority.utf8)) }
        do throws(CurlError) {
            let response = try await client.send(http)
            tally.answered(platform, request.operation, in: response.timings)
            let headers = response.head.headers.map { PlatformRequest.Header($0.name, $0.value) }
            return .answer(PlatformAnswer(status: response.status, headers: headers, body: response.body))
        } catch {
            tally.failed(platform, request.operation)
            return .failure(error)
        }
    }

    /// How a result is written down.
    func entry(_ result: Result, outcome: String, detail: String = "") -> LoggedAnswer {
        switch result {
        case .answer(let answer):
            LoggedAnswer(
                status: answer.status, outcome: outcome, detail: masking.text(detail),
                body: masking.text(dialect.shown(answer.body)),
                receivedAt: now)
        case .failure(let error):
            LoggedAnswer(status: nil, outcome: outcome, detail: "\(error)", receivedAt: now)
        }
    }

    private func fetchToken() async throws -> (String, Instant) {
        let stamp = try await newStamp()
        guard let request = try dialect.tokenRequest(stamped: stamp) else { return ("", now) }
        try await waitForTurn()
        switch await send(request) {
        case .failure(let error): throw AccessTokens.Failure(reason: "\(error)", after: nil)
        case .answer(let answer):
            switch dialect.token(in: answer) {
            case .token(let text, let lasting): return (text, now.adding(lasting))
            case .refused(let complaint):
                throw AccessTokens.Failure(reason: "\(complaint.code) \(complaint.text)", after: .seconds(600))
            case .notNow(let complaint, let after):
                throw AccessTokens.Failure(reason: "\(complaint.code) \(complaint.text)", after: after)
            case .unclear(let reason): throw AccessTokens.Failure(reason: reason, after: nil)
            }
        }
    }

    /// A stamp without a token; numbered where the platform wants it.
    private func newStamp() async throws -> PlatformStamp {
        let consortium = consortium
        let serial =
            dialect.numbersMessages
            ? try await database.write(as: consortium.tenant) { try MessageSerials($0).next() } : 0
        let now = now
        return PlatformStamp(at: now, message: Self.number(at: now), serial: serial)
    }

    private static func number(at now: Instant) -> String {
        UUID.version7(at: now).uuidString.lowercased().filter { $0 != "-" }
    }
}

extension PlatformAnswer {
    /// Whether it speaks for a platform that is not well.
    var isOfTrouble: Bool { status == 429 || status >= 500 }
}
