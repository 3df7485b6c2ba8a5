/// How a server is reached and by what it is known.
///
/// A connection is used again only for requests of an equal route; client certificates are told apart by the certificate, not by
/// its key.
public struct CurlRoute: Sendable, Equatable {
    /// What the server must prove. There is no way to take a server unverified.
    public enum Trust: Sendable, Equatable {
        /// An authority of the system, and the name in the address.
        case system
        /// One of these authorities (PEM) and no other, and the name in the address.
        case authorities(pem: [UInt8])
    }

    public enum Version: Sendable, Equatable {
        case http1
        /// HTTP/2 where the server offers it under TLS, else HTTP/1.1. Only for requests that may be repeated: libcurl sends a
        /// request on a shared connection again in cases where nobody can say whether it had arrived.
        case negotiated
    }

    public var trust = Trust.system
    public var clientCertificate: CurlClientCertificate?
    public var proxy: CurlProxy?
    public var version = Version.http1

    public init() {}
}

/// By what the client proves who it is. The description names neither key nor passphrase.
public struct CurlClientCertificate: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// The certificate, then those that lead to its authority (PEM).
    public let chain: [UInt8]
    let key: [UInt8]
    let passphrase: String?

    /// - Parameter key: the private key (PEM), encrypted when there is a passphrase.
    public init(chain: [UInt8], key: [UInt8], passphrase: String? = nil) {
        self.chain = chain
        self.key = key
        self.passphrase = passphrase
    }

    public var description: String { "client certificate" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// A proxy. The environment's `http_proxy` and its kin are not read. The description leaves out user and password.
public struct CurlProxy: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// `http://host:port`, `https://host:port` or `socks5h://host:port`.
    public let url: String
    let user: String?
    let password: String?

    public init(_ url: String, user: String? = nil, password: String? = nil) {
        self.url = url
        self.user = user
        self.password = password
    }

    public var description: String { url }
    public var customMirror: Mirror { Mirror(self, children: ["url": url]) }
}
