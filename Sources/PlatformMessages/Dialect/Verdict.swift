/// What an answer says as a whole, before its fields and lines are looked at.
enum Verdict: Sendable, Hashable {
    case taken(WireNode)
    /// The message was looked at and nothing of it was kept, because of single lines.
    case linesRefused(WireNode, PlatformComplaint)
    case alreadyDone(WireNode)
    case notFound(WireNode, PlatformComplaint)
    case refused(WireNode, PlatformComplaint)
    case notNow(WireNode, PlatformComplaint, Duration?)
    case needsToken(WireNode)
    case unclear(String)
}

/// A verdict, and whether the answer names the message that it is to.
struct Judgement: Sendable, Hashable {
    var verdict: Verdict
    var isNamed = false
}

extension CatalogueDialect {
    /// - Parameters:
    ///   - message: what the answer must give back, where it gives anything back; `nil` for anything.
    ///   - own: rules that count before the platform's, at every level.
    ///   - isQuestion: a no to a question harms nobody and need not name what it answers.
    ///   - needsBusiness: whether a yes must stand in what the envelope holds, too.
    func judgement(
        on answer: PlatformAnswer, at place: MessagePlace, to message: String?, own: [CodeRule] = [], isQuestion: Bool,
        needsBusiness: Bool = true
    ) -> Judgement {
        if let verdict = verdictByStatus(of: answer) { return Judgement(verdict: verdict) }
        guard answer.body.count <= AnswerLimits.bytesMax else {
            return Judgement(verdict: .unclear("the answer is larger than \(AnswerLimits.bytesMax) bytes"))
        }
        do {
            var read = try wire.read(answer.body, at: place)
            if !needsBusiness { read.mayLackBusiness = true }
            let isNamed = read.echo != nil && read.echo == message
            return Judgement(
                verdict: verdict(on: read, own, isQuestion: isQuestion, isNamed: isNamed || message == nil), isNamed: isNamed)
        } catch {
            return Judgement(verdict: .unclear(error.reason))
        }
    }

    private func verdict(on read: WireAnswer, _ own: [CodeRule], isQuestion: Bool, isNamed: Bool) -> Verdict {
        let envelope = CodeRules.meaning(of: read.envelope, at: .envelope, by: own + catalogue.codes.envelope)
        if let echo = read.echo, !isNamed {
            guard isQuestion, echo.isEmpty, envelope != .taken else { return .unclear("the answer is to another message") }
        }
        guard !catalogue.codes.business.isEmpty else { return Self.verdict(envelope, read.envelope, read.node) }
        let business = read.business.map { CodeRules.meaning(of: $0, at: .business, by: own + catalogue.codes.business) }
        switch (envelope, business) {
        case (.taken, nil) where read.mayLackBusiness: return .taken(read.node)
        case (.taken, nil): return .unclear("the answer's envelope says yes and holds nothing")
        case (.alreadyDone, .taken?), (.alreadyDone, .alreadyDone?): return Self.verdict(envelope, read.envelope, read.node)
        case (.taken, let inner?): return Self.verdict(inner, read.business ?? read.envelope, read.node)
        case (_, .taken?), (_, .linesRefused?), (_, .alreadyDone?):
            return .unclear("the answer's envelope says \(read.envelope.code) and what it holds says yes")
        default: return Self.verdict(envelope, read.envelope, read.node)
        }
    }

    private static func verdict(_ meaning: CodeMeaning, _ complaint: PlatformComplaint, _ node: WireNode) -> Verdict {
        switch meaning {
        case .taken: .taken(node)
        case .linesRefused: .linesRefused(node, complaint)
        case .alreadyDone: .alreadyDone(node)
        case .notFound: .notFound(node, complaint)
        case .refused: .refused(node, complaint)
        case .notNow(let pause): .notNow(node, complaint, pause)
        case .tokenInvalid: .needsToken(node)
        case .unclear: .unclear("the platform says \(complaint.code): \(complaint.text)")
        }
    }

    /// What the status alone says; `nil` for an answer that has to be read.
    private func verdictByStatus(of answer: PlatformAnswer) -> Verdict? {
        let complaint = PlatformComplaint(code: "HTTP \(answer.status)", text: "")
        let nothing = WireNode()
        switch answer.status {
        case 200: return nil
        case 401, 403: return wire.needsToken ? .needsToken(nothing) : .notNow(nothing, complaint, nil)
        case 429: return .notNow(nothing, complaint, answer.retryAfter)
        case 503:
            guard let pause = answer.retryAfter else { return .unclear("the platform answers with status 503") }
            return .notNow(nothing, complaint, pause)
        default: return .unclear("the platform answers with status \(answer.status)")
        }
    }
}
