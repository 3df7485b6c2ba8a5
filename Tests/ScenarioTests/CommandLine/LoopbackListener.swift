import Foundation

struct NoSocket: Error {}

/// Listens on a port of the machine itself, any free one unless told; the caller closes the socket.
func listenOnLoopback(port: UInt16 = 0) throws -> (socket: Int32, port: Int) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
            bind(listener, generic, length) == 0 && listen(listener, 1) == 0 && getsockname(listener, generic, &length) == 0
        }
    }
    guard isListening else {
        close(listener)
        throw NoSocket()
    }
    return (listener, Int(UInt16(bigEndian: address.sin_port)))
}

/// A port that nobody listened on a moment ago, below those that outgoing connections take: while its server is down,
/// none of them sits on it.
func freePort() throws -> Int {
    for _ in 0..<100 {
        guard let (listener, port) = try? listenOnLoopback(port: .random(in: 20_000..<30_000)) else { continue }
        close(listener)
        return port
    }
    throw NoSocket()
}
