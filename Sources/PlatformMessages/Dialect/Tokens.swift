extension CatalogueDialect {
    func tokenRequest(stamped stamp: PlatformStamp) throws(PlatformUntellable) -> PlatformRequest? {
        guard let map = catalogue.wire.token else { return nil }
        let message = try wireMessage(map.operation, at: map.place, map.request, of: Record(), stamped: stamp)
        let request: WireRequest
        switch wire {
        case let wire as SignedJSONWire:
            request = try wire.tokenRequest(holding: message.content, shown: message.shown, stamped: stamp)
        case let wire as NationalEnvelopeWire: request = try wire.request(message, path: "token", stamped: stamp)
        default: return nil
        }
        return PlatformRequest(
            operation: map.operation, path: request.path, headers: request.headers, body: request.body,
            shownBody: request.shownBody, mayBeRepeated: true)
    }

    /// A platform that will not hand out another token yet gives the one it has given, with words of refusal. It is good for as long
    /// as the platform says that it has left at least.
    func token(in answer: PlatformAnswer) -> PlatformTokenReply {
        guard let map = catalogue.wire.token else { return .unclear("the platform has no tokens") }
        func token(in node: WireNode) -> String? { map.names.lazy.compactMap { node.values[$0] }.first }
        let none = PlatformTokenReply.unclear("the answer has no \(map.names[0])")
        switch judgement(on: answer, at: map.place, to: nil, own: map.codes, isQuestion: true).verdict {
        case .taken(let node): return token(in: node).map { .token($0, lasting: .seconds(map.seconds)) } ?? none
        case .notNow(let node, let complaint, let pause):
            return token(in: node).map { .token($0, lasting: .seconds(map.secondsLeft)) } ?? .notNow(complaint, after: pause)
        case .alreadyDone(let node): return token(in: node).map { .token($0, lasting: .seconds(map.secondsLeft)) } ?? none
        case .refused(_, let complaint), .notFound(_, let complaint), .linesRefused(_, let complaint): return .refused(complaint)
        case .needsToken: return .refused(PlatformComplaint(code: "HTTP \(answer.status)", text: ""))
        case .unclear(let reason): return .unclear(reason)
        }
    }
}
