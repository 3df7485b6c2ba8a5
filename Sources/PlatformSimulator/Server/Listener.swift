import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// Listens, and can stop listening for a while.
final class Listener: Sendable {
    private struct State {
        var channel: (any Channel)?
        var isStopped = false
    }

    let port: Int
    private let host: String
    private let group: MultiThreadedEventLoopGroup
    private let tls: NIOSSLContext?
    private let reception: Reception
    private let state: Mutex<State>

    init(_ reception: Reception, host: String, port: Int, certificate: (chain: String, key: String)?) async throws {
        let tls = try certificate.map { certificate in
            let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.chain.utf8))
            let key = try NIOSSLPrivateKey(bytes: Array(certificate.key.utf8), format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            configuration.applicationProtocols = ["http/1.1"]
            return try NIOSSLContext(configuration: configuration)
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, reception.options.threads))
        do {
            let channel = try await Self.bind(reception, host: host, port: port, tls, group).get()
            self.port = channel.localAddress?.port ?? port
            state = Mutex(State(channel: channel))
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        self.host = host
        self.group = group
        self.tls = tls
        self.reception = reception
    }

    private static func bind(
        _ reception: Reception, host: String, port: Int, _ tls: NIOSSLContext?, _ group: MultiThreadedEventLoopGroup
    ) -> EventLoopFuture<any Channel> {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1_024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                let faults = reception.meet()
                return channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if faults.contains(.refusedConnection) || tls == nil && faults.contains(.tlsFailure) { throw Refused() }
                    if faults.contains(.tlsFailure) { return try pipeline.addHandler(Garbage()) }
                    let breaker = Breaker()
                    try pipeline.addHandler(breaker)
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
                    try pipeline.addHandler(Conversation(reception, breaker: breaker))
                }
            }
            .bind(host: host, port: port)
    }

    /// Nobody listens for that long. Connections that are there stay.
    func takeDown(milliseconds: Int) {
        guard let channel = state.withLock({ state in
            defer { state.channel = nil }
            return state.channel
        }) else { return }
        channel.close().whenComplete { _ in
            self.group.next().scheduleTask(in: .milliseconds(Int64(milliseconds))) { self.comeBack() }
        }
    }

    private func comeBack() {
        guard !state.withLock({ $0.isStopped }) else { return }
        Self.bind(reception, host: host, port: port, tls, group).whenComplete { result in
            switch result {
            case .success(let channel):
                let isStopped = self.state.withLock { state in
                    state.channel = channel
                    return state.isStopped
                }
                if isStopped { channel.close(promise: nil) }
            // The port is still held by a connection that is going away.
            case .failure: self.group.next().scheduleTask(in: .milliseconds(10)) { self.comeBack() }
            }
        }
    }

    /// Stops listening and closes every connection.
    func stop() async {
        let channel = state.withLock { state in
            state.isStopped = true
            return state.channel
        }
        try? await channel?.close()
        try? await group.shutdownGracefully()
    }

    /// A connection that is closed as soon as it was accepted.
    private struct Refused: Error {}
}
