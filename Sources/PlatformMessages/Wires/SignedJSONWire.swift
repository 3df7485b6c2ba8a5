import Primitives
import ShangMi

/// JSON over HTTP, signed in a header with HMAC-SM3: `{infno, input: {data: {…}}}`, answered by `infcode`, `err_msg` and
/// `output.data` with `returnCode` and `returnMsg`.
struct SignedJSONWire: JSONWire {
    let account: PlatformAccount
    let paths: [String: String]

    var needsToken: Bool { true }
    var echo: NeutralName { .message }

    func request(_ message: WireMessage, stamped stamp: PlatformStamp) throws(PlatformUntellable) -> WireRequest {
        guard let token = stamp.token, !token.isEmpty else { throw PlatformUntellable(reason: "an access token is needed") }
        let document: JSONValue = .object([
            .init("infno", .string(message.operation)),
            .init("input", .object([.init("data", JSONValue(message.content))])),
        ])
        var request = try signed(document, path: "service", stamped: stamp)
        request.headers.append(.init("Access-Token", token, isSecret: true))
        return request
    }

    /// The request for a token: signed, and in no envelope.
    ///
    /// - Parameter shown: the same without its secrets.
    func tokenRequest(
        holding content: WireContent, shown: WireContent, stamped stamp: PlatformStamp
    ) throws(PlatformUntellable) -> WireRequest {
        var request = try signed(JSONValue(content), path: "token", stamped: stamp)
        request.shownBody = Array(JSONValue(shown).text().utf8)
        return request
    }

    private func signed(
        _ document: JSONValue, path: String, stamped stamp: PlatformStamp
    ) throws(PlatformUntellable) -> WireRequest {
        guard let secret = account.secrets["secret"], !secret.isEmpty else {
            throw PlatformUntellable(field: "x-ca-signature", reason: "the account has no secret")
        }
        let body = Array(document.text().utf8)
        let seconds = String(stamp.at.microseconds / 1_000_000)
        let key = SM3AuthenticationKey(Array(secret.utf8))
        let code: SM3AuthenticationCode
        do {
            code = try key.authenticationCode(of: Array("\(seconds)\n".utf8) + body)
        } catch {
            throw PlatformUntellable(field: "x-ca-signature", reason: "\(error)")
        }
        return WireRequest(
            path: try account.path(path, of: paths),
            headers: [
                .init("Content-Type", "application/json;charset=utf-8"),
                .init("x-ca-key", account.settings["key"] ?? account.institution),
                .init("x-ca-signature", "\(seconds):\(code.hexadecimal)"),
            ], body: body)
    }

    func read(_ body: [UInt8], at place: MessagePlace) throws(AnswerDefect) -> WireAnswer {
        let document = try JSONValue(answer: body)
        guard case .object = document, let code = document["infcode"]?.plainText else {
            throw AnswerDefect("the answer has no infcode")
        }
        let envelope = PlatformComplaint(saying: code, document["err_msg"]?.string)
        guard let data = document["output"]?["data"], data != .null else {
            return WireAnswer(envelope: envelope, node: WireNode())
        }
        guard case .object = data else { throw AnswerDefect("output.data is no object") }
        let business = data["returnCode"]?.plainText.map {
            PlatformComplaint(saying: $0, data["returnMsg"]?.string)
        }
        return WireAnswer(envelope: envelope, business: business, node: WireNode(data))
    }
}

extension PlatformAccount {
    /// The platform's path for `name`, or what the account has in its place: some installations have their own.
    func path(_ name: String, of paths: [String: String]) throws(PlatformUntellable) -> String {
        let path = settings["\(name)-path"] ?? paths[name] ?? ""
        guard !path.isEmpty else {
            throw PlatformUntellable(reason: "the path for \(name) is not known; the account's setting \(name)-path gives it")
        }
        guard path.hasPrefix("/") else { throw PlatformUntellable(reason: "the path for \(name) does not begin with a slash") }
        return path
    }
}
