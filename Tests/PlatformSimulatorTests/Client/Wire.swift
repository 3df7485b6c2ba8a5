import Foundation
import Testing

/// A connection of plain bytes, over which a test says exactly what it wants and sees exactly what comes.
final class Wire {
    struct Answer {
        let status: Int
        let headers: [String: String]
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    enum End: Equatable {
        case closed, reset
    }

    private let socket: Int32
    private var received: [UInt8] = []
    private(set) var end: End?

    init(_ port: Int) throws {
        signal(SIGPIPE, SIG_IGN)
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        // What is closed is closed in `deinit`, also now that everything is set.
        guard status == 0 else { throw Unreachable() }
    }

    deinit { close(socket) }

    struct Unreachable: Error {}

    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { write(socket, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            sent += count
        }
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    func post(_ path: String, _ headers: [String], _ body: String) {
        send(Self.post(path, headers, body))
    }

    static func post(_ path: String, _ headers: [String], _ body: String) -> String {
        (["POST \(path) HTTP/1.1", "Host: platform", "Content-Length: \(body.utf8.count)"] + headers).joined(separator: "\r\n")
            + "\r\n\r\n" + body
    }

    /// Reads until at least so many bytes are there, or the connection ends.
    @discardableResult
    func waits(for count: Int) -> [UInt8] {
        while received.count < count, readMore() {}
        return received
    }

    /// Everything that comes until the connection ends.
    func rest() -> [UInt8] {
        while readMore() {}
        return received
    }

    /// The next answer; nil when the connection ends before it is whole.
    func answer() -> Answer? {
        let blank = Array("\r\n\r\n".utf8)
        while true {
            if let start = received.indices.first(where: { received[$0...].starts(with: blank) }) {
                let lines = String(decoding: received[..<start], as: UTF8.self).components(separatedBy: "\r\n")
                var headers: [String: String] = [:]
                for line in lines.dropFirst() {
                    let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                    headers[parts[0].lowercased()] = parts.count > 1 ? parts[1] : ""
                }
                received.removeFirst(start + 4)
                let body = headers["transfer-encoding"] == "chunked" ? chunks() : bytes(Int(headers["content-length"] ?? "") ?? 0)
                guard let body, let status = Int(lines[0].split(separator: " ")[1]) else { return nil }
                if status == 100 { continue }
                return Answer(status: status, headers: headers, body: body)
            }
            guard readMore() else { return nil }
        }
    }

    private func bytes(_ count: Int) -> [UInt8]? {
        waits(for: count)
        guard received.count >= count else { return nil }
        defer { received.removeFirst(count) }
        return Array(received.prefix(count))
    }

    private func chunks() -> [UInt8]? {
        var body: [UInt8] = []
        while true {
            while !received.contains(10) { guard readMore() else { return nil } }
            let line = received.prefix { $0 != 13 }
            guard let size = Int(String(decoding: line, as: UTF8.self), radix: 16), bytes(line.count + 2) != nil, let part = bytes(size),
                bytes(2) != nil
            else { return nil }
            if size == 0 { return body }
            body += part
        }
    }

    private func readMore() -> Bool {
        guard end == nil else { return false }
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = read(socket, &buffer, buffer.count)
        if count > 0 {
            received += buffer.prefix(count)
            return true
        }
        end = count < 0 && errno == ECONNRESET ? .reset : .closed
        return false
    }
}
