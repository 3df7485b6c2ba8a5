import Curl
import Testing

@Suite("A request and its answer")
struct ExchangeTests {
    @Test("method, path, headers and body arrive as they are, and so does the answer")
    func arrivesAsIs() async throws {
        let body = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let script: ScriptedServer.Script = { request in
            let head = "HTTP/1.1 201 Created\r\nX-One: 1\r\nx-two:  2\r\nX-One: 3\r\nContent-Length: \(request.body.count)\r\n\r\n"
            return [.send(head), .send(request.body)]
        }
        try await ScriptedServer.run(script) { server in
            try await withClient { client in
                let headers = [CurlHeader("X-Ca-Key", "a: b"), CurlHeader("X-Empty", ""), CurlHeader("x-ca-key", "again")]
                let request = ask("POST", server.url("/a/../b?q=%20"), headers: headers, body: body)
                let answer = try await client.send(request)
                #expect(answer.status == 201 && answer.body == body)
                #expect(answer.head.headers.map(\.name) == ["X-One", "x-two", "X-One", "Content-Length"])
                #expect(answer.head["x-one"] == "1" && answer.head["X-TWO"] == "2" && answer.head["x-three"] == nil)
            }
            let seen = try #require(server.seen.first)
            #expect(seen.method == "POST" && seen.target == "/a/../b?q=%20" && seen.body == body)
            #expect(seen.headers.filter { $0.name.lowercased() == "x-ca-key" }.map(\.value) == ["a: b", "again"])
            #expect(seen["x-empty"] == "" && seen["content-length"] == "70000")
            #expect(seen["expect"] == nil && seen["user-agent"] == nil)
        }
    }

    @Test(
        "a body goes with any method, and its absence is said where one is usual",
        arguments: [
            ("GET", nil, nil), ("DELETE", nil, nil), ("OPTIONS", nil, nil), ("POST", nil, "0"), ("PUT", nil, "0"),
            ("PATCH", nil, "0"),
            ("POST", "", "0"), ("PUT", "x", "1"), ("DELETE", "xy", "2"), ("GET", "xyz", "3"),
        ] as [(String, String?, String?)])
    func methods(method: String, body: String?, length: String?) async throws {
        try await ScriptedServer.run({ _ in [.answer("fine")] }) { server in
            try await withClient { client in
                let answer = try await client.send(ask(method, server.url(), body: body.map { Array($0.utf8) }))
                #expect(answer.status == 200 && answer.body == Array("fine".utf8))
            }
            #expect(
                server.seen.map(\.method) == [method] && server.seen[0].text == body ?? ""
                    && server.seen[0]["content-length"] == length)
        }
    }

    @Test(
        "every form of answer is read to its end and no further",
        arguments: [
            ("HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
            (
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                200, "ok"
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: z\r\n\r\n", 200,
                "abcde"
            ),
            ("HTTP/1.1 500 Oh\r\nContent-Length: 3\r\n\r\nbad", 500, "bad"),
            ("HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n", 302, ""),
            ("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", 200, ""),
        ])
    func forms(text: String, status: Int, body: String) async throws {
        try await ScriptedServer.run({ _ in [.send(text)] }) { server in
            try await withClient { client in
                for _ in 0..<2 {
                    let answer = try await client.send(ask("GET", server.url()))
                    #expect(answer.status == status && answer.body == Array(body.utf8))
                    #expect(answer.head["trailer"] == nil && answer.head["link"] == nil)
                }
            }
            #expect(server.counts.connections == 1)
        }
    }

    @Test("an answer without a length ends where the connection does, and HEAD has none")
    func endsWithTheConnection() async throws {
        try await ScriptedServer.run({ request in
            if request.method == "HEAD" { return [.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")] }
            return [.send("HTTP/1.0 200 OK\r\n\r\nabc"), .wait(milliseconds: 20), .send("def"), .close]
        }) { server in
            try await withClient { client in
                #expect(try await client.send(ask("GET", server.url())).body == Array("abcdef".utf8))
                let head = try await client.send(ask("HEAD", server.url()))
                #expect(head.body.isEmpty && head.head["content-length"] == "5")
            }
        }
    }

    @Test("connections are kept and used again, and the phases are told")
    func keepsConnections() async throws {
        try await ScriptedServer.run({ _ in [.wait(milliseconds: 30), .answer("x")] }) { server in
            try await withClient { client in
                let first = try await client.send(ask("GET", server.url())).timings
                #expect(first.connections == 1 && first.connecting > .zero && first.securing == .zero)
                #expect(first.answering >= .milliseconds(29) && first.total >= first.answering)
                let second = try await client.send(ask("POST", server.url(), body: [1])).timings
                #expect(second.answering >= .milliseconds(29))
                #expect(second.connections == 0 && second.connecting == .zero && second.resolving == .zero)
                #expect(
                    client.statistics.handlesMade == 1 && client.statistics.connectionsMade == 1 && client.statistics.answered == 2)
            }
            await server.waits { $0.open == 0 }
        }
    }

    @Test(
        "a request that cannot be made is refused with its reason",
        arguments: [
            ask("get", "http://127.0.0.1/"), ask("", "http://127.0.0.1/"), ask("GET", ""),
            ask("GET", "/path"), ask("GET", "ftp://127.0.0.1/"), ask("GET", "file:///etc/hostname"),
            ask("GET", "http://user:secret@127.0.0.1/"), ask("GET", "http://127.0.0.1/a b"),
            ask("GET", "http://127.0.0.1/\r\nX: y"), ask("GET", "http://127.0.0.1:99999/"),
            ask("GET", "http://127.0.0.1/", headers: [CurlHeader("X Y", "z")]),
            ask("GET", "http://127.0.0.1/", headers: [CurlHeader("", "z")]),
            ask("GET", "http://127.0.0.1/", headers: [CurlHeader("X", "a\r\nY: b")]),
            ask("GET", "http://127.0.0.1/", headers: [CurlHeader("X", "a\u{0}b")]),
            ask("HEAD", "http://127.0.0.1/", body: [1]),
            ask("POST", "http://127.0.0.1/", headers: [CurlHeader("content-length", "2")], body: [1]),
            ask("POST", "http://127.0.0.1/", headers: [CurlHeader("Transfer-Encoding", "chunked")], body: [1]),
            ask("POST", "http://127.0.0.1/", headers: [CurlHeader("Expect", "100-continue")], body: [1]),
        ])
    func misuse(request: CurlRequest) async throws {
        try await withClient { client in
            let error = try await failure(of: request, by: client)
            guard case .misuse(let reason) = error.kind else { return #expect(Bool(false), "\(error)") }
            #expect(!reason.isEmpty && !error.mayHaveArrived && !"\(error)".contains("secret"))
        }
    }

    @Test("what is sent and what fails is told without secrets")
    func withoutSecrets() async throws {
        let certificate = CurlClientCertificate(chain: Array("public".utf8), key: Array("secret".utf8), passphrase: "secret")
        var request = ask(
            "POST", "http://127.0.0.1:1/secret", headers: [CurlHeader("Authorization", "secret")], body: Array("secret".utf8))
        request.route.clientCertificate = certificate
        request.route.proxy = CurlProxy("http://127.0.0.1:1", user: "secret", password: "secret")
        #expect(!"\(request.headers) \(request.route)".contains("secret"))
        #expect(!String(reflecting: request).contains("secret"))
        var dumped = ""
        dump(request, to: &dumped)
        #expect(!dumped.contains("secret"))
    }
}
