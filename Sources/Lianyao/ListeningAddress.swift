import Foundation

/// Where the service takes requests.
struct ListeningAddress: Sendable {
    let host: String
    /// 0 for any free port.
    let port: Int

    /// The address as the beginning of a URL, with the port that was given.
    func url(port: Int) -> String { host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)" }

    /// Checks that the address can be listened on, before anything else is started.
    ///
    /// - Throws: ``CommandFailure``: an unknown host, a port in use, a port this user may not open.
    func requireFree() throws(CommandFailure) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let address = found else {
            throw CommandFailure("The host \(host) is not known: choose another with --host.")
        }
        defer { freeaddrinfo(found) }
        let listener = socket(address.pointee.ai_family, address.pointee.ai_socktype, address.pointee.ai_protocol)
        guard listener >= 0 else { throw refusal(errno) }
        defer { close(listener) }
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard bind(listener, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0, listen(listener, 1) == 0 else {
            throw refusal(errno)
        }
    }

    private func refusal(_ number: Int32) -> CommandFailure {
        switch number {
        case EADDRINUSE: CommandFailure("Port \(port) of \(host) is in use by another program: choose another with --port.")
        case EACCES: CommandFailure("This user may not open port \(port): choose one above 1023 with --port.")
        case EADDRNOTAVAIL: CommandFailure("\(host) is no address of this machine: choose another with --host.")
        default: CommandFailure("Nothing can listen on \(host) port \(port): \(String(cString: strerror(number))).")
        }
    }
}
