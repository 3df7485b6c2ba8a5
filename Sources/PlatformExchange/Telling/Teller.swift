import Curl
import Outbox
import PlatformMessages
import Postgres
import Primitives
import Synchronization

/// Tells one platform what a claimed document has to say: one message after the other, each sent once, or asked about first when
/// nobody knows what became of it.
struct Teller: Sendable {
    let line: Line
    let keepers: FactKeepers
    let options: DispatcherOptions

    /// Goes on with the document until it has nothing left to say now, or is not to begin anything more.
    func tell(_ claim: ClaimedDocument, while mayBegin: () -> Bool) async {
        var current: ClaimedDocument? = claim
        while let claim = current {
            guard mayBegin() else { return await giveBack(claim, until: line.now, isTrouble: false) }
            do {
                current = try await step(claim)
            } catch is ClaimLost {
                line.tally.claimLost(line.platform)
                return
            } catch let failure as AccessTokens.Failure {
                line.tally.troubled(line.platform, failure.reason)
                return await giveBack(claim, until: retry(after: 1, wish: failure.after), isTrouble: true)
            } catch {
                // The claim runs out, and whoever takes it next asks where it must.
                line.tally.troubled(line.platform, "\(error)")
                return
            }
        }
    }

    private func step(_ claim: ClaimedDocument) async throws -> ClaimedDocument? {
        do {
            let fact = try await fact(of: claim.message)
            return claim.message.state.mustAsk ? try await recover(claim, fact) : try await send(claim, fact)
        } catch let untellable as PlatformUntellable {
            return try await refuse(claim, untellable)
        }
    }

    private func fact(of message: OutboxMessage) async throws -> PlatformFact {
        let (consortium, platform) = (line.consortium, line.platform)
        return try await line.database.read(as: consortium.tenant) {
            try keepers.fact(of: message, at: platform, in: $0, for: consortium)
        }
    }

    /// Asks what became of a message; it is sent again only when it is certain that it may be.
    private func recover(_ claim: ClaimedDocument, _ fact: PlatformFact) async throws -> ClaimedDocument? {
        guard claim.message.asks < options.triesMost else {
            return try await settle(claim, fact, .unclear(""), as: .givenUp(reason: "asked \(claim.message.asks) times in vain"))
        }
        switch line.dialect.recovery(of: fact) {
        case .tellAgain:
            return try await settle(
                claim, fact, .unclear(""), as: missed(claim.message.triesSinceRelease, nextAt: line.now, "no answer that is clear"),
                isEase: true)
        case .none: return try await settle(claim, fact, .unclear(""), as: .givenUp(reason: "the platform cannot be asked"))
        case .ask(let question):
            let finding = try await finding(question, about: fact, of: claim)
            var outcome = outcome(of: finding, tried: claim.message.triesSinceRelease, asked: claim.message.asks)
            if case .notDone = finding, let reason = try await refusals(of: claim.message, options.refusalsToBelieve) {
                outcome = .refused(reason: reason)
            }
            return try await settle(claim, fact, finding, as: outcome)
        }
    }

    private func send(_ claim: ClaimedDocument, _ fact: PlatformFact) async throws -> ClaimedDocument? {
        let stamp = try await line.stamp()
        let call = line.call(try line.dialect.request(telling: fact, stamped: stamp), stamped: stamp)
        try await line.waitForTurn()
        try await begin(claim, call)
        let result = await line.send(call.request)
        let tries = claim.message.triesSinceRelease + 1
        switch result {
        case .failure(let error):
            let next = retry(after: tries)
            let outcome = error.mayHaveArrived ? lost(nextAt: next) : missed(tries, nextAt: next, "\(error)")
            let entry = line.entry(result, outcome: error.mayHaveArrived ? "lost" : "not-sent")
            return try await settle(claim, fact, .unclear(""), as: outcome, logging: (call.logged, entry), isTrouble: true)
        case .answer(let answer):
            var reply = line.dialect.reply(in: answer, to: fact, stamped: stamp)
            let entry = line.entry(result, outcome: reply.name, detail: reply.detail)
            if reply == .needsToken, let token = stamp.token { await line.tokens.drop(token) }
            if mustAskAtOnce(reply, claim.message.tries + 1), case .ask(let question) = line.dialect.recovery(of: fact) {
                try await renew(claim)
                let finding = try await finding(question, about: fact, of: claim)
                switch (reply, finding) {
                case (_, .done): reply = finding
                // Asked so soon, the platform may be at it still: that it has nothing yet is not believed.
                case (.refused, .unclear): reply = .unclear("refused, and nobody knows whether it was done before")
                default: break
                }
            }
            reply = try await weighed(reply, to: claim.message, fact)
            return try await settle(
                claim, fact, reply, as: outcome(of: reply, tried: tries, asked: 0), logging: (call.logged, entry),
                isTrouble: answer.isOfTrouble || reply == .needsToken)
        }
    }

