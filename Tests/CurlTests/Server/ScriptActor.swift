import NIOCore
import NIOPosix

/// One connection of a ``ScriptedServer``.
final class ScriptActor: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let record: Shared<ScriptedServer.Record>
    private let greeting: [Act]
    private let readsBodies: Bool
    private let keepsRequests: Bool
    private let script: ScriptedServer.Script
    private var reader = RequestReader(connection: 0)
    private var acts: [Act] = []
    private var isActing = false
    private var isWorking = false

    init(
        record: Shared<ScriptedServer.Record>, greeting: [Act], readsBodies: Bool, keepsRequests: Bool,
        script: @escaping ScriptedServer.Script
    ) {
        self.record = record
        self.greeting = greeting
        self.readsBodies = readsBodies
        self.keepsRequests = keepsRequests
        self.script = script
    }

    func channelActive(context: ChannelHandlerContext) {
        record.change { record in
            record.connections += 1
            record.open += 1
            record.openMost = max(record.openMost, record.open)
            reader = RequestReader(connection: record.connections)
        }
        acts = greeting
        act(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        record.change { record in
            record.open -= 1
            if isWorking { record.working -= 1 }
        }
        isWorking = false
        acts = []
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        reader.add(unwrapInboundIn(data).readableBytesView)
        if !readsBodies, reader.hasHead, acts.isEmpty, !isActing {
            acts = script(SeenRequest(method: "", target: "", headers: [], body: [], connection: reader.connection))
            return act(context)
        }
        while let request = reader.next() {
            record.change { record in
                if keepsRequests { record.requests.append(request) }
                if !isWorking { record.working += 1 }
                record.workingMost = max(record.workingMost, record.working)
            }
            isWorking = true
            acts += script(request)
        }
        act(context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .some(ChannelEvent.inputClosed) = event as? ChannelEvent { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// Does the next act, then the one after it.
    private func act(_ context: ChannelHandlerContext) {
        guard !isActing, context.channel.isActive else { return }
        guard !acts.isEmpty else {
            if isWorking { record.change { $0.working -= 1 } }
            isWorking = false
            return
        }
        isActing = true
        let bound = NIOLoopBound((actor: self, context: context), eventLoop: context.eventLoop)
        switch acts.removeFirst() {
        case .send(let bytes): send(bytes, bound)
        case .pour(let bytes, let times):
            if times > 1 { acts.insert(.pour(bytes, times: times - 1), at: 0) }
            send(bytes, bound)
        case .wait(let milliseconds):
            context.eventLoop.scheduleTask(in: .milliseconds(milliseconds)) { bound.value.actor.goOn(bound.value.context) }
        case .finish: context.close(mode: .output).whenComplete { _ in bound.value.actor.goOn(bound.value.context) }
        case .close: context.close(promise: nil)
        case .reset:
            let linger = linger(l_onoff: 1, l_linger: 0)
            (context.channel as? any SocketOptionProvider)?.setSoLinger(linger).whenComplete { _ in
                bound.value.context.channel.close(promise: nil)
            }
        }
    }

    private func goOn(_ context: ChannelHandlerContext) {
        isActing = false
        act(context)
    }

    private func send(_ bytes: [UInt8], _ bound: NIOLoopBound<(actor: ScriptActor, context: ChannelHandlerContext)>) {
        let context = bound.value.context
        let record = record
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes))).whenComplete { result in
            if case .success = result { record.change { $0.sent += bytes.count } }
            bound.value.actor.goOn(bound.value.context)
        }
    }
}
