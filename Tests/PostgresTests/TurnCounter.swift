import Foundation
import Synchronization

/// A socket before the server's that counts how often a client speaks after it has listened: its round trips.
final class TurnCounter: Sendable {
    let conninfo: String
    private let turns = Mutex(0)
    private let open = Mutex(0)
    private let directory: String
    private let listener: Int32

    /// - Parameter conninfo: as the cluster gives it: a socket directory, a port, options.
    init(before conninfo: String) throws {
        let options = conninfo.split(separator: " ").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        func option(_ name: String) -> String? { options.first { $0[0] == name }?.last?.trimmingCharacters(in: ["'"]) }
        let port = option("port") ?? "5432"
        let server = "\(option("host") ?? "")/.s.PGSQL.\(port)"
        let directory = "\(NSTemporaryDirectory())/turns-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        self.directory = directory
        self.conninfo = options.map { $0[0] == "host" ? "host=\(directory)" : $0.joined(separator: "=") }.joined(separator: " ")
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        _ = Self.withAddress("\(directory)/.s.PGSQL.\(port)") { bind(listener, $0, $1) }
        listen(listener, 4)
        Thread { [self] in
            while case let client = accept(listener, nil, nil), client >= 0 {
                let upstream = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
                _ = Self.withAddress(server) { connect(upstream, $0, $1) }
                Thread { [self] in pump(client, upstream) }.start()
            }
        }.start()
    }

    var count: Int { turns.withLock { $0 } }
    /// How many connections clients hold open.
    var connections: Int { open.withLock { $0 } }

    func close() {
        shutdown(listener, Int32(SHUT_RDWR))
        Foundation.close(listener)
        try? FileManager.default.removeItem(atPath: directory)
    }

    private static func withAddress<Answer>(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Answer) -> Answer {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }

    /// Carries bytes both ways until one side closes.
    private func pump(_ client: Int32, _ server: Int32) {
        open.withLock { $0 += 1 }
        defer { open.withLock { $0 -= 1 } }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var clientSpoke = false
        while true {
            var sockets = [pollfd(fd: client, events: Int16(POLLIN), revents: 0), pollfd(fd: server, events: Int16(POLLIN), revents: 0)]
            guard poll(&sockets, 2, -1) > 0 else { break }
            let isClient = sockets[0].revents != 0
            let count = read(isClient ? client : server, &buffer, buffer.count)
            guard count > 0 else { break }
            if isClient, !clientSpoke { turns.withLock { $0 += 1 } }
            clientSpoke = isClient
            var sent = 0
            while sent < count {
                let written = buffer.withUnsafeBytes { write(isClient ? server : client, $0.baseAddress?.advanced(by: sent), count - sent) }
                guard written > 0 else { break }
                sent += written
            }
        }
        Foundation.close(client)
        Foundation.close(server)
    }
}
