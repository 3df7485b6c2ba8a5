import Primitives
import ShangMi

/// The face of Zhejiang for drugs: JSON in an envelope, signed with HMAC-SM3, behind a token.
///
/// Source: platform-interfaces.md §5, and what public clients send and read.
struct ZhejiangFace: Sendable {
    private struct Caller: Sendable {
        let account: SimulatorAccount
        let key: SM3AuthenticationKey
    }

    private let options: ZhejiangOptions
    private let callers: [String: Caller]

    init(_ options: SimulatorOptions) {
        self.options = options.zhejiang
        let callers = options.accounts.map { ($0.user, Caller(account: $0, key: SM3AuthenticationKey(Array($0.secret.utf8)))) }
        self.callers = Dictionary(callers) { first, _ in first }
    }

    /// `{appCode, authCode}`, without an envelope.
    func token(_ request: IncomingRequest) -> Asked {
        let body = try? JSONValue(parsing: request.body)
        return Asked(operation: "token") { premises, turn in
            let answer: ZhejiangAnswer
            do throws(ZhejiangRefusal) {
                guard let body else { throw .envelope("报文格式错误") }
                let caller = try checked(request, signature: options.signsTokenCall, turn)
                guard body["appCode"]?.string == caller.appCode, body["authCode"]?.string == caller.authCode else {
                    throw .envelope("应用编码或授权码错误")
                }
                let token = premises.tokens.token(for: caller.user, options, at: turn.now)
                var given = ZhejiangAnswer.done([.init("accessToken", .string(token.text))])
                if token.isOld {
                    given.infcode = "-1"
                    given.error = "令牌有效期超过5分钟，不能再次获取令牌"
                }
                answer = given
            } catch {
                answer = .refused(error)
            }
            return answer.written(&turn)
        }
    }

    /// `{infno, input: {data}}`.
    func service(_ request: IncomingRequest) -> Asked {
        let body = try? JSONValue(parsing: request.body)
        let infno = body?["infno"]?.string
        let operation = infno.flatMap { ZhejiangMessages.all[$0] == nil ? nil : $0 } ?? "unreadable"
        return Asked(operation: operation) { premises, turn in
            let answer: ZhejiangAnswer
            do throws(ZhejiangRefusal) {
                let caller = try checked(request, signature: true, turn)
                if turn.meets(.tokenExpiry) { premises.tokens.drop(caller.user) }
                guard premises.tokens.isGood(request.header("Access-Token") ?? "", caller.user, at: turn.clock) else {
                    throw .token
                }
                guard let body, let infno else { throw .envelope("报文格式错误") }
                guard let message = ZhejiangMessages.all[infno] else { throw .envelope("接口编号不存在：\(infno.prefix(20))") }
                guard body.members.map(\.name).sorted() == ["infno", "input"], body["input"]?.members.map(\.name) == ["data"] else {
                    throw .envelope("报文格式错误")
                }
                let book = premises.platform.book(.zhejiang, caller.institution)
                let call = ZhejiangCall(
                    data: body["input"]?["data"], operation: infno, institution: caller.institution, book: book, options: options)
                answer = try message(call, &premises.platform, &turn)
            } catch {
                answer = .refused(error)
            }
            return answer.written(&turn)
        }
    }

    private func checked(_ request: IncomingRequest, signature isSigned: Bool, _ turn: Turn) throws(ZhejiangRefusal)
        -> SimulatorAccount
    {
        guard let caller = callers[request.header("x-ca-key") ?? ""] else { throw .envelope("账号无效") }
        guard isSigned else { return caller.account }
        guard let signature = ZhejiangSignature(request.header("x-ca-signature") ?? ""), signature.isOf(request.body, caller.key)
        else { throw .envelope("签名验证失败") }
        guard signature.isOf(turn.clock, within: options.signatureSeconds) else { throw .envelope("签名已过期") }
        return caller.account
    }
}

/// A message whose caller is known.
struct ZhejiangCall {
    let data: JSONValue?
    let operation: String
    let institution: String
    let book: Int
    let options: ZhejiangOptions

    /// The message's object, of the caller's institution: `medinsCode`, or whatever `institutionName` says.
    func fields(_ allowed: Set<String>, institution name: String = "medinsCode") throws(ZhejiangRefusal) -> ZhejiangData {
        let fields = try ZhejiangData(data, allowed.union([name]))
        guard try fields.text(name) == institution else { throw .business("\(name)与账号不符") }
        return fields
    }
}
