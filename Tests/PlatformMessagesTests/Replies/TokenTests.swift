import PlatformMessages
import Testing

@Suite("Tokens")
struct TokenTests {
    @Test("are handed out, handed out once more, or not")
    func replies() throws {
        let dialect = try Platforms.dialect("zhejiang-drugs")
        let still = "令牌有效期超过5分钟，不能再次获取令牌"
        let cases: [(PlatformAnswer, PlatformTokenReply)] = [
            (Answers.json(#"{"returnCode":0,"accessToken":"T"}"#), .token("T", lasting: .seconds(1_800))),
            (Answers.json(#"{"returnCode":0,"accessToken":""}"#), .unclear("the answer has no accessToken")),
            (Answers.json(#"{"accessToken":"T"}"#, infcode: "-1", error: still), .token("T", lasting: .seconds(300))),
            (
                Answers.json(#"{"returnCode":0,"accessToken":"T"}"#, infcode: "-1", error: still),
                .token("T", lasting: .seconds(300))
            ),
            (Answers.json(nil, infcode: "-1", error: still), .unclear("the answer has no accessToken")),
            (
                Answers.json(nil, infcode: "-1", error: "该接口访问间隔为5秒！"),
                .notNow(PlatformComplaint(code: "-1", text: "该接口访问间隔为5秒！"), after: .seconds(5))
            ),
            (Answers.json(nil, infcode: "-1", error: "授权码有误"), .refused(PlatformComplaint(code: "-1", text: "授权码有误"))),
            (Answers.json(#"{"returnCode":4,"returnMsg":"x"}"#), .refused(PlatformComplaint(code: "4", text: "x"))),
            (Answers.of(401, ""), .refused(PlatformComplaint(code: "HTTP 401", text: ""))),
            (
                Answers.of(503, "", headers: [.init("Retry-After", "9")]),
                .notNow(PlatformComplaint(code: "HTTP 503", text: ""), after: .seconds(9))
            ),
            (Answers.of(500, ""), .unclear("the platform answers with status 500")),
        ]
        for (answer, reply) in cases { #expect(dialect.token(in: answer) == reply) }
    }

    @Test("there are none in Shanghai, and no message without one in Zhejiang")
    func needed() throws {
        #expect(try Platforms.dialect("shanghai-drugs").tokenRequest(stamped: Platforms.stamp) == nil)
        var stamp = Platforms.stamp
        stamp.token = nil
        let dialect = try Platforms.dialect("zhejiang-drugs")
        #expect(throws: PlatformUntellable(reason: "an access token is needed")) {
            try dialect.request(telling: .sendOrder(Told.draft), stamped: stamp)
        }
        #expect(try dialect.tokenRequest(stamped: stamp) != nil)
    }

    @Test("secrets show in no description, dump or error, nor in what is kept of a request", arguments: Platforms.all)
    func secrets(code: String) throws {
        var account = Platforms.account(at: code)
        for name in account.secrets.keys { account.secrets[name] = "hidden-\(name)" }
        let dialect = try Platforms.catalogue(code).dialect(for: account)
        let requests = [
            try dialect.tokenRequest(stamped: Platforms.stamp),
            try dialect.request(telling: .sendOrder(Told.draft), stamped: Platforms.stamp),
        ].compactMap { $0 }
        var text = "\(account) \(String(reflecting: account))"
        dump(account, to: &text)
        for request in requests {
            text +=
                String(decoding: request.shownBody, as: UTF8.self) + request.shownHeaders.map { "\($0.name): \($0.value)" }.joined()
        }
        account.settings["mac"] = "\n"
        account.settings["contact"] = "\n"
        let broken = try Platforms.catalogue(code).dialect(for: account)
        #expect {
            try broken.request(telling: .createOrder(Told.order), stamped: Platforms.stamp)
        } throws: { error in
            text += "\(error)"
            return true
        }
        #expect(!text.contains("hidden") && !text.contains("tok-1"))
        #expect(text.contains("***"))
        let sent = requests.map { String(decoding: $0.body, as: UTF8.self) + $0.headers.map(\.value).joined() }.joined()
        #expect(sent.contains("hidden"))
    }
}
