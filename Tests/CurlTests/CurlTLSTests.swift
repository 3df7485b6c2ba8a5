import Curl
import Foundation
import TestSupport
import Testing

@Suite("TLS")
struct CurlTLSTests {
    @Test("a server must prove its name to a known authority, today")
    func verifies() async throws {
        try await Certificates.run { certificates in
            let known = try certificates.bytes(certificates.authority.certificate)
            let unknown = try certificates.bytes(certificates.stranger.certificate)
            let cases: [(certificate: String, host: String, trust: CurlRoute.Trust, isTaken: Bool)] = [
                ("server", "localhost", .authorities(pem: known), true), ("server", "127.0.0.1", .authorities(pem: known), true),
                ("server", "localhost", .authorities(pem: unknown), false), ("server", "localhost", .system, false),
                ("other", "localhost", .authorities(pem: known), false), ("expired", "localhost", .authorities(pem: known), false),
            ]
            for (certificate, host, trust, isTaken) in cases {
                try await ScriptedServer.run(tls: certificates.server(certificate), { _ in [.answer("x")] }) { server in
                    try await withClient { client in
                        var request = ask("POST", server.url(scheme: "https", host: host), body: [1])
                        request.route.trust = trust
                        if isTaken {
                            let answer = try await client.send(request)
                            #expect(answer.status == 200 && answer.timings.securing > .zero)
                        } else {
                            let error = try await failure(of: request, by: client)
                            #expect(error.kind == .untrusted && !error.mayHaveArrived, "\(certificate) \(host): \(error)")
                        }
                    }
                    #expect(server.seen.count == (isTaken ? 1 : 0))
                }
            }
        }
    }

    @Test("no authority at all is an error, not a blind trust")
    func emptyAuthorities() async throws {
        try await Certificates.run { certificates in
            try await ScriptedServer.run(tls: certificates.server(), { _ in [.answer("x")] }) { server in
                try await withClient { client in
                    for pem in [[], Array("no certificate".utf8)] {
                        var request = ask("GET", server.url(scheme: "https", host: "localhost"))
                        request.route.trust = .authorities(pem: pem)
                        _ = try await failure(of: request, by: client)
                    }
                }
                #expect(server.seen.isEmpty)
            }
        }
    }

    @Test("a client is known by its certificate, also with an encrypted key; a connection is not lent to another")
    func clientCertificate() async throws {
        try await Certificates.run { certificates in
            let authority = certificates.authority
            try encrypt(authority.path("client.key"), to: authority.path("locked.key"), by: "open sesame")
            let chain = try certificates.bytes(authority.path("client.crt"))
            let open = try certificates.bytes(authority.path("client.key"))
            let locked = try certificates.bytes(authority.path("locked.key"))
            let known = try certificates.bytes(authority.certificate)
            func request(_ server: ScriptedServer, _ certificate: CurlClientCertificate?) -> CurlRequest {
                var request = ask("POST", server.url(scheme: "https", host: "localhost"), body: [1])
                request.route.trust = .authorities(pem: known)
                request.route.clientCertificate = certificate
                return request
            }
            try await ScriptedServer.run(tls: certificates.server(asksForClient: true), { _ in [.answer("x")] }) { server in
                for (key, passphrase) in [(open, nil), (locked, "open sesame")] {
                    try await withClient { client in
                        let known = CurlClientCertificate(chain: chain, key: key, passphrase: passphrase)
                        let answer = try await client.send(request(server, known))
                        #expect(answer.status == 200)
                        _ = try await failure(of: request(server, nil), by: client)
                    }
                }
                try await withClient { client in
                    let wrong = CurlClientCertificate(chain: chain, key: locked, passphrase: "wrong")
                    let error = try await failure(of: request(server, wrong), by: client)
                    #expect(error.kind == .tls && !error.mayHaveArrived)
                }
                #expect(server.seen.count == 2)
            }
        }
    }

    @Test("a server without TLS, or one that breaks its handshake, is an error of TLS and saw nothing")
    func brokenHandshake() async throws {
        for greeting in [[Act.send("HTTP/1.1 200 OK\r\n\r\n")], [.reset], [.close]] {
            try await ScriptedServer.run(greeting: greeting, readsBodies: false) { server in
                try await withClient { client in
                    let error = try await failure(of: ask("POST", server.url(scheme: "https"), body: [1]), by: client)
                    #expect([.tls, .cannotConnect].contains(error.kind) && !error.mayHaveArrived, "\(error)")
                }
            }
        }
    }

    @Test("HTTP/2 is agreed under TLS, and many requests share a connection")
    func http2() async throws {
        try await Certificates.run { certificates in
            let known = try certificates.bytes(certificates.authority.certificate)
            try await HTTP2Server.run(tls: certificates.server(protocols: ["h2"])) { server in
                var configuration = CurlConfiguration()
                configuration.perServerMax = 20
                try await withClient(configuration) { client in
                    let send = { @Sendable (number: Int) in
                        let body = [UInt8](repeating: UInt8(number), count: 20_000)
                        var request = ask("POST", "https://localhost:\(server.port)/", body: body)
                        request.route.trust = .authorities(pem: known)
                        request.route.version = .negotiated
                        request.mayBeRepeated = true
                        let answer = try await client.send(request)
                        #expect(answer.status == 200 && answer.body == body)
                    }
                    try await send(0)
                    try await withThrowingTaskGroup { group in
                        for number in 1..<40 { group.addTask { try await send(number) } }
                        try await group.waitForAll()
                    }
                }
                let counts = server.counts
                #expect(counts.streams == 40 && counts.connections == 1 && counts.openMost > 5 && counts.openMost <= 20)
            }
        }
    }

    private func encrypt(_ key: String, to path: String, by passphrase: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl", "pkey", "-in", key, "-out", path, "-aes256", "-passout", "pass:\(passphrase)"]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
