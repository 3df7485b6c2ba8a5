import Outbox
import PlatformMessages
import Postgres
import Primitives

/// What a teller writes, each in one transaction.
extension Teller {
    /// How long a claim lasts from now: a request, its wait for its turn, and the margin.
    var leaseEnd: Instant {
        let limits = line.limits
        return line.now.adding(limits.requestTime + limits.pause * (limits.requestsAtOnce + 1) + options.claimMargin)
    }

    /// Writes that the message goes out; it is sent only after this.
    ///
    /// - Throws: ``ClaimLost`` also when the database took so long that a request would outlast the claim.
    func begin(_ claim: ClaimedDocument, _ call: Line.Call) async throws {
        let (consortium, platform) = (line.consortium, line.platform)
        let body = line.masking.text(call.request.shownBody)
        let until = try await line.database.write(as: consortium.tenant) { transaction in
            let until = leaseEnd
            try Delivery(transaction, for: consortium).begin(claim, until: until, at: line.now)
            try ExchangeLog(transaction, consortium)
                .sent(call.logged, call.request.operation, of: claim.message, at: platform, body: body)
            return until
        }
        guard line.now.adding(line.limits.requestTime) <= until else { throw ClaimLost(document: claim.document) }
    }

    /// Holds the claim for as long again.
    func renew(_ claim: ClaimedDocument) async throws {
        let consortium = line.consortium
        try await line.database.write(as: consortium.tenant) { try Delivery($0, for: consortium).postpone(claim, until: leaseEnd) }
    }

    /// Writes what became of the message: with what the platform gave, the log and the gate.
    ///
    /// What was answered is written down even where nothing else can be.
    /// - Returns: the document's next message, if it goes on.
    func settle(
        _ claim: ClaimedDocument, _ fact: PlatformFact, _ reply: PlatformReply, as outcome: TryOutcome,
        logging entry: (LoggedRequest, LoggedAnswer)? = nil, isTrouble: Bool = false, isEase: Bool = false
    ) async throws -> ClaimedDocument? {
        let (consortium, platform, until, now) = (line.consortium, line.platform, leaseEnd, line.now)
        do {
            let next = try await line.database.write(as: consortium.tenant) { transaction in
                if let entry { try ExchangeLog(transaction, consortium).received(entry.1, to: entry.0) }
                if case .done(let acknowledgement) = reply, outcome == .accepted {
                    try keepers.keep(acknowledgement, of: fact, at: platform, in: transaction, for: consortium, at: now)
                }
                let gate = Gate(transaction, of: consortium, at: platform)
                if isTrouble {
                    try gate.fail(at: now, line.stayingAway)
                } else if entry != nil {
                    try gate.succeed()
                } else if isEase {
                    try gate.ease(at: now)
                }
                if let pause = reply.pause { try gate.hold(until: now.adding(min(pause, options.wishMost))) }
                return try Delivery(transaction, for: consortium).settle(claim, outcome, until: until, at: now)
            }
            line.tally.settled(platform, claim.message.kind, outcome)
            return next
        } catch let error as PostgresError where error.sqlState.hasPrefix("23") {
            // What the platform said cannot be true of both this and something else: no repetition mends that.
            line.tally.troubled(platform, "\(error)")
            return try await giveUp(claim, because: "\(error)", logging: entry)
        } catch let lost as ClaimLost {
            if let entry {
                // Where this fails too, the request stands there without its answer.
                try? await line.database.write(as: consortium.tenant) {
                    try ExchangeLog($0, consortium).received(entry.1, to: entry.0)
                }
            }
            throw lost
        }
    }

    /// Writes that a person has to look, because it cannot be said in the platform's words.
    func refuse(_ claim: ClaimedDocument, _ untellable: PlatformUntellable) async throws -> ClaimedDocument? {
        let (consortium, until, now) = (line.consortium, leaseEnd, line.now)
        return try await line.database.write(as: consortium.tenant) { transaction in
            let delivery = Delivery(transaction, for: consortium)
            try Gate(transaction, of: consortium, at: line.platform).ease(at: now)
            // What may have arrived is not refused: whoever releases it has the platform asked.
            guard claim.message.state == .pending else {
                return try delivery.settle(claim, .givenUp(reason: "\(untellable)"), until: until, at: now)
            }
            try delivery.begin(claim, until: until, at: now)
            return try delivery.settle(claim, .refused(reason: "\(untellable)"), until: until, at: now)
        }
    }

    /// Writes that a person has to look at a message that was sent, whatever came of it.
    private func giveUp(
        _ claim: ClaimedDocument, because reason: String, logging entry: (LoggedRequest, LoggedAnswer)?
    ) async throws -> ClaimedDocument? {
        let (consortium, now, outcome) = (line.consortium, line.now, TryOutcome.givenUp(reason: reason))
        let next = try await line.database.write(as: consortium.tenant) { transaction in
            if let entry { try ExchangeLog(transaction, consortium).received(entry.1, to: entry.0) }
            return try Delivery(transaction, for: consortium).settle(claim, outcome, until: now, at: now)
        }
        line.tally.settled(line.platform, claim.message.kind, outcome)
        return next
    }

    /// Gives a claim back without a try.
    ///
    /// - Parameter isTrouble: whether the platform is to blame.
    func giveBack(_ claim: ClaimedDocument, until: Instant, isTrouble: Bool) async {
        let (consortium, platform, now) = (line.consortium, line.platform, line.now)
        // Where this fails too the claim runs out by itself.
        try? await line.database.write(as: consortium.tenant) { transaction in
            if isTrouble { try Gate(transaction, of: consortium, at: platform).fail(at: now, line.stayingAway) }
            try Delivery(transaction, for: consortium).postpone(claim, until: until)
        }
    }
}

extension PlatformReply {
    /// How long the platform wants to be left alone, when it says so: by all that would speak for the account.
    fileprivate var pause: Duration? { if case .notDone(_, let after) = self { after } else { nil } }
}
