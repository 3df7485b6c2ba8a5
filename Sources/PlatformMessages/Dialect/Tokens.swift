extension CatalogueDialect {
    func tokenRequest(stamped stamp: PlatformStamp) throws(PlatformUntellable) -> PlatformRequest? {
        guard case .signedJSON(let map) = catalogue.wire else { return nil }
        let record = Record().stamped(stamp, by: account)
        let content = try ContentWriter(account: account).content(of: map.token, from: record)
        let shown = try ContentWriter(account: account.masked).content(of: map.token, from: record)
        let wire = SignedJSONWire(account: account, paths: catalogue.paths)
        let request = try wire.tokenRequest(holding: content, shown: shown, stamped: stamp)
        return PlatformRequest(
            operation: "token", path: request.path, headers: request.headers, body: request.body, shownBody: request.shownBody,
            mayBeRepeated: true)
    }

    /// A platform that will not hand out another token yet gives the one it has given, with words of refusal. It is good for as long
    /// as the platform says that it has left at least.
    func token(in answer: PlatformAnswer) -> PlatformTokenReply {
        guard case .signedJSON(let map) = catalogue.wire else { return .unclear("the platform has no tokens") }
        switch verdict(on: answer, to: nil, isQuestion: true) {
        case .taken(let node):
            guard let token = node.values["accessToken"] else { return .unclear("the answer has no accessToken") }
            return .token(token, lasting: .seconds(map.tokenSeconds))
        case .notNow(let node, let complaint, let pause):
            if let token = node.values["accessToken"] { return .token(token, lasting: .seconds(map.tokenSecondsLeft)) }
            return .notNow(complaint, after: pause)
        case .alreadyDone(let node):
            guard let token = node.values["accessToken"] else { return .unclear("the answer has no accessToken") }
            return .token(token, lasting: .seconds(map.tokenSecondsLeft))
        case .refused(_, let complaint), .notFound(_, let complaint), .linesRefused(_, let complaint): return .refused(complaint)
        case .needsToken: return .refused(PlatformComplaint(code: "HTTP \(answer.status)", text: ""))
        case .unclear(let reason): return .unclear(reason)
        }
    }
}
