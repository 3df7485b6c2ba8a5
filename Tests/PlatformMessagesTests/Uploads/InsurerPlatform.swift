import Foundation
import PlatformMessages
import TestSupport

/// The insurer's platform as it is shipped, spoken to with an account of tests.
enum InsurerPlatform {
    static let code = "national-stock"

    static func catalogue() throws -> PlatformCatalogue { try Platforms.catalogue(code) }

    static func dialect() throws -> any PlatformDialect { try catalogue().dialect(for: Platforms.nationalAccount) }

    /// What the platform answers to a message of the institution `H33010200001` at the stamp of tests.
    ///
    /// - Parameters:
    ///   - output: what stands in it; `nil` for none.
    ///   - isNamed: whether it gives our number back.
    static func answer(_ output: String?, infcode: String = "0", text: String = "", isNamed: Bool = true) -> PlatformAnswer {
        let reference = isNamed ? ",\"inf_refmsgid\":\"H33010200001202611220930000042\"" : ""
        return Answers.of(
            "{\"infcode\":\(infcode),\"err_msg\":\"\(text)\"\(reference)\(output.map { ",\"output\":\($0)" } ?? "")}")
    }

    /// The recorded answer to a kind of message.
    static func recorded(_ message: String) throws -> PlatformAnswer {
        let text = try String(contentsOfFile: "\(repositoryRoot)/Tests/PlatformMessagesTests/Answers/\(code).txt", encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let title = lines.firstIndex(of: "# \(message)"), title + 1 < lines.count else {
            throw Recorded.Missing(message: message)
        }
        return answer(String(lines[title + 1]))
    }
}
