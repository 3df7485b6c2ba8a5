import Curl
import Primitives
import Testing

@Suite("Bodies piece by piece")
struct StreamTests {
    /// Pieces given one after the other.
    struct Pieces: AsyncSequence, Sendable {
        let pieces: [[UInt8]]
        var failsAfter: Int?
        struct Broken: Error {}

        func makeAsyncIterator() -> Iterator { Iterator(pieces: self) }

        struct Iterator: AsyncIteratorProtocol {
            let pieces: Pieces
            var index = 0
            mutating func next() async throws -> [UInt8]? {
                if index == pieces.failsAfter { throw Broken() }
                guard index < pieces.pieces.count else { return nil }
                defer { index += 1 }
                return pieces.pieces[index]
            }
        }
    }

    private func echo(_ request: SeenRequest) -> [Act] { [.answer(body: request.body)] }

    @Test("any pieces arrive as one body and come back as one", arguments: UInt64(0)..<12)
    func roundTrip(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let pieces = (0..<Int.random(in: 0...12, using: &random)).map { _ in
            (0..<Int.random(in: 0...40_000, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        let whole = pieces.flatMap { $0 }
        try await ScriptedServer.run(echo) { server in
            try await withClient { client in
                let upload = CurlUpload(Pieces(pieces: pieces), length: seed % 2 == 0 ? whole.count : nil)
                let body = try await client.stream(ask("POST", server.url()), uploading: upload) { head, body in
                    #expect(head.status == 200)
                    return try await body.reduce(into: []) { $0 += $1 }
                }
                #expect(body == whole)
            }
            #expect(server.seen.map(\.body) == [whole])
            #expect(server.seen[0]["transfer-encoding"] == (seed % 2 == 0 ? nil : "chunked"))
        }
    }

    @Test("while nobody reads, the server waits")
    func waitsForTheReader() async throws {
        let piece = [UInt8](repeating: 1, count: 1 << 16)
        let script: ScriptedServer.Script = { _ in [.send("HTTP/1.0 200 OK\r\n\r\n"), .pour(piece, times: 1_024), .close] }
        try await ScriptedServer.run(script) { server in
            try await withClient { client in
                let count = try await client.stream(ask("GET", server.url(), limits: .patient)) { _, body in
                    await server.waits { $0.sent > 1 << 17 }
                    var count = 0
                    var most = 0
                    for try await bytes in body {
                        if count == 0 { #expect(server.counts.sent < 16 << 20) }
                        count += bytes.count
                        most = max(most, bytes.count)
                    }
                    #expect(most <= 256 << 10 && body.timings != nil)
                    return count
                }
                #expect(count == 64 << 20)
            }
        }
    }

    @Test("a head is lent before the body has come, and leaving early ends the transfer")
    func leavesEarly() async throws {
        let script: ScriptedServer.Script = { _ in
            [.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"), .wait(milliseconds: 60_000)]
        }
        try await ScriptedServer.run(script) { server in
            try await withClient { client in
                let status = try await client.stream(ask("GET", server.url())) { head, _ in head.status }
                #expect(status == 200)
                await server.waits { $0.open == 0 }
                struct Enough: Error {}
                await #expect(throws: Enough.self) {
                    try await client.stream(ask("GET", server.url())) { _, _ in throw Enough() }
                }
                await server.waits { $0.connections == 2 && $0.open == 0 }
            }
        }
    }

    @Test("an upload that breaks, lies about its length or is too long ends the request")
    func badUploads() async throws {
        try await ScriptedServer.run(echo) { server in
            try await withClient { client in
                func send(_ upload: CurlUpload, limits: CurlLimits = .patient) async throws {
                    try await client.stream(ask("POST", server.url(), limits: limits), uploading: upload) { _, _ in }
                }
                let pieces = [[UInt8]](repeating: [1, 2, 3, 4], count: 4)
                #expect(
                    await #expect(throws: CurlError.self) { try await send(CurlUpload(Pieces(pieces: pieces, failsAfter: 2))) }?
                        .kind == .uploadFailed)
                #expect(
                    await #expect(throws: CurlError.self) {
                        try await send(CurlUpload(Pieces(pieces: pieces, failsAfter: 0), length: 16))
                    }?.kind == .uploadFailed)
                for length in [15, 17] {
                    let error = await #expect(throws: CurlError.self) {
                        try await send(CurlUpload(Pieces(pieces: pieces), length: length))
                    }
                    #expect(error?.kind == .uploadFailed)
                }
                var limits = CurlLimits.patient
                limits.uploadBytesMax = 15
                let error = await #expect(throws: CurlError.self) {
                    try await send(CurlUpload(Pieces(pieces: pieces)), limits: limits)
                }
                #expect(error?.kind == .uploadTooLarge)
                limits.uploadBytesMax = 16
                try await send(CurlUpload(Pieces(pieces: pieces)), limits: limits)
            }
            #expect(server.seen.count == 1)
        }
    }

    @Test("an upload that was given up never looks complete to the server")
    func cutShort() async throws {
        try await ScriptedServer.run(echo) { server in
            try await withClient { client in
                for round in 1...20 {
                    let (pieces, feed) = AsyncStream.makeStream(of: [UInt8].self)
                    feed.yield([1, 2, 3])
                    let task = Task {
                        try await client.stream(ask("POST", server.url()), uploading: CurlUpload(pieces)) { _, _ in }
                    }
                    await server.waits { $0.connections == round }
                    task.cancel()
                    await #expect(throws: CurlError.self) { try await task.value }
                    await server.waits { $0.open == 0 }
                }
            }
            #expect(server.seen.isEmpty)
        }
    }

    @Test("a server that answers before it has read everything is heard")
    func earlyAnswer() async throws {
        let script: ScriptedServer.Script = { _ in
            [.answer(status: "413 Too Large", headers: ["Connection: close"]), .wait(milliseconds: 100), .close]
        }
        try await ScriptedServer.run(readsBodies: false, script) { server in
            try await withClient { client in
                let upload = CurlUpload(Pieces(pieces: [[UInt8]](repeating: [UInt8](repeating: 1, count: 1 << 16), count: 100)))
                let status = try await client.stream(ask("POST", server.url()), uploading: upload) { head, _ in head.status
                }
                #expect(status == 413)
                let (endless, _) = AsyncStream.makeStream(of: [UInt8].self)
                let again = try await client.stream(ask("POST", server.url()), uploading: CurlUpload(endless)) { head, _ in
                    head.status
                }
                #expect(again == 413)
            }
        }
    }
}
