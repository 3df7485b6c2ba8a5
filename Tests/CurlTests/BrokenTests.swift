import Curl
import Testing

@Suite("Answers that break")
struct BrokenTests {
    @Test(
        "every way of breaking off is told, and that the request may have arrived",
        arguments: [
            ([.reset], .broken), ([.close], .broken), ([.finish, .wait(milliseconds: 20), .close], .broken),
            ([.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), .reset], .broken),
            ([.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), .finish], .broken),
            ([.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n"), .close], .broken),
            ([.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"), .close], .broken),
            ([.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n"), .wait(milliseconds: 50)], .broken),
            ([.send("<html>who are you?</html>\r\n\r\n"), .close], .malformed),
            ([.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd")], .malformed),
        ] as [([Act], CurlError.Kind)])
    func breaks(acts: [Act], kind: CurlError.Kind) async throws {
        try await ScriptedServer.run({ _ in acts }) { server in
            try await withClient { client in
                let error = try await failure(of: ask("POST", server.url(), body: [1, 2, 3]), by: client)
                #expect(error.kind == kind, "\(error)")
                #expect(error.mayHaveArrived && error.server == server.url("") && error.code != 0)
            }
            #expect(server.seen.count == 1)
        }
    }

    @Test("nobody listens: certainly not sent")
    func nobodyListens() async throws {
        let port = try ReservedPort()
        try await withClient { client in
            let error = try await failure(of: ask("POST", "http://127.0.0.1:\(port.number)/", body: [1]), by: client)
            #expect(error.kind == .cannotConnect && !error.mayHaveArrived)
            let unknown = try await failure(of: ask("GET", "http://nobody.invalid/"), by: client)
            #expect(unknown.kind == .cannotResolve && !unknown.mayHaveArrived)
        }
    }

    @Test(
        "a request that must not be repeated is sent once, also when the kept connection breaks under it",
        arguments: ["POST", "DELETE"], [[1, 2, 3], [], nil] as [[UInt8]?])
    func neverTwice(method: String, body: [UInt8]?) async throws {
        try await ScriptedServer.run({ request in
            request.target == "/first" ? [.answer("x")] : [.reset]
        }) { server in
            try await withClient { client in
                for _ in 0..<5 {
                    _ = try await client.send(ask("GET", server.url("/first")))
                    let error = try await failure(of: ask(method, server.url("/second"), body: body), by: client)
                    #expect(error.kind == .broken && error.mayHaveArrived)
                }
            }
            #expect(server.seen.filter { $0.target == "/second" }.count == 5)
        }
    }

    @Test("a request that may be repeated is, when the kept connection breaks under it", arguments: ["GET", "PUT"])
    func repeats(method: String) async throws {
        try await ScriptedServer.run({ request in
            request.target == "/first" || request.connection > 1 ? [.answer(headers: [], body: request.body)] : [.reset]
        }) { server in
            try await withClient { client in
                _ = try await client.send(ask("GET", server.url("/first")))
                var request = ask(method, server.url("/second"), body: method == "PUT" ? [7, 8] : nil)
                request.mayBeRepeated = true
                let answer = try await client.send(request)
                #expect(answer.status == 200 && answer.body == request.body ?? [])
            }
            #expect(server.seen.map(\.target) == ["/first", "/second", "/second"])
        }
    }

    @Test("a server that closes an idle connection costs no answer to what may be repeated")
    func closedWhileIdle() async throws {
        try await ScriptedServer.run({ _ in [.answer("x"), .close] }) { server in
            try await withClient { client in
                for round in 1...5 {
                    var request = ask("POST", server.url(), body: [1])
                    request.mayBeRepeated = true
                    let answer = try await client.send(request)
                    #expect(answer.status == 200 && answer.body == [120])
                    await server.waits { $0.connections >= round && $0.open == 0 }
                }
            }
        }
    }
}
