import Foundation

/// The few calls on sockets that a ``Relay`` needs, without their C shapes.
enum Socket {
    struct Failure: Error { let number: Int32 }

    /// Listens on a free port of 127.0.0.1.
    static func listen() throws(Failure) -> (file: Int32, port: UInt16) {
        let file = try make(AF_INET)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                bind(file, general, length) == 0 && Glibc.listen(file, 256) == 0 && getsockname(file, general, &length) == 0
            }
        }
        guard isBound else { throw failure(closing: file) }
        return (file, UInt16(bigEndian: address.sin_port))
    }

    /// Connects to a Unix socket.
    static func connect(to path: String) throws(Failure) -> Int32 {
        let file = try make(AF_UNIX)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8).prefix($0.count - 1)) }
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                Glibc.connect(file, general, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        guard isConnected else { throw failure(closing: file) }
        return file
    }

    /// Takes the next connection and lets what is written to it leave at once.
    static func accept(on listener: Int32) -> Int32? {
        let file = Glibc.accept(listener, nil, nil)
        guard file >= 0 else { return nil }
        var yes: Int32 = 1
        setsockopt(file, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        return file
    }

    /// Which of `files` have something to read, or came to their end, within `milliseconds`.
    static func readable(_ files: [Int32], within milliseconds: Int32) -> [Bool] {
        var asked = files.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        return poll(&asked, nfds_t(asked.count), milliseconds) > 0 ? asked.map { $0.revents != 0 } : files.map { _ in false }
    }

    /// What has arrived; empty at the end.
    static func read(_ file: Int32) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = Glibc.read(file, &buffer, buffer.count)
        return count > 0 ? Array(buffer[..<count]) : []
    }

    /// Writes all of `bytes`; `false` when the other side is gone.
    static func write(_ bytes: some Sequence<UInt8>, to file: Int32) -> Bool {
        let bytes = Array(bytes)
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes { send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            start += count
        }
        return true
    }

    private static func make(_ family: Int32) throws(Failure) -> Int32 {
        let file = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard file >= 0 else { throw Failure(number: errno) }
        return file
    }

    private static func failure(closing file: Int32) -> Failure {
        let number = errno
        close(file)
        return Failure(number: number)
    }
}
