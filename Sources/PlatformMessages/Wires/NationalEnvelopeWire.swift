import Crypto
import Primitives
import ShangMi

/// The national insurance interface's envelope (platform-interfaces.md §1): JSON over HTTP, `{infno, msgid, …, input: {…}}`, answered by
/// `infcode`, `err_msg`, `inf_refmsgid` and `output`. Which fields stand in it, and what the nodes of `input` and `output` are called, is the
/// catalogue's.
struct NationalEnvelopeWire: JSONWire {
    let account: PlatformAccount
    let paths: [String: String]
    let map: NationalEnvelopeMap

    var needsToken: Bool { map.token != nil }
    var echo: NeutralName { .messageID }

    func request(_ message: WireMessage, stamped stamp: PlatformStamp) throws(PlatformUntellable) -> WireRequest {
        if needsToken, stamp.token ?? "" == "" { throw PlatformUntellable(reason: "an access token is needed") }
        return try request(message, path: "service", stamped: stamp)
    }

    /// - Parameter path: `service` or `token`.
    func request(
        _ message: WireMessage, path: String, stamped stamp: PlatformStamp
    ) throws(PlatformUntellable) -> WireRequest {
        var record = message.record
        record[.operation] = .of(message.operation)
        var masked = record
        masked[.token] = record[.token]?.text == nil ? .absent : .text(PlatformRequest.mask)
        let input = path == "token" ? [] : map.beside
        let body = try document(message.content, of: message, from: record, beside: input, by: account)
        let shown = try document(message.shown, of: message, from: masked, beside: input, by: account.masked)
        return WireRequest(
            path: try account.path(path, of: paths),
            headers: [.init("Content-Type", "application/json;charset=utf-8")] + (try gatewayHeaders(stamp)),
            body: body, shownBody: shown)
    }

    private func document(
        _ content: WireContent, of message: WireMessage, from record: Record, beside: [RequestField], by account: PlatformAccount
    ) throws(PlatformUntellable) -> [UInt8] {
        let writer = ContentWriter(account: account)
        let envelope = JSONValue(try writer.content(of: map.envelope, from: record))
        let around = JSONValue(try writer.content(of: beside, from: record, in: "input."))
        let node = message.place.input ?? map.place.input ?? ""
        let own = JSONValue(content)
        let input = (node.isEmpty ? own.members : [.init(node, own)]) + around.members
        return Array(JSONValue.object(envelope.members + [.init("input", .object(input))]).text().utf8)
    }

    /// Lower-hex SHA-256 of time, token, nonce and time (platform-interfaces.md §1, x-tif gateway; codes.md §11). The nonce is new with
    /// each try.
    private func gatewayHeaders(_ stamp: PlatformStamp) throws(PlatformUntellable) -> [PlatformRequest.Header] {
        guard map.hasGateway else { return [] }
        guard let paas = account.settings["paas-id"], !paas.isEmpty else {
            throw PlatformUntellable(field: "x-tif-paasid", reason: "the account has no paas-id")
        }
        guard let token = account.secrets["gateway-token"], !token.isEmpty else {
            throw PlatformUntellable(field: "x-tif-signature", reason: "the account has no gateway-token")
        }
        let second = String(stamp.at.microseconds / 1_000_000)
        let service = account.settings["service-id"].map { [PlatformRequest.Header("x-tif-serviceId", $0)] } ?? []
        return [
            .init("x-tif-paasid", paas), .init("x-tif-timestamp", second), .init("x-tif-nonce", stamp.message),
            .init("x-tif-signature", Self.gatewaySignature(second, token, stamp.message)),
        ] + service
    }

    static func gatewaySignature(_ second: String, _ token: String, _ nonce: String) -> String {
        Hexadecimal.lowercase(SHA256.hash(data: Array((second + token + nonce + second).utf8)))
    }

    func read(_ body: [UInt8], at place: MessagePlace) throws(AnswerDefect) -> WireAnswer {
        let document = try JSONValue(answer: body)
        guard case .object = document, let code = document.text(of: map.answer.codes) else {
            throw AnswerDefect("the answer has no \(map.answer.codes[0])")
        }
        let data = try data(in: document["output"], at: place)
        let business = data?.text(of: map.answer.businessCodes).map {
            PlatformComplaint(saying: $0, data?.text(of: map.answer.businessTexts))
        }
        return WireAnswer(
            envelope: PlatformComplaint(saying: code, document.text(of: map.answer.texts)), business: business,
            mayLackBusiness: map.answer.mayLackBusiness, echo: echo(in: document),
            node: data.map { WireNode($0, takesLoneRows: true) } ?? WireNode())
    }

    /// What the answer is to. Some platforms answer with our `msgid`; others with a number of their own, which says nothing.
    private func echo(in document: JSONValue) -> String? {
        guard let text = document["inf_refmsgid"]?.plainText, !text.isEmpty, !MessageID.isPlatforms(text) else { return nil }
        return text
    }

    /// The first of the answer's nodes that is there; `nil` when none is.
    private func data(in output: JSONValue?, at place: MessagePlace) throws(AnswerDefect) -> JSONValue? {
        guard let output, output != .null else { return nil }
        for name in place.output.isEmpty ? map.place.output : place.output {
            let node = name.isEmpty ? output : output[name]
            guard let node, node != .null else { continue }
            guard case .object = node else { throw AnswerDefect("output.\(name) is no object") }
            return node
        }
        return nil
    }
}

extension JSONValue {
    /// The first of the members that says something.
    fileprivate func text(of names: [String]) -> String? {
        names.lazy.compactMap { self[$0]?.plainText }.first { !$0.isEmpty }
    }
}
