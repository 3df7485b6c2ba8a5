import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on loopback whose every byte a test decides.
final class ScriptedServer: Sendable {
    typealias Script = @Sendable (SeenRequest) -> [Act]

    struct Record: Sendable {
        var requests: [SeenRequest] = []
        var connections = 0
        var open = 0
        var openMost = 0
        /// Requests that were read and not answered to the end.
        var working = 0
        var workingMost = 0
        /// Bytes of answers that the network has taken.
        var sent = 0
    }

    let port: Int
    private let channel: any Channel
    private let group: MultiThreadedEventLoopGroup
    private let record: Shared<Record>

    var seen: [SeenRequest] { record.value.requests }
    var counts: Record { record.value }

    /// - Parameters:
    ///   - greeting: done for each connection before anything is read.
    ///   - keepsRequests: whether requests are remembered.
    ///   - readsBodies: whether the script is asked when a request is whole, or when its head is there.
    private init(tls: NIOSSLContext?, greeting: [Act], readsBodies: Bool, keepsRequests: Bool, script: @escaping Script)
        async throws
    {
        let record = Shared(Record())
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    let actor = ScriptActor(
                        record: record, greeting: greeting, readsBodies: readsBodies, keepsRequests: keepsRequests, script: script)
                    try channel.pipeline.syncOperations.addHandler(actor)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.group = group
        self.record = record
        port = channel.localAddress?.port ?? 0
    }

    /// Runs `body` while a server serves by `script`.
    static func run<Answer>(
        tls: NIOSSLContext? = nil, greeting: [Act] = [], readsBodies: Bool = true, _ script: @escaping Script = { _ in [] },
        keepsRequests: Bool = true,
        _ body: (ScriptedServer) async throws -> Answer
    ) async throws -> Answer {
        let server = try await ScriptedServer(
            tls: tls, greeting: greeting, readsBodies: readsBodies, keepsRequests: keepsRequests, script: script)
        let result: Result<Answer, any Error>
        do { result = .success(try await body(server)) } catch { result = .failure(error) }
        try? await server.channel.close()
        try await server.group.shutdownGracefully()
        return try result.get()
    }

    func url(_ path: String = "/", scheme: String = "http", host: String = "127.0.0.1") -> String {
        "\(scheme)://\(host):\(port)\(path)"
    }

    /// Waits until what the server has seen is as wanted.
    func waits(until isThere: @escaping @Sendable (Record) -> Bool) async {
        await record.wait(until: isThere)
    }
}
