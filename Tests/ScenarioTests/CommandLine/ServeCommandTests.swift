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
            let (listener, port) = try listen()
            defer { close(listener) }
            let outcome = try await program.run("serve", "--port", "\(port)")
            #expect(outcome.code == 1)
            #expect(
                outcome.errors
                    == "lianyao: Port \(port) of 127.0.0.1 is in use by another program: choose another with --port.\n")
            #expect(!FileManager.default.fileExists(atPath: program.dataDirectory))
        }
    }

    private struct NoSocket: Error {}

    /// Listens on a free port of the machine itself.
    private func listen() throws -> (socket: Int32, port: Int) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listener, generic, length) == 0 && Foundation.listen(listener, 1) == 0
                    && getsockname(listener, generic, &length) == 0
            }
        }
        guard isListening else { throw NoSocket() }
        return (listener, Int(UInt16(bigEndian: address.sin_port)))
    }
}
