import Primitives

/// The service hall for electronic prescriptions: JSON that is signed with SM2 and sealed with SM4, a path for each message.
///
/// Source: platform-interfaces.md §3. Codes and words of refusals are the simulator's own: none are published.
struct HallFace: Sendable {
    static let root = "/service-hall/"
    private let seal: HallSeal?
    private let clockSeconds: Int64

    init(_ options: SimulatorOptions) {
        seal = HallSeal(options.hall)
        clockSeconds = options.hall.clockSeconds
    }

    /// What a message asks for; `nil` when there is no such path, or no hall.
    func call(_ request: IncomingRequest) -> Asked? {
        guard let seal, request.path.hasPrefix(Self.root),
            let message = HallMessages.all[String(request.path.dropFirst(Self.root.count))]
        else { return nil }
        let body = try? JSONValue(parsing: request.body)
        return Asked(operation: String(request.path.dropFirst(Self.root.count))) { premises, turn in
            var (code, words, content) = ("0", "成功", JSONValue?.none)
            do throws(HallRefusal) {
                content = try message(try opened(body, seal, turn), &premises.hall, turn.now)
            } catch {
                (code, words) = ("-1", error.words)
            }
            if code == "0", turn.meets(.wrongEnvelopeCode) { (code, words) = ("-1", "系统异常，请稍后重试") }
            let envelope: [JSONValue.Member] = [
                .init("code", .string(code)), .init("message", .string(words)), .init("appId", .string(seal.application)),
                .init("timestamp", .string(String(turn.clock.microseconds / 1_000))), .init("encType", "SM4"),
                .init("signType", "SM2"), .init("success", .bool(code == "0")),
            ]
            // A refusal comes without a seal, as a gateway's would.
            let answer = code == "0" ? seal.sealed(envelope, content) : .object(envelope)
            return FaceAnswer(contentType: "application/json;charset=UTF-8", body: Array(answer.text().utf8))
        }
    }

    private func opened(_ body: JSONValue?, _ seal: HallSeal, _ turn: Turn) throws(HallRefusal) -> JSONValue {
        guard let body, case .object = body else { throw HallRefusal("报文格式错误") }
        guard body["appId"]?.string == seal.application else { throw HallRefusal("appId无效") }
        guard body["encType"] == "SM4", body["signType"] == "SM2", body["version"] == "1.0.0" else { throw HallRefusal("报文头错误") }
        guard let time = body["timestamp"]?.integer, abs(time - turn.clock.microseconds / 1_000) <= clockSeconds * 1_000 else {
            throw HallRefusal("时间戳已过期")
        }
        guard let content = seal.opened(body) else { throw HallRefusal("签名验证失败") }
        return content
    }
}

/// Why the hall does not do what is asked.
struct HallRefusal: Error {
    let words: String

    init(_ words: String) { self.words = words }
}