    /// An answer that cannot be understood is looked into at once; so is a refusal of what was sent before, which may be about
    /// the repetition.
    private func mustAskAtOnce(_ reply: PlatformReply, _ tries: Int) -> Bool {
        switch reply {
        case .unclear, .doubtful: true
        case .refused: tries > 1
        default: false
        }
    }

    /// Where telling again binds nobody, a single no may have been another message's.
    private func weighed(_ reply: PlatformReply, to message: OutboxMessage, _ fact: PlatformFact) async throws -> PlatformReply {
        guard case .tellAgain = line.dialect.recovery(of: fact) else { return reply }
        switch reply {
        case .refused, .doubtful:
            guard try await refusals(of: message, options.refusalsToBelieve - 1) != nil else {
                return .unclear("refused, and told again to be sure")
            }
            if case .doubtful(let complaint) = reply { return .refused(complaint, lines: []) }
            return reply
        default: return reply
        }
    }

    /// What the platform said the last time, when it has said no so often in a row since a person let the message go.
    private func refusals(of message: OutboxMessage, _ count: Int) async throws -> String? {
        let consortium = line.consortium
        let heard = try await line.database.read(as: consortium.tenant) {
            try ExchangeLog($0, consortium).lastReplies(to: message, most: count)
        }
        return heard.count == count && heard.allSatisfy(\.isRefusal) ? heard.first?.detail ?? "" : nil
    }

    private func finding(_ question: PlatformQuestion, about fact: PlatformFact, of claim: ClaimedDocument) async throws
        -> PlatformReply
    {
        var pages: [PlatformPage] = []
        do {
            let asking = Asking(line: line, message: claim.message)
            let outcome = try await asking.ask(question) { page in
                pages.append(page)
                if page.next != nil { try await renew(claim) }
            }
            switch outcome {
            case .through: return line.dialect.finding(in: pages, about: fact)
            case .unknown(let complaint): return .unclear("\(complaint.code) \(complaint.text)")
            case .failed(let reason, _): return .unclear(reason)
            }
        } catch let untellable as PlatformUntellable {
            return .unclear("\(untellable)")
        } catch let failure as AccessTokens.Failure {
            return .unclear(failure.reason)
        }
    }

    private func outcome(of reply: PlatformReply, tried: Int, asked: Int) -> TryOutcome {
        switch reply {
        case .done: .accepted
        case .refused: .refused(reason: reply.detail)
        case .notDone(_, let after): missed(tried, nextAt: retry(after: tried, wish: after), reply.detail)
        case .needsToken: missed(tried, nextAt: tried % 3 == 0 ? retry(after: tried) : line.now, "the token is not taken")
        case .unclear where tried >= options.triesMost, .doubtful where tried >= options.triesMost:
            .givenUp(reason: "sent \(tried) times, and no answer was clear")
        case .unclear, .doubtful: lost(nextAt: retry(after: max(tried, asked + 1)))
        }
    }

    private func missed(_ tried: Int, nextAt: Instant, _ reason: String) -> TryOutcome {
        tried >= options.triesMost ? .givenUp(reason: "sent \(tried) times; at last \(reason)") : .missed(nextAt: nextAt)
    }

    /// The platform is asked only when it must have taken in what reached it.
    private func lost(nextAt: Instant) -> TryOutcome { .lost(nextAt: max(nextAt, line.now.adding(options.claimMargin))) }

    private func retry(after tries: Int, wish: Duration? = nil) -> Instant {
        var random = SystemRandomNumberGenerator()
        return options.pause.next(after: tries, wish: wish.map { min($0, options.wishMost) }, from: line.now, using: &random)
    }
}
