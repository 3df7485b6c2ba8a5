import Primitives
import StrictXML

/// The face of Shanghai for drugs: XML messages in a SOAP call, signed with SHA-1.
///
/// Source: platform-interfaces.md §4, and what public clients of the drug service send and read.
struct ShanghaiFace: Sendable {
    private let options: ShanghaiOptions
    private let accounts: [String: SimulatorAccount]

    init(_ options: SimulatorOptions) {
        self.options = options.shanghai
        accounts = Dictionary(options.accounts.map { ($0.user, $0) }) { first, _ in first }
    }

    func call(_ request: IncomingRequest) -> Asked {
        guard let call = SoapCall(request.body) else {
            return Asked(operation: "unreadable") { _, _ in SoapCall.fault("not a call of sendRecv") }
        }
        let document = try? XMLReader().read(call.document)
        let operation = ShanghaiMessages.all[call.type] == nil ? "unreadable" : call.type
        return Asked(operation: operation) { premises, turn in
            var answer: ShanghaiAnswer
            var remark = document?.at("HEAD", "BZXX")?.text ?? ""
            do throws(ShanghaiRefusal) {
                let account = try checked(call)
                guard let message = ShanghaiMessages.all[call.type] else { throw ShanghaiRefusal("11004", "消息类型不存在") }
                guard call.isSigned(options.signatureCase) else { throw ShanghaiRefusal("11005", "签名不一致") }
                guard let document else { throw .format("不是XML") }
                let book = premises.platform.book(.shanghai, account.institution)
                let read = try ShanghaiCall(document, account.institution, book: book, options)
                answer = try message(read, &premises.platform, &turn)
            } catch {
                answer = ShanghaiAnswer(code: error.code, error: error.text)
                if remark.unicodeScalars.count > 200 { remark = "" }
            }
            answer.remark = remark
            return answer.written(&turn)
        }
    }

    private func checked(_ call: SoapCall) throws(ShanghaiRefusal) -> SimulatorAccount {
        guard let account = accounts[call.user], account.secret == call.password, account.institution == call.institution else {
            throw ShanghaiRefusal("11003", "用户名或密码错误")
        }
        guard call.version == "1.0.0.0" else { throw .format("版本号应为1.0.0.0") }
        return account
    }
}
