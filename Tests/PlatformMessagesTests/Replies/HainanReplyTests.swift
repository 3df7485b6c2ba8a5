import PlatformMessages
import Testing

@Suite("What Hainan is told and answers")
struct HainanReplyTests {
    private static let ours = "H33010200001202611220930000042"
    private static let fact = PlatformFact.upload(Told.upload(.change, isBatch: true))

    private static func answer(_ members: String) -> PlatformAnswer { Answers.of("{\(members)}") }

    @Test(
        "is an infcode and nothing else",
        arguments: [
            Case("a text", answer(#""infcode":"0""#), "done"), Case("a number", answer(#""infcode":0,"output":null"#), "done"),
            Case("our number", answer(#""infcode":0,"inf_refmsgid":"\#(ours)""#), "done"),
            Case("the platform's own number", answer(#""infcode":0,"inf_refmsgid":"460000202611220930011234567890""#), "done"),
            Case("another's number", answer(#""infcode":0,"inf_refmsgid":"H33010200001202611220930000043""#), "unclear"),
            Case("a no", answer(#""infcode":"1","err_msg":"产品不存在""#), "doubtful"),
            Case("a no by our number", answer(#""infcode":"1","err_msg":"产品不存在","inf_refmsgid":"\#(ours)""#), "refused"),
            Case("the front end's failure", answer(#""code":"999","msg":"调用失败""#), "unclear"),
            Case("a platform in trouble", answer(#""infcode":-1,"err_msg":"x""#), "unclear"),
            Case("a token that is gone", answer(#""infcode":1,"err_msg":"令牌无效，请重新获取令牌""#), "needs token"),
            Case("too often", answer(#""infcode":1,"err_msg":"该接口访问间隔为5秒！""#), "not done"),
            Case("an infcode of the wrong kind", answer(#""infcode":{}"#), "unclear"), Case("no code", answer(""), "unclear"),
            Case("data of the wrong kind", answer(#""infcode":0,"output":{"data":1}"#), "unclear"),
        ])
    func replies(example: Case) throws {
        for code in Platforms.stock {
            let reply = try Platforms.dialect(code).reply(in: example.answer, to: Self.fact, stamped: Platforms.stamp)
            #expect(reply.kind == example.kind, "\(reply)")
        }
    }

    @Test("holds a token, also when the one before is still good")
    func tokens() throws {
        let dialect = try Platforms.dialect("hainan-drugs")
        let token = #""output":{"data":{"accessToken":"T"}}"#
        #expect(dialect.token(in: Self.answer(#""infcode":0,\#(token)"#)) == .token("T", lasting: .seconds(1_800)))
        #expect(
            dialect.token(in: Self.answer(#""infcode":1,"err_msg":"令牌有效期超过5分钟，不能再次获取令牌",\#(token)"#))
                == .token("T", lasting: .seconds(300)))
        #expect(dialect.token(in: Self.answer(#""infcode":0"#)) == .unclear("the answer has no accessToken"))
        let request = try #require(try dialect.tokenRequest(stamped: Platforms.stamp))
        #expect(String(decoding: request.body, as: UTF8.self).hasSuffix(#","input":{}}"#))
    }

    @Test("is at most a hundred rows, and five seconds to the next")
    func limits() throws {
        func refusal(_ count: Int64) throws -> PlatformUntellable? {
            var upload = Told.upload(.change, isBatch: true)
            upload.records = (0..<count).map { Told.uploadRecord(.change, number: 20 + $0) }
            let dialect = try Platforms.dialect("hainan-drugs")
            do {
                _ = try dialect.request(telling: .upload(upload), stamped: Platforms.stamp)
                return nil
            } catch {
                return error
            }
        }
        #expect(try refusal(100) == nil)
        #expect(try refusal(101)?.reason == "has 101 lines; the platform takes 100")
        for code in Platforms.stock {
            let limits = try Platforms.catalogue(code).description.limits
            #expect(limits.pause == .seconds(5) && limits.requestsAtOnce == 1)
        }
    }

    @Test("says of a purchase that stock came in, and of a sale who bought and what, which is masked in what is kept")
    func contents() throws {
        func text(_ kind: PlatformUploadKind, shown: Bool = false, at code: String = "hainan-drugs") throws -> String {
            let request = try Platforms.dialect(code).request(telling: .upload(Told.upload(kind)), stamped: Platforms.stamp)
            return String(decoding: shown ? request.shownBody : request.body, as: UTF8.self)
        }
        #expect(try text(.purchase).contains(#""infno":"8502""#) && text(.purchase).contains(#""invChgType":"108""#))
        #expect(try text(.purchaseReturn).contains(#""invChgType":"109""#) && text(.change).contains(#""invChgType":"104""#))
        #expect(try text(.sale).contains(#""infno":"8504""#) && text(.sale, at: "hainan-consumables").contains(#""infno":"8509""#))
        #expect(try text(.sale).contains(#""psnName":"张三丰""#) && text(.sale).contains(#""selRetnTime":"2026-11-22""#))
        for secret in ["张三丰", "330102199003070012", "33000000000000000001", "tok-1"] {
            #expect(try text(.sale).contains(secret) && !text(.sale, shown: true).contains(secret))
        }
    }

    @Test("cannot be asked about, so that a person looks at what a lost answer leaves open")
    func recovery() throws {
        for code in Platforms.stock {
            let (catalogue, dialect) = (try Platforms.catalogue(code), try Platforms.dialect(code))
            #expect(catalogue.askable.isEmpty && catalogue.tellable.count == 10)
            for kind in catalogue.tellable { #expect(dialect.recovery(of: Told.fact(kind)) == .none) }
            for kind in [PlatformUploadKind.count, .deletion] {
                #expect(throws: PlatformUntellable.self) {
                    try dialect.request(telling: .upload(Told.upload(kind)), stamped: Platforms.stamp)
                }
            }
            #expect(throws: PlatformUntellable.self) {
                try dialect.request(asking: Told.uploads(.counts), after: nil, stamped: Platforms.stamp)
            }
        }
    }
}
