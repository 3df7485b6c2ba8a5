import Curl
import Outbox
import PlatformMessages
import Postgres
import Primitives

/// Asks a platform for something, page by page.
struct Asking: Sendable {
    let line: Line
    /// For what it is asked; `nil` for what is pulled.
    var message: OutboxMessage?
    /// Pages of one answer; a platform that gives more is going round in circles.
    static let pagesMost = 1_000

    enum Outcome: Sendable {
        /// To the last page.
        case through
        /// The platform says it does not have it.
        case unknown(PlatformComplaint)
        case failed(String, after: Duration?)
    }

    /// - Parameter take: gets each page as it comes.
    func ask(_ question: PlatformQuestion, _ take: (PlatformPage) async throws -> Void) async throws -> Outcome {
        var (cursor, count): (String?, Int) = (nil, 0)
        var seen: Set<String> = []
        var hasNewToken = false
        while count < Self.pagesMost {
            switch try await page(question, after: cursor) {
            case .page(let page):
                count += 1
                try await take(page)
                guard let next = page.next else { return .through }
                guard seen.insert(next).inserted else { return .failed("the cursor came twice", after: nil) }
                cursor = next
            case .needsToken where !hasNewToken: hasNewToken = true
            case .needsToken: return .failed("the token is not taken", after: nil)
            case .unknown(let complaint): return .unknown(complaint)
            case .refused(let complaint): return .failed("\(complaint.code) \(complaint.text)", after: nil)
            case .notNow(let complaint, let after): return .failed("\(complaint.code) \(complaint.text)", after: after)
            case .unclear(let reason): return .failed(reason, after: nil)
            }
        }
        return .failed("more than \(Self.pagesMost) pages", after: nil)
    }

    private func page(_ question: PlatformQuestion, after cursor: String?) async throws -> PlatformPageReply {
        let stamp = try await line.stamp()
        let call = line.call(try line.dialect.request(asking: question, after: cursor, stamped: stamp), stamped: stamp)
        try await line.waitForTurn()
        let result = await line.send(call.request)
        var reply = PlatformPageReply.unclear("no answer")
        if case .answer(let answer) = result {
            reply = line.dialect.page(in: answer, to: question, after: cursor, stamped: stamp)
            if reply == .needsToken, let token = stamp.token { await line.tokens.drop(token) }
        }
        try await write(
            call, line.entry(result, outcome: reply.name, detail: reply.detail), isTrouble: result.isTrouble || reply == .needsToken
        )
        return reply
    }

    private func write(_ call: Line.Call, _ answer: LoggedAnswer, isTrouble: Bool) async throws {
        let (consortium, platform, body) = (line.consortium, line.platform, line.masking.text(call.request.shownBody))
        try await line.database.write(as: consortium.tenant) { [message] transaction in
            let log = ExchangeLog(transaction, consortium)
            try log.sent(call.logged, call.request.operation, of: message, at: platform, body: body)
            try log.received(answer, to: call.logged)
            // What is pulled or compared keeps nobody from telling.
            guard message != nil else { return }
            let gate = Gate(transaction, of: consortium, at: platform)
            if isTrouble { try gate.fail(at: line.now, line.stayingAway) } else { try gate.succeed() }
        }
    }
}

extension PlatformPageReply {
    /// What it is called in the log; never as an answer to a fact is.
    var name: String {
        switch self {
        case .page: "page"
        case .unknown: "unknown"
        case .refused: "question-refused"
        case .notNow: "question-not-now"
        case .needsToken: "question-needs-token"
        case .unclear: "question-unclear"
        }
    }

    var detail: String {
        switch self {
        case .page(let page):
            "\(page.rows.count) rows" + (page.unreadable.first.map { ", unreadable: \($0.name) \($0.reason)" } ?? "")
        case .unknown(let complaint), .refused(let complaint), .notNow(let complaint, _): "\(complaint.code) \(complaint.text)"
        case .needsToken: ""
        case .unclear(let reason): reason
        }
    }
}

extension PlatformReply {
    /// What it is called in the log.
    var name: String {
        switch self {
        case .done: "done"
        case .refused: "refused"
        case .doubtful: "doubtful"
        case .notDone: "not-done"
        case .needsToken: "needs-token"
        case .unclear: "unclear"
        }
    }

    var detail: String {
        switch self {
        case .done(let acknowledgement): acknowledgement.document ?? ""
        case .refused(let complaint, let lines):
            ([complaint] + lines.compactMap(\.complaint)).map { "\($0.code) \($0.text)" }.joined(separator: "; ")
        case .notDone(let complaint, _), .doubtful(let complaint): "\(complaint.code) \(complaint.text)"
        case .needsToken: ""
        case .unclear(let reason): reason
        }
    }
}
