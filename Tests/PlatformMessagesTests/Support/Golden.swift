import Foundation
import PlatformMessages
import TestSupport

/// Files that hold a request, its answer and what was read in it.
enum Golden {
    static let directory = "\(repositoryRoot)/Tests/PlatformMessagesTests/Golden"
    static let isWriting = ProcessInfo.processInfo.environment["LIANYAO_WRITE_GOLDEN"] == "1"

    static func text(_ request: PlatformRequest, _ answer: PlatformAnswer, _ reading: Any) -> String {
        var read = ""
        dump(reading, to: &read)
        let headers = request.headers.map { "\($0.name): \($0.value)\n" }.joined()
        return """
            POST \(request.path)
            \(headers)
            \(String(decoding: request.body, as: UTF8.self))
            === answer
            \(String(decoding: answer.body, as: UTF8.self))
            === reading
            \(read)
            """
    }

    static func files() throws -> [(platform: String, message: String)] {
        try (Platforms.golden + ["national-stock"]).flatMap { code in
            try FileManager.default.contentsOfDirectory(atPath: "\(directory)/\(code)").sorted().map {
                (code, String($0.dropLast(4)))
            }
        }
    }
}

/// The answers in `Answers`: for each message a title and one line, which holds what stands inside the wire's wrapping.
enum Recorded {
    static func answer(_ code: String, _ message: String) throws -> PlatformAnswer {
        let text = try String(contentsOfFile: "\(repositoryRoot)/Tests/PlatformMessagesTests/Answers/\(code).txt", encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let title = lines.firstIndex(of: "# \(message)"), title + 1 < lines.count else { throw Missing(message: message) }
        let body = String(lines[title + 1])
        if code == "national-example" {
            return Answers.of("{\"infcode\":0,\"inf_refmsgid\":\"H32010000001202611220930000042\",\"output\":\(body)}")
        }
        return code.hasPrefix("shanghai") ? Answers.soap(body, isDrug: code.hasSuffix("drugs")) : Answers.json(body)
    }

    struct Missing: Error {
        var message: String
    }
}
