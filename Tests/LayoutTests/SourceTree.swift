import Foundation
import TestSupport

/// The files of the repository as text.
enum SourceTree {
    struct File: Sendable, CustomStringConvertible {
        /// From the repository's root.
        let path: String
        let text: String

        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        var description: String { path }
    }

    /// The files below `folder` whose names end with one of `endings`, in the order of their paths.
    static func files(below folder: String, _ endings: String...) -> [File] {
        let root = "\(repositoryRoot)/\(folder)"
        let paths = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return paths.filter { path in endings.contains { path.hasSuffix($0) } }.sorted().compactMap { path in
            (try? String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)).map { File(path: "\(folder)/\(path)", text: $0) }
        }
    }

    /// The places where `pattern` stands in a line of code; comments do not count.
    static func places(of pattern: String, in files: [File], comment: String = "//") throws -> [String] {
        let expression = try NSRegularExpression(pattern: pattern)
        return files.flatMap { file in
            file.lines.enumerated().compactMap { number, line in
                let code = line.range(of: comment).map { String(line[..<$0.lowerBound]) } ?? String(line)
                let range = NSRange(code.startIndex..., in: code)
                return expression.firstMatch(in: code, range: range) == nil ? nil : "\(file.path):\(number + 1): \(line)"
            }
        }
    }
}
