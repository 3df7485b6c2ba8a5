import AsyncHTTPClient
import EmbeddedPostgres
import Foundation
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

@Suite("Serving from the command line")
struct ServeCommandTests {
    @Test("Ctrl-C stops the service and its database", arguments: [SIGINT, SIGTERM])
    func stopsCleanly(signal: Int32) async throws {
        try await withProgram { program in
            let service = try await program.serve()
            let url = try await service.wait(for: "  API ")
            let answer = try await HTTPClient.shared.execute(HTTPClientRequest(url: url), timeout: .seconds(20))
            #expect(answer.status.code == 200)
            #expect(try program.serverProcess != nil)
            service.send(signal)
            let outcome = await service.outcome()
            #expect(outcome.code == 0, "\(outcome)")
            #expect(outcome.errors.contains("database stopped"), "\(outcome)")
            #expect(try program.serverProcess == nil)
        }
    }

    @Test("after kill -9 the next start takes over the database that was left running")
    func recoversFromKill() async throws {
        try await withProgram { program in
            let killed = try await program.serve()
            killed.send(SIGKILL)
            _ = await killed.outcome()
            let left = try #require(try program.serverProcess)
            let service = try await program.serve()
            #expect(try program.serverProcess == left)
            service.send(SIGINT)
            #expect(await service.outcome().code == 0)
            #expect(try program.serverProcess == nil)
        }
    }

    @Test("a second service on the same data directory is refused, and the first goes on")
    func refusesASecond() async throws {
        try await withProgram { program in
            let first = try await program.serve()
            let second = try await program.run("serve", "--port", "0")
            #expect(second.code == 1)
            #expect(
                second.errors.hasPrefix("lianyao: The data directory \(program.dataDirectory) is in use by process "), "\(second)")
            // Other commands may use the database meanwhile.
            #expect(try await program.run("verify").code == 0)
            first.send(SIGINT)
            #expect(await first.outcome().code == 0)
        }
    }

    @Test("a port in use is one sentence, and no database is made")
    func portInUse() async throws {
        try await withProgram { program in
            let (listener, port) = try listenOnLoopback()
            defer { close(listener) }
            let outcome = try await program.run("serve", "--port", "\(port)")
            #expect(outcome.code == 1)
            #expect(
                outcome.errors
                    == "lianyao: Port \(port) of 127.0.0.1 is in use by another program: choose another with --port.\n")
            #expect(!FileManager.default.fileExists(atPath: program.dataDirectory))
        }
    }
}
