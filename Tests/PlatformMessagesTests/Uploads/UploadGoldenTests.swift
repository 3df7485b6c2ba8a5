import Foundation
import PlatformMessages
import TestSupport
import Testing

/// `LIANYAO_WRITE_GOLDEN=1` writes the files anew, for reading in review.
@Suite("Every upload to an insurer, to the byte")
struct UploadGoldenTests {
    @Test("is told and answered as its file says, in the form of one and in the form of several")
    func tells() throws {
        let (catalogue, dialect) = (try InsurerPlatform.catalogue(), try InsurerPlatform.dialect())
        #expect(catalogue.tellable.count == 14 && catalogue.askable.count == 6)
        for kind in PlatformFactKind.allCases where catalogue.tellable.contains(kind) {
            let fact = Told.fact(kind)
            let request = try dialect.request(telling: fact, stamped: Platforms.stamp)
            let answer = try InsurerPlatform.recorded(kind.rawValue)
            let reply = dialect.reply(in: answer, to: fact, stamped: Platforms.stamp)
            #expect(reply.kind == "done", "\(kind.rawValue): \(reply)")
            try hold(Golden.text(request, answer, reply), kind.rawValue)
        }
    }

    @Test("is asked about and answered as its file says")
    func asks() throws {
        let (catalogue, dialect) = (try InsurerPlatform.catalogue(), try InsurerPlatform.dialect())
        for kind in PlatformQuestionKind.allCases where catalogue.askable.contains(kind) {
            let question = Told.question(kind)
            let request = try dialect.request(asking: question, after: nil, stamped: Platforms.stamp)
            #expect(request.mayBeRepeated)
            let answer = try InsurerPlatform.recorded(kind.rawValue)
            let reply = dialect.page(in: answer, to: question, after: nil, stamped: Platforms.stamp)
            #expect(reply.kind == "page", "\(kind.rawValue): \(reply)")
            try hold(Golden.text(request, answer, reply), kind.rawValue)
        }
    }

    private func hold(_ text: String, _ message: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let directory = "\(Golden.directory)/\(InsurerPlatform.code)"
        let path = "\(directory)/\(message).txt"
        if Golden.isWriting {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect((try? String(contentsOfFile: path, encoding: .utf8)) == text, "\(message)", sourceLocation: sourceLocation)
    }
}
