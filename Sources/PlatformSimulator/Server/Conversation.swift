import NIOCore
import NIOHTTP1

/// One connection: reads requests, has them answered one after another, and does what the answers demand.
///
/// Requests that follow before an answer is out wait, and while they do nothing more is read.
final class Conversation: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    private let reception: Reception
    private let breaker: Breaker
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()
    private var isTooLarge = false
    private var waiting: [IncomingRequest] = []
    private var acts: ArraySlice<Act> = []
    /// Whether something is under way that will go on by itself.
    private var isActing = false
    private var isInLoop = false
    private var wantsToRead = false
    private var isHalfClosed = false
    /// Whether the connection has been closed or broken from here.
    private var hasLeft = false
    /// Whether nothing that comes from now on counts.
    private var isOver = false

    init(_ reception: Reception, breaker: Breaker) {
        self.reception = reception
        self.breaker = breaker
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body.clear()
            isTooLarge = false
            if head.headers.contains(name: "Expect"), !isActing, waiting.isEmpty { write(HTTPBytes.goOn, context, promise: nil) }
        case .body(var part):
            guard body.readableBytes + part.readableBytes <= reception.options.bodyBytesMax else {
                isTooLarge = true
                return
            }
            body.writeBuffer(&part)
        case .end:
            guard let head else { return }
            self.head = nil
            if isTooLarge {
                isOver = true
                acts.append(.send(HTTPBytes.answer(413, [], keepsAlive: false)))
                acts.append(.close)
            } else {
                waiting.append(IncomingRequest(head, body: Array(body.readableBytesView)))
            }
            act(context)
        }
    }

    func read(context: ChannelHandlerContext) {
        wantsToRead = isActing || !waiting.isEmpty
        if !wantsToRead { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .some(ChannelEvent.inputClosed) = event as? ChannelEvent {
            isHalfClosed = true
            act(context)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        isOver = true
        acts = []
        waiting = []
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError, !isOver else { return context.close(promise: nil) }
        isOver = true
        acts.append(.send(HTTPBytes.answer(400, [], keepsAlive: false)))
        acts.append(.close)
        act(context)
    }

    /// Does the next act, or has the next request answered.
    private func act(_ context: ChannelHandlerContext) {
        guard !isInLoop else { return }
        isInLoop = true
        defer { isInLoop = false }
        while !isActing, !hasLeft, context.channel.isActive {
            if acts.isEmpty {
                guard !waiting.isEmpty else {
                    if isHalfClosed { context.close(promise: nil) }
                    break
                }
                let request = waiting.removeFirst()
                acts = reception.answer(request)[...]
                if !request.keepsAlive { acts.append(.close) }
            } else {
                perform(acts.removeFirst(), context)
            }
        }
        if wantsToRead, !isActing, waiting.isEmpty {
            wantsToRead = false
            context.read()
        }
    }

    private func perform(_ act: Act, _ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((conversation: self, context: context), eventLoop: context.eventLoop)
        switch act {
        case .send(let bytes):
            // What is written leaves in order, so nothing waits for it but a piece that is to leave by itself.
            guard case .some = acts.first else { return write(bytes, context, promise: nil) }
            pause(until: written(bytes, context), bound)
        case .pour(var text):
            guard let piece = text.next() else { return }
            acts = [.pour(text)] + acts
            pause(until: written(HTTPBytes.chunk(piece), context), bound)
        case .wait(let milliseconds):
            isActing = true
            context.eventLoop.scheduleTask(in: .milliseconds(Int64(milliseconds))) { bound.value.conversation.goOn(bound.value.context) }
        case .close:
            (isOver, hasLeft) = (true, true)
            context.close(promise: nil)
        case .reset:
            (isOver, hasLeft) = (true, true)
            breaker.breakOff()
        }
    }

    private func pause(
        until done: EventLoopFuture<Void>, _ bound: NIOLoopBound<(conversation: Conversation, context: ChannelHandlerContext)>
    ) {
        isActing = true
        done.whenComplete { _ in bound.value.conversation.goOn(bound.value.context) }
    }

    private func goOn(_ context: ChannelHandlerContext) {
        isActing = false
        act(context)
    }

    private func written(_ bytes: [UInt8], _ context: ChannelHandlerContext) -> EventLoopFuture<Void> {
        let promise = context.eventLoop.makePromise(of: Void.self)
        write(bytes, context, promise: promise)
        return promise.futureResult
    }

    private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: promise)
    }
}
