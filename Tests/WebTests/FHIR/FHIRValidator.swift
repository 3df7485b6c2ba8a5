import Foundation
import Primitives
import TestSupport
import Testing

/// The models of FHIR R4 in the Python package fhir.resources: an implementation of the standard that is not ours.
/// `scripts/install --tests` puts it beside the build.
enum FHIRValidator {
    private static let python = "\(repositoryRoot)/.build/fhir-validator/bin/python"

    /// Whether the validator is there. Where it is not, the test cannot run and says so loudly; in continuous integration it
    /// fails.
    static func isThere(for test: String = #function) -> Bool {
        if FileManager.default.isExecutableFile(atPath: python) { return true }
        if ProcessInfo.processInfo.environment["CI"] == "true" { Issue.record("\(python) is absent: scripts/install --tests") }
        FileHandle.standardError.write(Data("NOT RUN: \(python) is absent, run scripts/install --tests: \(test)\n".utf8))
        return false
    }

    /// What is wrong with each resource, `ok` when nothing is.
    static func verdicts(on resources: [String]) throws -> [String] {
        let program = Process()
        program.executableURL = URL(fileURLWithPath: python)
        program.arguments = ["\(repositoryRoot)/Tests/WebTests/FHIR/validate.py"]
        let file = FileManager.default.temporaryDirectory.appending(path: "fhir-\(UUID().uuidString)")
        try resources.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let output = Pipe()
        program.standardInput = try FileHandle(forReadingFrom: file)
        program.standardOutput = output
        try program.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        program.waitUntilExit()
        try #require(program.terminationStatus == 0, "validate.py failed")
        let verdicts = text.split(separator: "\n").map(String.init)
        try #require(verdicts.count == resources.count)
        return verdicts
    }
}
