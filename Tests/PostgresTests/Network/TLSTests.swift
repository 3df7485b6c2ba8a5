import EmbeddedPostgres
import Foundation
import Postgres
import TestSupport
import Testing

@Suite(.serialized) struct TLSTests {
    /// An address of this machine's loopback network that nobody else listens on.
    private static let address = "127.\(64 + getpid() >> 16 & 63).\(getpid() >> 8 & 255).\(getpid() & 255)"
    private static let host = "db.lianyao.test"

    @Test("verify-full takes the right authority, name and dates, and nothing else")
    func verifies() async throws {
        try await withOwnServer(settings: "listen_addresses = '\(Self.address)'") { server in
            let authority = try Authority(in: "\(server.cluster.directory)/authority")
            let stranger = try Authority(in: "\(server.cluster.directory)/stranger")
            let alternatives = "DNS:\(Self.host),IP:\(Self.address)"
            try authority.issue("server", to: Self.host, alternatives: alternatives)
            try authority.issue("expired", to: Self.host, alternatives: alternatives, days: -1)
            try admitByTLS(to: server)

            try install("server", of: authority, on: server)
            #expect(try await cipher(trusting: authority) != nil)
            #expect(try await cipher(trusting: authority, host: nil) != nil)
            await expectRefused("certificate verify failed", trusting: stranger)
            await expectRefused("does not match host name", trusting: authority, host: "other.lianyao.test")
            await expectRefused("does not exist", trusting: nil)
            await expectRefused("no encryption", trusting: authority, mode: "disable")

            try install("expired", of: authority, on: server)
            await expectRefused("certificate verify failed", trusting: authority)
            #expect(try await cipher(trusting: nil, mode: "require") != nil)

            try server.set("listen_addresses = '\(Self.address)'")
            try server.restart()
            await expectRefused("server does not support SSL", trusting: authority)
        }
    }

    @Test("a client is known by its certificate")
    func clientCertificate() async throws {
        try await withOwnServer(settings: "listen_addresses = '\(Self.address)'") { server in
            let authority = try Authority(in: "\(server.cluster.directory)/authority")
            let stranger = try Authority(in: "\(server.cluster.directory)/stranger")
            try authority.issue("server", to: Self.host, alternatives: "DNS:\(Self.host)")
            try authority.issue("client", to: Cluster.user)
            try authority.issue("somebody", to: "somebody")
            try stranger.issue("client", to: Cluster.user)
            try admitByTLS(to: server, method: "cert")
            try install("server", of: authority, on: server)

            func identity(_ issuer: Authority, _ name: String) -> String {
                "sslcert=\(issuer.path("\(name).crt")) sslkey=\(issuer.path("\(name).key"))"
            }
            #expect(try await cipher(trusting: authority, options: identity(authority, "client")) != nil)
            await expectRefused("certificate", trusting: authority)
            await expectRefused("authentication failed", trusting: authority, options: identity(authority, "somebody"))
            await expectRefused("", trusting: authority, options: identity(stranger, "client"))
        }
    }

    private func admitByTLS(to server: OwnServer, method: String = "trust") throws {
        let rules = try String(contentsOfFile: "\(server.data)/pg_hba.conf", encoding: .utf8)
        try server.put("hostssl all all 127.0.0.0/8 \(method)\n\(rules)", to: "pg_hba.conf")
    }

    private func install(_ name: String, of authority: Authority, on server: OwnServer) throws {
        for (source, target) in [("authority.crt", "root.crt"), ("\(name).crt", "server.crt"), ("\(name).key", "server.key")] {
            try server.put(try String(contentsOfFile: authority.path(source), encoding: .utf8), to: target)
        }
        try server.set("listen_addresses = '\(Self.address)'\nssl = on\nssl_ca_file = 'root.crt'")
        try server.restart()
    }

    /// The cipher of a connection made with these options.
    private func cipher(
        trusting authority: Authority?, host: String? = host, mode: String = "verify-full", options: String = ""
    ) async throws -> String? {
        let place = host.map { "host=\($0) hostaddr=\(Self.address)" } ?? "host=\(Self.address)"
        let root = "sslrootcert=\(authority?.certificate ?? "/nonexistent/root.crt")"
        let database = Database(
            DatabaseConfiguration(
                conninfo: "\(place) port=\(Cluster.port) user=\(Cluster.user) dbname=postgres sslmode=\(mode) \(root) \(options)",
                connections: 1))
        do {
            let cipher = try await database.read { transaction in
                try transaction.first("SELECT cipher FROM pg_stat_ssl WHERE pid = pg_backend_pid()") {
                    try $0["cipher"] as String?
                }
            }
            await database.close()
            return cipher ?? nil
        } catch {
            await database.close()
            throw error
        }
    }

    private func expectRefused(
        _ reason: String, trusting authority: Authority?, host: String? = host, mode: String = "verify-full",
        options: String = "", sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        let error = await #expect(throws: PostgresError.self, sourceLocation: sourceLocation) {
            try await cipher(trusting: authority, host: host, mode: mode, options: options)
        }
        #expect(error?.kind == .unreachable, sourceLocation: sourceLocation)
        let message = error?.debugDescription ?? ""
        #expect(reason.isEmpty || message.contains(reason), "\(message)", sourceLocation: sourceLocation)
    }
}
