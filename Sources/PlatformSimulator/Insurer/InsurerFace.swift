import Crypto
import Primitives

/// Why the insurer does not do what is asked.
enum InsurerRefusal: Error {
    /// The envelope says so, with `infcode`.
    case envelope(String)
    /// The message was understood: `retRslt` 0.
    case business(String)
}

/// The face of a national insurance platform for stock and sales: 35xx in its envelope, behind an x-tif gateway.
///
/// Source: platform-interfaces.md §1 and §2, codes.md §7 and §11. No text of a refusal is published: all are this simulator's own.
struct InsurerFace: Sendable {
    private let options: InsurerOptions
    private let accounts: [String: SimulatorAccount]

    init(_ options: SimulatorOptions) {
        self.options = options.insurer
        accounts = Dictionary(options.accounts.map { ($0.user, $0) }) { first, _ in first }
    }

    private static let envelope = [
        "infno", "msgid", "mdtrtarea_admvs", "recer_sys_code", "infver", "opter_type", "opter", "opter_name", "inf_time",
        "fixmedins_code", "fixmedins_name", "input",
    ]

    func service(_ request: IncomingRequest) -> Asked {
        let body = try? JSONValue(parsing: request.body)
        let infno = body?["infno"]?.string ?? ""
        let operation = InsurerMessage.named(infno) == nil ? "unreadable" : infno
        return Asked(operation: operation) { premises, turn in
            let message = body?["msgid"]?.string ?? ""
            do throws(InsurerRefusal) {
                try check(request, turn)
                guard let body else { throw .envelope("报文格式错误") }
                let output = try answer(body, &premises.insurer)
                return written(output, code: "0", text: "", to: message, &turn)
            } catch {
                switch error {
                case .envelope(let text): return written(nil, code: "-2", text: text, to: message, &turn)
                case .business(let text):
                    let result = JSONValue.object([.init("retRslt", "0"), .init("msgRslt", .string(text))])
                    return written(.object([.init("result", result)]), code: "0", text: "", to: message, &turn)
                }
            }
        }
    }

    /// Lower-hex SHA-256 of time, token, nonce and time.
    private func check(_ request: IncomingRequest, _ turn: Turn) throws(InsurerRefusal) {
        guard let account = accounts[request.header("x-tif-paasid") ?? ""] else { throw .envelope("账号无效") }
        let (time, nonce) = (request.header("x-tif-timestamp") ?? "", request.header("x-tif-nonce") ?? "")
        let digest = SHA256.hash(data: Array("\(time)\(account.secret)\(nonce)\(time)".utf8))
        let hex = digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        guard !nonce.isEmpty, hex == request.header("x-tif-signature") else { throw .envelope("签名验证失败") }
        guard let seconds = Int64(time), abs(seconds - turn.clock.microseconds / 1_000_000) <= options.signatureSeconds else {
            throw .envelope("签名已过期")
        }
    }

    private func answer(_ body: JSONValue, _ book: inout InsurerBook) throws(InsurerRefusal) -> JSONValue {
        for name in Self.envelope {
            guard let value = body[name], value.kind == "object" || value.insurerText?.isEmpty == false else {
                throw .envelope("\(name)不能为空")
            }
        }
        let (infno, institution) = (body["infno"]?.string ?? "", body["fixmedins_code"]?.string ?? "")
        let number = body["msgid"]?.string ?? ""
        guard number.utf8.count == 30, number.hasPrefix(institution) else { throw .envelope("msgid格式错误") }
        guard let (message, isBatch) = InsurerMessage.named(infno) else { throw .envelope("交易编号不存在") }
        guard let input = body["input"] else { throw .envelope("input不能为空") }
        if message.isQuery {
            guard let data = input["data"], data["fixmedins_code"]?.insurerText == institution else { throw .envelope("data格式错误") }
            for name in message.mandatory where data[name]?.insurerText?.isEmpty != false { throw .envelope("\(name)不能为空") }
            return .object([.init("data", .array(book.rows(of: message, asked: data, from: institution, options)))])
        }
        guard isBatch else {
            guard let row = input[message.node], row.kind == "object" else { throw .envelope("\(message.node)不能为空") }
            try book.take(row, of: message, infno, from: institution, options)
            return .object([.init("result", .object([.init("retRslt", "1"), .init("msgRslt", "成功")]))])
        }
        guard let rows = input[message.list]?.elements, !rows.isEmpty else { throw .envelope("\(message.list)不能为空") }
        // All or nothing, as this simulator has it.
        var copy = book
        for row in rows { try copy.take(row, of: message, String(infno.dropLast()), from: institution, options) }
        book = copy
        return .object([.init("retRslt", "1"), .init("msgRslt", "成功")])
    }

    private func written(_ output: JSONValue?, code: String, text: String, to message: String, _ turn: inout Turn) -> FaceAnswer {
        var (code, text) = (code, text)
        if code == "0", turn.meets(.wrongEnvelopeCode) { (code, text) = ("-1", "系统异常，请稍后重试") }
        let time = turn.clock.businessDay.digits + DigitText.time(turn.clock)
        let own = "330000\(time)" + DigitText.padded(turn.now.microseconds % 10_000_000_000, 10)
        var members: [JSONValue.Member] = [
            .init("infcode", .string(code)), .init("inf_refmsgid", .string(options.echoesMessage ? message : own)),
            .init("refmsg_time", .string("\(time)000")), .init("respond_time", .string("\(time)000")),
            .init("err_msg", .string(text)),
        ]
        if let output { members.append(.init("output", output)) }
        return FaceAnswer(contentType: "application/json;charset=UTF-8", body: Array(JSONValue.object(members).text().utf8))
    }
}
