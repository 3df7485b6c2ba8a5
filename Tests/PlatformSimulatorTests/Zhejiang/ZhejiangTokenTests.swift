import PlatformSimulator
import Primitives
import Testing

@Suite("Zhejiang: who is let in")
struct ZhejiangTokenTests {
    @Test("a request written by hand, with a signature from elsewhere, gets a token")
    func literalRequest() async throws {
        try await Office.open { office in
            office.wire.send(
                """
                POST /zhejiang-drugs/token HTTP/1.1\r\nHost: platform\r\nContent-Type: application/json\r\nContent-Length: 39\r
                x-ca-key: H330001\r\nx-ca-signature: 1795312800:81432d55257517abdb6aae3eaedc56ea90cafba6d4fe50edc370ea99a5064824\r\n\r
                {"appCode":"app-1","authCode":"auth-1"}
                """)
            let answer = try #require(office.wire.answer())
            #expect(answer.status == 200)
            let body = try JSONValue(parsing: answer.body)
            #expect(body["infcode"] == "0" && body["output"]?["data"]?["returnCode"] == 0)
            #expect(body["output"]?["data"]?["accessToken"]?.string?.utf8.count == 32)
        }
    }

    @Test("while a token lives long it comes again with an error; in its last five minutes there is a new one, and both are good")
    func tokenLife() async throws {
        try await Office.open { office in
            try office.fetchToken()
            let first = office.token
            office.clock.advance(.seconds(1_499))
            let again = try office.askForToken()
            #expect(again["infcode"] == "-1" && again["err_msg"] == "令牌有效期超过5分钟，不能再次获取令牌")
            #expect(again["output"]?["data"]?["accessToken"]?.string == first)
            office.clock.advance(.seconds(1))
            try office.fetchToken()
            #expect(office.token != first)
            let second = office.token
            for token in [first, second] {
                office.token = token
                #expect(try office.isLetIn())
            }
            office.clock.advance(.seconds(300))
            office.token = first
            #expect(try !office.isLetIn())
            office.token = second
            #expect(try office.isLetIn())
        }
    }

    @Test("without a good token nothing is done, and the error says so", arguments: ["", "0123456789abcdef0123456789abcdef"])
    func badToken(token: String) async throws {
        try await Office.open { office in
            try office.fetchToken()
            office.token = token.isEmpty ? "none" : token
            let answer = try office.askZhejiang("ZJ9653", Office.planText(["A/1"]))
            #expect(answer["infcode"] == "-1" && answer["err_msg"] == "令牌无效，请重新获取令牌" && answer["output"] == .null)
            #expect(office.statement.orders.isEmpty)
        }
    }

    @Test("a token is good for its own account only")
    func tokenOfAnother() async throws {
        try await Office.open { office in
            try office.fetchToken()
            office.account = Office.other
            #expect(try !office.isLetIn())
        }
    }

    @Test("who is not who they say is refused", arguments: [
        ("x-ca-key: nobody", "账号无效"), ("x-ca-signature: 1795312800:00", "签名验证失败"), ("x-ca-signature: nothing", "签名验证失败"),
        ("x-ca-signature: 1795312800:\(String(repeating: "0", count: 64))", "签名验证失败"),
    ])
    func badSignature(header: String, error: String) async throws {
        try await Office.open { office in
            let body = #"{"appCode":"app-1","authCode":"auth-1"}"#
            let name = header.prefix { $0 != ":" }
            let headers = try office.zhejiangHeaders(body).filter { !$0.hasPrefix(name) } + [header]
            office.wire.post("/zhejiang-drugs/token", headers, body)
            let answer = try JSONValue(parsing: #require(office.wire.answer()).body)
            #expect(answer["infcode"] == "-1" && answer["err_msg"]?.string == error)
        }
    }

    @Test("a signature is good for five minutes either way", arguments: [(-301, false), (-300, true), (300, true), (301, false)])
    func signatureTime(offset: Int64, isGood: Bool) async throws {
        try await Office.open { office in
            let body = #"{"appCode":"app-1","authCode":"auth-1"}"#
            let seconds = office.clock.now.microseconds / 1_000_000 + offset
            let signature = try Office.signature(body, secret: "a shared secret", at: seconds)
            office.wire.post("/zhejiang-drugs/token", ["x-ca-key: H330001", "x-ca-signature: \(signature)"], body)
            let answer = try JSONValue(parsing: #require(office.wire.answer()).body)
            #expect((answer["infcode"] == "0") == isGood)
            #expect(isGood || answer["err_msg"] == "签名已过期")
        }
    }

    @Test("a signature is over the bytes that came, and in lower case")
    func signatureOverBytes() async throws {
        try await Office.open { office in
            let body = #"{"appCode":"app-1","authCode":"auth-1"}"#
            let signature = try Office.signature(body, secret: "a shared secret", at: 1_795_312_800)
            for (signature, body) in [(signature, body + " "), (signature.uppercased(), body)] {
                office.wire.post("/zhejiang-drugs/token", ["x-ca-key: H330001", "x-ca-signature: \(signature)"], body)
                #expect(try JSONValue(parsing: #require(office.wire.answer()).body)["err_msg"] == "签名验证失败")
            }
        }
    }

    @Test("codes of another account, a message that does not exist and a body that is none are errors of the envelope")
    func badEnvelopes() async throws {
        try await Office.open { office in
            office.account.appCode = "app-2"
            #expect(try office.askForToken()["err_msg"] == "应用编码或授权码错误")
            office.account.appCode = "app-1"
            #expect(try office.askZhejiang("ZJ0000", "{}")["err_msg"] == "接口编号不存在：ZJ0000")
            let body = #"{"infno":"ZJ9653","input":{"data":{}},"more":1}"#
            office.wire.post("/zhejiang-drugs/service", try office.zhejiangHeaders(body), body)
            #expect(try JSONValue(parsing: #require(office.wire.answer()).body)["err_msg"] == "报文格式错误")
            office.wire.post("/zhejiang-drugs/service", try office.zhejiangHeaders("{"), "{")
            #expect(try JSONValue(parsing: #require(office.wire.answer()).body)["err_msg"] == "报文格式错误")
        }
    }
}

extension Office {
    fileprivate func isLetIn() throws -> Bool {
        let answer = try askZhejiang("ZJ9656", #"{"medinsCode":"\#(account.institution)","purcCode":"1","chkStas":2}"#)
        return answer["infcode"] == "0"
    }
}
