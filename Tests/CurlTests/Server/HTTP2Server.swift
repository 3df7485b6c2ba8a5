import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOPosix
import NIOSSL

/// A server that speaks HTTP/2, and echoes what it gets after a moment.
struct HTTP2Server: Sendable {
    struct Record: Sendable {
        var connections = 0
        var streams = 0
        var open = 0
        var openMost = 0
    }

    let port: Int
    private let record: Shared<Record>

    var counts: Record { record.value }

    /// - Parameter tls: offers `h2`.
    static func run<Answer>(tls: NIOSSLContext, _ body: (HTTP2Server) async throws -> Answer) async throws -> Answer {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let record = Shared(Record())
        let channel = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    record.change { $0.connections += 1 }
                    try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
                    _ = try channel.pipeline.syncOperations.configureHTTP2Pipeline(
                        mode: .server, connectionConfiguration: .init(), streamConfiguration: .init()
                    ) { stream in
                        stream.eventLoop.makeCompletedFuture {
                            try stream.pipeline.syncOperations.addHandlers([HTTP2FramePayloadToHTTP1ServerCodec(), Echo(record)])
                        }
                    }
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let result: Result<Answer, any Error>
        do { result = .success(try await body(HTTP2Server(port: channel.localAddress?.port ?? 0, record: record))) } catch {
            result = .failure(error)
        }
        try? await channel.close()
        try await group.shutdownGracefully()
        return try result.get()
    }

    private final class Echo: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let record: Shared<Record>
        private var body = ByteBuffer()

        init(_ record: Shared<Record>) { self.record = record }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head:
                record.change { record in
                    record.streams += 1
                    record.open += 1
                    record.openMost = max(record.openMost, record.open)
                }
            case .body(var part): body.writeBuffer(&part)
            case .end:
                let bound = NIOLoopBound((echo: self, context: context), eventLoop: context.eventLoop)
                context.eventLoop.scheduleTask(in: .milliseconds(200)) { bound.value.echo.answer(bound.value.context) }
            }
        }

        private func answer(_ context: ChannelHandlerContext) {
            record.change { $0.open -= 1 }
            context.write(wrapOutboundOut(.head(HTTPResponseHead(version: .http2, status: .ok))), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
