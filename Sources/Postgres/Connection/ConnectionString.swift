public import Foundation
internal import CPostgres

/// Where the server is, checked: a server across a network is spoken to over TLS with its certificate and name verified.
///
/// A Unix socket and the loopback addresses need no TLS. For any other host `sslmode` becomes `verify-full` when nothing is
/// said, and anything weaker is refused unless the caller allows it. The certificates that are trusted are libpq's:
/// `sslrootcert`, or `~/.postgresql/root.crt`.
public struct ConnectionString: Sendable, CustomStringConvertible {
    /// For libpq; it may hold a password.
    public let conninfo: String
    /// The hosts, with neither user nor password.
    public let description: String

    /// Checks a libpq connection string or URI.
    ///
    /// - Parameters:
    ///   - environment: where libpq finds what the string does not say: `PGHOST`, `PGHOSTADDR`, `PGSSLMODE`.
    ///   - allowsUnverified: whether a server across a network may go unverified.
    public init(
        _ text: String, environment: [String: String] = ProcessInfo.processInfo.environment, allowsUnverified: Bool = false
    ) throws(ConnectionStringError) {
        var options = try Self.parse(text)
        func option(_ name: String, _ variable: String) -> String? { options[name] ?? environment[variable].flatMap { $0.isEmpty ? nil : $0 } }
        let names = option("host", "PGHOST")?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
        let addresses = option("hostaddr", "PGHOSTADDR")?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
        let hosts = (0..<max(1, names.count, addresses.count)).map { place in
            let address = place < addresses.count ? addresses[place] : ""
            return address.isEmpty ? (place < names.count ? names[place] : "") : address
        }
        // A service file may name any host.
        let remote = hosts.first { !Self.isLocal($0) } ?? (names.isEmpty ? option("service", "PGSERVICE") : nil)
        if let remote, !allowsUnverified {
            let mode = option("sslmode", "PGSSLMODE") ?? "verify-full"
            guard mode == "verify-full" else { throw .unverified(host: remote, mode: mode) }
            options["sslmode"] = mode
            conninfo = Self.written(options)
        } else {
            conninfo = text
        }
        description = hosts.map { $0.isEmpty ? "the local socket" : $0 }.joined(separator: ", ")
    }

    /// A server that may be at several addresses.
    public struct Host: Sendable, Hashable {
        public var name: String
        public var port: UInt16

        /// - Parameter name: a host's name or address, or the directory of a Unix socket.
        public init(_ name: String, port: UInt16 = 5432) {
            self.name = name
            self.port = port
        }
    }

    /// Which of several servers will do.
    public enum Session: String, Sendable, CaseIterable {
        case any
        /// One that takes writes.
        case readWrite = "read-write"
        case readOnly = "read-only"
        case primary
        case standby
        case preferStandby = "prefer-standby"
    }

    /// Hosts that are tried in the order given until one has the wanted kind of session.
    ///
    /// - Parameter rootCertificates: the file of trusted certificates; `nil` leaves it to libpq.
    public init(
        hosts: [Host], database: String, user: String? = nil, password: String? = nil, session: Session = .any,
        rootCertificates: String? = nil, allowsUnverified: Bool = false
    ) throws(ConnectionStringError) {
        var options = [
            "host": hosts.map(\.name).joined(separator: ","), "port": hosts.map { String($0.port) }.joined(separator: ","),
            "dbname": database, "target_session_attrs": session.rawValue,
        ]
        options["user"] = user
        options["password"] = password
        options["sslrootcert"] = rootCertificates
        try self.init(Self.written(options), environment: [:], allowsUnverified: allowsUnverified)
    }

    private static func isLocal(_ host: String) -> Bool {
        host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost" || host == "::1"
            || host.wholeMatch(of: /127\.\d{1,3}\.\d{1,3}\.\d{1,3}/) != nil
    }

    private static func parse(_ text: String) throws(ConnectionStringError) -> [String: String] {
        var message: UnsafeMutablePointer<CChar>?
        guard let first = PQconninfoParse(text, &message) else {
            // libpq's message quotes the string, which may hold a password.
            PQfreemem(message)
            throw .unreadable
        }
        defer { PQconninfoFree(first) }
        var options: [String: String] = [:]
        var option = first
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { options[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return options
    }

    private static func written(_ options: [String: String]) -> String {
        options.sorted { $0.key < $1.key }.map { keyword, value in
            let quoted = value.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
            return "\(keyword)='\(quoted)'"
        }.joined(separator: " ")
    }
}

/// Why a connection string is not taken.
public enum ConnectionStringError: Error, Sendable, Equatable, CustomStringConvertible {
    /// It is neither `keyword=value …` nor a URI of PostgreSQL.
    case unreadable
    /// It allows a connection across a network to a server whose certificate is not verified.
    case unverified(host: String, mode: String)

    public var description: String {
        switch self {
        case .unreadable: "The database's address is neither a connection string nor a URI of PostgreSQL."
        case .unverified(let host, let mode):
            "The database on \(host) would be spoken to with sslmode=\(mode), which does not verify the server: use verify-full."
        }
    }
}
