import Foundation
import PlatformMessages
import TestSupport
import Testing

/// `LIANYAO_WRITE_GOLDEN=1` writes the files anew, for reading in review.
@Suite("Every message of every platform, to the byte")
struct GoldenTests {
    @Test("is told and answered as its file says", arguments: Platforms.golden)
    func tells(code: String) throws {
        let catalogue = try Platforms.catalogue(code)
        let dialect = catalogue.dialect(for: Platforms.account(at: code))
        for kind in PlatformFactKind.allCases where catalogue.tellable.contains(kind) {
            let fact = Platforms.national.contains(code) ? Told.fact(kind).boughtAs("1") : Told.fact(kind)
            let request = try dialect.request(telling: fact, stamped: Platforms.stamp)
            #expect(!request.mayBeRepeated)
            let answer = try Recorded.answer(code, kind.rawValue)
            let reply = dialect.reply(in: answer, to: fact, stamped: Platforms.stamp)
            try hold(Golden.text(request, answer, reply), code, kind.rawValue)
        }
    }

    @Test("is told in another way for emergencies", arguments: Platforms.national)
    func emergencies(code: String) throws {
        let dialect = try Platforms.dialect(code)
        for kind in [PlatformFactKind.createOrder, .changeOrder] {
            let fact = Told.fact(kind).boughtAs("4")
            let request = try dialect.request(telling: fact, stamped: Platforms.stamp)
            let answer = try Recorded.answer(code, "emergency-\(kind.rawValue)")
            let reply = dialect.reply(in: answer, to: fact, stamped: Platforms.stamp)
            try hold(Golden.text(request, answer, reply), code, "emergency-\(kind.rawValue)")
        }
    }

    @Test("is asked and answered as its file says", arguments: Platforms.golden)
    func asks(code: String) throws {
        let catalogue = try Platforms.catalogue(code)
        let dialect = catalogue.dialect(for: Platforms.account(at: code))
        for kind in PlatformQuestionKind.allCases where catalogue.askable.contains(kind) {
            let question = Told.question(kind)
            let request = try dialect.request(asking: question, after: nil, stamped: Platforms.stamp)
            #expect(request.mayBeRepeated)
            let answer = try Recorded.answer(code, kind.rawValue)
            let reply = dialect.page(in: answer, to: question, after: nil, stamped: Platforms.stamp)
            guard case .page = reply else {
                Issue.record("\(code) \(kind.rawValue): \(reply)")
                continue
            }
            try hold(Golden.text(request, answer, reply), code, kind.rawValue)
        }
    }

    @Test("asks for a token as its file says", arguments: ["zhejiang-drugs", "zhejiang-consumables"])
    func token(code: String) throws {
        let dialect = try Platforms.dialect(code)
        let request = try #require(try dialect.tokenRequest(stamped: Platforms.stamp))
        let answer = Answers.json("{\"returnCode\":0,\"returnMsg\":\"\",\"accessToken\":\"tok-1\"}")
        try hold(Golden.text(request, answer, dialect.token(in: answer)), code, "token")
    }

    @Test(
        "asks for a token in the national envelope as its file says",
        arguments: Platforms.national + Platforms.stock + ["national-example"])
    func nationalToken(code: String) throws {
        let dialect = try Platforms.dialect(code)
        let request = try #require(try dialect.tokenRequest(stamped: Platforms.stamp))
        let answer = Answers.json("{\"return_code\":1,\"return_msg\":\"\",\"accessToken\":\"tok-1\"}")
        try hold(Golden.text(request, answer, dialect.token(in: answer)), code, "token")
    }

    private func hold(_ text: String, _ code: String, _ message: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let path = "\(Golden.directory)/\(code)/\(message).txt"
        if Golden.isWriting {
            try FileManager.default.createDirectory(atPath: "\(Golden.directory)/\(code)", withIntermediateDirectories: true)
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        let golden = try? String(contentsOfFile: path, encoding: .utf8)
        #expect(golden == text, "\(code) \(message)", sourceLocation: sourceLocation)
    }
}
