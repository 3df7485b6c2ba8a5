import Foundation
import Testing

/// Programs in Python that hold what we do against an implementation that is not ours, with the packages of
/// `scripts/python-tests`. `scripts/install --tests` puts them beside the build.
public enum PythonTests {
    public static let python = "\(repositoryRoot)/.build/python-tests/bin/python"

    /// Whether the packages are there. Where they are not, the test cannot run and says so loudly; in continuous integration
    /// it fails.
    public static func areThere(for test: String = #function) -> Bool {
        if FileManager.default.isExecutableFile(atPath: python) { return true }
        if ProcessInfo.processInfo.environment["CI"] == "true" { Issue.record("\(python) is absent: scripts/install --tests") }
        FileHandle.standardError.write(Data("NOT RUN: \(python) is absent, run scripts/install --tests: \(test)\n".utf8))
        return false
    }

    /// What the program at `path`, from the repository's root, writes for each line: one line.
    ///
    /// - Parameter interpreter: with the packages of `scripts/python-tests` unless told.
    public static func answers(
        to lines: [String], from path: String, _ arguments: [String] = [], by interpreter: String = python
    ) throws -> [String] {
        let program = Process()
        program.executableURL = URL(fileURLWithPath: interpreter)
        program.arguments = ["\(repositoryRoot)/\(path)"] + arguments
        let file = FileManager.default.temporaryDirectory.appending(path: "python-tests-\(UUID().uuidString)")
        try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let output = Pipe()
        program.standardInput = try FileHandle(forReadingFrom: file)
        program.standardOutput = output
        try program.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        program.waitUntilExit()
        try #require(program.terminationStatus == 0, "\(path) failed; its packages come with scripts/install --tests")
        let answers = text.split(separator: "\n").map(String.init)
        try #require(answers.count == lines.count)
        return answers
    }
}
