import NIOCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Breaks a connection below everything else on it, so that no TLS says goodbye and the other side is reset.
final class Breaker: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func breakOff() {
        guard let context else { return }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let lingering = linger(l_onoff: 1, l_linger: 0)
        guard let options = context.channel as? any SocketOptionProvider else { return context.close(promise: nil) }
        options.setSoLinger(lingering).whenComplete { _ in bound.value.close(promise: nil) }
    }
}
