import Curl
import Testing

@Suite("Proxies")
struct ProxyTests {
    @Test("a request goes through the proxy, with the proxy's password and no one else's")
    func plain() async throws {
        try await ScriptedServer.run({ request in
            request["proxy-authorization"] == "Basic dXNlcjpzZWNyZXQ="
                ? [.answer("by proxy")] : [.answer(status: "407 Who are you")]
        }) { proxy in
            try await withClient { client in
                var request = ask("POST", "http://platform.invalid/order", body: [1])
                request.route.proxy = CurlProxy(proxy.url(""), user: "user", password: "secret")
                let answer = try await client.send(request)
                #expect(answer.body == Array("by proxy".utf8))
                request.route.proxy = CurlProxy(proxy.url(""))
                let refused = try await client.send(request)
                #expect(refused.status == 407)
            }
            #expect(proxy.seen.map(\.target) == ["http://platform.invalid/order", "http://platform.invalid/order"])
        }
    }

    @Test("TLS goes through a tunnel, which the proxy may refuse; nothing was sent then")
    func tunnel() async throws {
        try await ScriptedServer.run({ _ in [.answer(status: "403 No")] }) { proxy in
            try await withClient { client in
                var request = ask("POST", "https://platform.invalid/order", body: [1])
                request.route.proxy = CurlProxy(proxy.url(""))
                let error = try await failure(of: request, by: client)
                #expect(error.kind == .proxy && !error.mayHaveArrived, "\(error)")
            }
            #expect(proxy.seen.map(\.method) == ["CONNECT"] && proxy.seen[0].target == "platform.invalid:443")
        }
    }

    @Test("a proxy that is not there")
    func absent() async throws {
        let port = try ReservedPort()
        try await withClient { client in
            var request = ask("POST", "http://platform.invalid/", body: [1])
            request.route.proxy = CurlProxy("http://127.0.0.1:\(port.number)")
            let error = try await failure(of: request, by: client)
            #expect(error.kind == .cannotConnect && !error.mayHaveArrived)
        }
    }
}
