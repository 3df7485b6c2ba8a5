import Curl
import Foundation
import Testing

@Suite("Limits")
struct LimitTests {
    private func limits(_ set: (inout CurlLimits) -> Void) -> CurlLimits {
        var limits = CurlLimits.patient
        set(&limits)
        return limits
    }

    @Test(
        "an answer of exactly the limit is taken, one byte more is not",
        arguments: [true, false])
    func answerBytes(hasLength: Bool) async throws {
        try await ScriptedServer.run({ request in
            let body = [UInt8](repeating: 65, count: Int(request.target.dropFirst()) ?? 0)
            return hasLength ? [.answer(body: body)] : [.send("HTTP/1.0 200 OK\r\n\r\n"), .send(body), .close]
        }) { server in
            try await withClient { client in
                let limits = limits { $0.answerBytesMax = 40_000 }
                #expect(try await client.send(ask("GET", server.url("/40000"), limits: limits)).body.count == 40_000)
                let error = try await failure(of: ask("GET", server.url("/40001"), limits: limits), by: client)
                #expect(error.kind == .answerTooLarge && error.mayHaveArrived)
            }
        }
    }

    @Test("headers are limited together")
    func headerBytes() async throws {
        try await ScriptedServer.run({ _ in [.answer(headers: (0..<100).map { "X-\($0): \(String(repeating: "y", count: 90))" })] })
        { server in
            try await withClient { client in
                let error = try await failure(
                    of: ask("GET", server.url(), limits: limits { $0.headerBytesMax = 5_000 }), by: client)
                #expect(error.kind == .answerTooLarge)
                #expect(try await client.send(ask("GET", server.url())).head.headers.count == 101)
            }
        }
    }

    @Test("what is compressed counts as it is when unpacked: a small bomb stops at the limit")
    func bomb() async throws {
        let bomb = try Self.gzip(zeros: 200_000_000)
        #expect(bomb.count < 1_000_000)
        try await ScriptedServer.run({ request in
            [.answer(headers: ["Content-Encoding: gzip"], body: request["accept-encoding"] == "gzip, deflate" ? bomb : [])]
        }) { server in
            try await withClient { client in
                let limits = limits { $0.answerBytesMax = 16 << 20 }
                let error = try await failure(of: ask("GET", server.url(), limits: limits), by: client)
                #expect(error.kind == .answerTooLarge)
                let plain = try await client.send(ask("GET", server.url(), limits: self.limits { $0.takesCompressed = false }))
                #expect(plain.body.isEmpty)
            }
        }
        let small = try Self.gzip(zeros: 100_000)
        try await ScriptedServer.run({ _ in [.answer(headers: ["Content-Encoding: gzip"], body: small)] }) { server in
            try await withClient { client in
                let answer = try await client.send(ask("GET", server.url()))
                #expect(answer.body == [UInt8](repeating: 0, count: 100_000))
            }
        }
    }

    @Test("a bomb that is read piece by piece stops at the limit, also while nobody reads")
    func streamedBomb() async throws {
        let bomb = try Self.gzip(zeros: 200_000_000)
        try await ScriptedServer.run({ _ in [.answer(headers: ["Content-Encoding: gzip"], body: bomb)] }) { server in
            try await withClient { client in
                let limits = limits { $0.answerBytesMax = 16 << 20 }
                let error = await #expect(throws: CurlError.self) {
                    try await client.stream(ask("GET", server.url(), limits: limits)) { _, body in
                        var count = 0
                        for try await bytes in body { count += bytes.count }
                        Issue.record("ended well after \(count) bytes")
                    }
                }
                #expect(error?.kind == .answerTooLarge)
            }
        }
    }

    @Test("trailers count as headers")
    func trailers() async throws {
        let line = "X-Trailer: " + String(repeating: "y", count: 1_000) + "\r\n"
        let script: ScriptedServer.Script = { _ in
            [
                .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n"),
                .send(String(repeating: line, count: 100) + "\r\n"),
            ]
        }
        try await ScriptedServer.run(script) { server in
            try await withClient { client in
                #expect(try await failure(of: ask("GET", server.url()), by: client).kind == .answerTooLarge)
                let answer = try await client.send(ask("GET", server.url(), limits: limits { $0.headerBytesMax = 1 << 20 }))
                #expect(answer.body == [97])
            }
        }
    }

    @Test(
        "each limit of time has its own name",
        arguments: [
            ([.wait(milliseconds: 60_000)], .totalTooLong),
            ([.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"), .wait(milliseconds: 60_000)], .totalTooLong),
            ([.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx")], .tooSlow),
            ([.send("HTTP/1.1 200 OK\r\n")], .tooSlow),
        ] as [([Act], CurlError.Kind)])
    func times(acts: [Act], kind: CurlError.Kind) async throws {
        try await ScriptedServer.run({ _ in acts }) { server in
            try await withClient { client in
                let limits = limits {
                    $0.total = kind == .totalTooLong ? .milliseconds(200) : .seconds(60)
                    $0.slow = .seconds(1)
                }
                let error = try await failure(of: ask("POST", server.url(), body: [1], limits: limits), by: client)
                #expect(error.kind == kind && error.mayHaveArrived, "\(error)")
            }
        }
    }

    @Test("a server that never says hello is given up, and nothing was sent")
    func connecting() async throws {
        try await ScriptedServer.run(readsBodies: false) { server in
            try await withClient { client in
                let limits = limits { $0.connecting = .milliseconds(200) }
                let error = try await failure(
                    of: ask("POST", server.url(scheme: "https"), body: [1], limits: limits), by: client)
                #expect(error.kind == .connectingTooSlow && !error.mayHaveArrived)
            }
        }
    }

    @Test("a redirect is followed only when asked for, as often as asked, and never out of HTTP")
    func redirects() async throws {
        try await ScriptedServer.run({ request in
            switch request.target {
            case "/file": [.answer(status: "302 Found", headers: ["Location: file:///etc/hostname"])]
            case "/0": [.answer("there")]
            case let path:
                [
                    .answer(
                        status: "302 Found", headers: ["Location: /\((Int(path.dropFirst()) ?? 0) - 1)"], body: Array("moved".utf8))
                ]
            }
        }) { server in
            try await withClient { client in
                #expect(try await client.send(ask("GET", server.url("/1"))).status == 302)
                let limits = limits { $0.redirectsMax = 2 }
                let answer = try await client.send(ask("GET", server.url("/2"), limits: limits))
                #expect(answer.status == 200 && answer.body == Array("there".utf8) && answer.head["location"] == nil)
                #expect(
                    try await failure(of: ask("GET", server.url("/3"), limits: limits), by: client).kind
                        == .tooManyRedirects)
                let toFile = try await failure(of: ask("GET", server.url("/file"), limits: limits), by: client)
                guard case .misuse = toFile.kind else { return #expect(Bool(false), "\(toFile)") }
                let withBody = try await failure(of: ask("POST", server.url("/1"), body: [1], limits: limits), by: client)
                guard case .misuse = withBody.kind else { return #expect(Bool(false), "\(withBody)") }
            }
        }
    }

    /// As many zero bytes, packed by the program `gzip`.
    private static func gzip(zeros: Int) throws -> [UInt8] {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "head -c \(zeros) /dev/zero | gzip -9"]
        process.standardOutput = output
        try process.run()
        defer { process.waitUntilExit() }
        return Array(output.fileHandleForReading.readDataToEndOfFile())
    }
}
