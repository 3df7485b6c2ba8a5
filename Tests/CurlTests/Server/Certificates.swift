import Foundation
import NIOSSL
import TestSupport

/// The certificates of one test, in a directory that goes with them.
struct Certificates {
    let authority: Authority
    /// Has signed nothing.
    let stranger: Authority
    private let directory: String

    /// Runs `body` with certificates for `localhost` (`server`, `client`), another name (`other`) and a past day (`expired`).
    static func run<Answer>(_ body: (Certificates) async throws -> Answer) async throws -> Answer {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("certificates-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let authority = try Authority(in: "\(directory)/authority")
        try authority.issue("server", to: "localhost", alternatives: "DNS:localhost,IP:127.0.0.1")
        try authority.issue("client", to: "a hospital")
        try authority.issue("other", to: "other", alternatives: "DNS:other.test")
        try authority.issue("expired", to: "localhost", alternatives: "DNS:localhost", days: -1)
        let stranger = try Authority(in: "\(directory)/stranger")
        return try await body(Certificates(authority: authority, stranger: stranger, directory: directory))
    }

    /// What a server shows, and whether it asks who the client is.
    func server(_ name: String = "server", asksForClient: Bool = false, protocols: [String] = ["http/1.1"]) throws -> NIOSSLContext
    {
        let chain = try NIOSSLCertificate.fromPEMFile(authority.path("\(name).crt"))
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: authority.path("\(name).key"), format: .pem)))
        configuration.applicationProtocols = protocols
        if asksForClient {
            configuration.certificateVerification = .noHostnameVerification
            configuration.trustRoots = .file(authority.certificate)
        }
        return try NIOSSLContext(configuration: configuration)
    }

    func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }
}
