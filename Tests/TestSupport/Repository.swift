import Foundation

/// The root of the repository the tests were built from.
public let repositoryRoot: String = {
    // <root>/Tests/TestSupport/Repository.swift
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
}()

/// Data that is too large for the repository and stands beside it, in `shared/data`.
public enum SharedData {
    public static let directory = URL(fileURLWithPath: repositoryRoot).deletingLastPathComponent().path + "/shared/data"

    /// The absolute path of `path` under ``directory``; `nil`, said loudly, when it is absent and `test` cannot run.
    public static func require(_ path: String, for test: String = #function) -> String? {
        let full = "\(directory)/\(path)"
        guard FileManager.default.fileExists(atPath: full) else {
            FileHandle.standardError.write(Data("NOT RUN: \(full) is absent: \(test)\n".utf8))
            return nil
        }
        return full
    }
}
