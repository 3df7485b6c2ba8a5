import EmbeddedPostgres
import Foundation
import TestSupport

/// The program as a process of its own, as a person starts it.
struct ProgramUnderTest: Sendable {
    /// Where its database is.
    let dataDirectory: String

    /// What a finished run said.
    struct Outcome: Sendable {
        let code: Int32
        let output: String
        let errors: String
    }

    /// The server's process of the data directory, when one runs.
    var serverProcess: Int32? {
        get throws { try Cluster(directory: dataDirectory).serverProcess }
    }

    /// Runs `lianyao <arguments> --data-directory …` to its end.
    func run(_ arguments: String..., home: String = repositoryRoot) async throws -> Outcome {
        try await run(arguments, home: home)
    }

    func run(_ arguments: [String], home: String = repositoryRoot) async throws -> Outcome {
        try await StartedProgram(arguments + ["--data-directory", dataDirectory], home: home).outcome()
    }

    /// Starts `lianyao serve` on a free port and waits until it takes requests.
    func serve() async throws -> StartedProgram {
        let service = try StartedProgram(["serve", "--port", "0", "--data-directory", dataDirectory], home: repositoryRoot)
        try await service.wait(for: "is ready")
        return service
    }
}

/// Lends a data directory of its own to `body`; afterwards no server runs there and it is gone.
func withProgram(isolation: isolated (any Actor)? = #isolation, _ body: (ProgramUnderTest) async throws -> Void) async throws {
    let parent = URL(fileURLWithPath: NSTemporaryDirectory()).standardizedFileURL.resolvingSymlinksInPath().path
    let directory = "\(parent)/lianyao-cli-\(UUID().uuidString.prefix(8))"
    func clear() throws {
        let cluster = try Cluster(directory: directory)
        if cluster.serverProcess != nil {
            try cluster.start()
            try cluster.stopImmediately()
        }
        if FileManager.default.fileExists(atPath: directory) { try FileManager.default.removeItem(atPath: directory) }
    }
    do {
        try await body(ProgramUnderTest(dataDirectory: directory))
    } catch {
        try? clear()
        throw error
    }
    try clear()
}
