import Foundation
import Primitives
import ShangMi
import TestSupport
import Testing

@testable import PlatformMessages

/// Signatures of SM2 differ each time, so the one in the file is kept as long as it is good for the same text; all else is compared to
/// the byte. `LIANYAO_WRITE_GOLDEN=1` writes the files anew.
@Suite("Every message of the service hall, to the byte")
struct HallGoldenTests {
    private static let directory = "\(Golden.directory)/national-prescriptions"

    @Test("is told and answered as its file says", arguments: HallMap.factKinds)
    func tells(kind: PlatformFactKind) throws {
        let dialect = try Hall.dialect()
        let request = try dialect.request(telling: Told.fact(kind), stamped: Platforms.stamp)
        let content = try #require(Hall.answers[kind.rawValue])
        let reply = dialect.reply(in: try Hall.answer(content), to: Told.fact(kind), stamped: Platforms.stamp)
        #expect(reply.kind == "done" && !request.mayBeRepeated)
        try hold(request, answered: content, reply, kind.rawValue)
    }

    @Test("is asked and answered as its file says", arguments: HallMap.questionKinds)
    func asks(kind: PlatformQuestionKind) throws {
        let dialect = try Hall.dialect()
        let request = try dialect.request(asking: Told.question(kind), after: nil, stamped: Platforms.stamp)
        let content = try #require(Hall.answers[kind.rawValue])
        let reply = dialect.page(
            in: try Hall.answer(content), to: Told.question(kind), after: nil, stamped: Platforms.stamp)
        #expect(reply.kind == "page" && request.mayBeRepeated)
        try hold(request, answered: content, reply, kind.rawValue)
    }

    private func hold(_ request: PlatformRequest, answered content: String, _ reading: Any, _ message: String) throws {
        let path = "\(Self.directory)/\(message).txt"
        let golden = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let envelope = try JSONValue(parsing: request.body)
        let kept = envelope.members.map { member in
            member.name == "signData" ? .init("signData", goodSignature(in: golden, for: envelope) ?? member.value) : member
        }
        var request = request
        request.body = Array(JSONValue.object(kept).text().utf8)
        var read = ""
        dump(reading, to: &read)
        if case PlatformReply.done(let acknowledgement)? = reading as? PlatformReply {
            for (name, value) in acknowledgement.values.sorted(by: { $0.key < $1.key }) { read += "\(name): \(value)\n" }
        }
        let text = """
            POST \(request.path)
            \(request.headers.map { "\($0.name): \($0.value)\n" }.joined())
            \(String(decoding: request.body, as: UTF8.self))
            === content
            \(try Hall.content(of: request).text())
            === answer
            \(content)
            === reading
            \(read)
            """
        if Golden.isWriting {
            try FileManager.default.createDirectory(atPath: Self.directory, withIntermediateDirectories: true)
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(try text == (Golden.isWriting ? text : String(contentsOfFile: path, encoding: .utf8)), "\(message)")
    }

    /// The signature in the file, when it is one of this envelope.
    private func goodSignature(in golden: String, for envelope: JSONValue) -> JSONValue? {
        let body = golden.split(separator: "\n", omittingEmptySubsequences: false).first { $0.hasPrefix("{\"appId\"") }
        guard let body, let old = try? JSONValue(parsing: String(body)), let encrypted = envelope["encData"]?.string,
            let plain = try? HallCipher(application: Hall.application, secret: Hall.secret).decrypt(encrypted),
            let content = try? JSONValue(parsing: plain), let raw = try? Answered.base64(old["signData"]),
            let signature = try? SM2Signature(raw: raw), let user = try? SM2UserID(Array(Hall.secret.utf8))
        else { return nil }
        let text = Hall.text(envelope.members + [.init("data", content)])
        return Hall.own.publicKey.isValid(signature, of: Array(text.utf8), by: user) ? old["signData"] : nil
    }

    @Test("is sound to an independent program: signature, cipher and fields")
    func independent() throws {
        guard PythonTests.areThere() else { return }
        let files = (HallMap.factKinds.map(\.rawValue) + HallMap.questionKinds.map(\.rawValue))
        let point = Hall.own.publicKey.hexadecimal
        let lines = files.map { "\($0)\t\(Hall.application)\t\(Hall.secret)\t\(point)" }
        for (file, answer) in zip(
            files, try PythonTests.answers(to: lines, from: "Tests/PlatformMessagesTests/independent_hall.py"))
        {
            #expect(answer == "sound", "\(file)")
        }
    }
}
