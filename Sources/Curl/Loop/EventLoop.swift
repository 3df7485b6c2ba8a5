import CCurl
import Foundation
import Synchronization

/// The client's thread: gives transfers to libcurl, tells it which sockets are ready and when, and hands out what has ended.
///
/// `@unchecked Sendable`: made by the client, then touched by its own thread only; `tally` is behind a mutex.
final class EventLoop: @unchecked Sendable {
    private let configuration: CurlConfiguration
    private let mailbox: Mailbox
    private let tally: Tally
    private let multi: UnsafeMutableRawPointer
    private var poller = Poller()
    private var admission: Admission<Transfer>
    private var running: [ObjectIdentifier: Running] = [:]
    private var idle: [Easy] = []
    /// When libcurl wants to be called without a socket being ready.
    private var alarm: ContinuousClock.Instant?

    init?(_ configuration: CurlConfiguration, mailbox: Mailbox, tally: Tally) {
        guard let multi = curl_multi_init() else { return nil }
        self.configuration = configuration
        self.mailbox = mailbox
        self.tally = tally
        self.multi = multi
        admission = Admission(
            perServerMax: configuration.perServerMax, totalMax: configuration.totalMax, waitingMax: configuration.waitingMax)
    }

    func start(whenDone: @escaping @Sendable () -> Void) {
        let thread = Thread { [self] in
            run()
            whenDone()
        }
        thread.name = "curl"
        thread.start()
    }

    private func run() {
        let me = Unmanaged.passUnretained(self).toOpaque()
        shim_multi_set_number(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        shim_multi_set_number(multi, CURLMOPT_MAXCONNECTS, configuration.keptConnectionsMax)
        shim_multi_set_pointer(multi, CURLMOPT_SOCKETDATA, me)
        shim_multi_set_pointer(multi, CURLMOPT_TIMERDATA, me)
        shim_multi_on_socket(multi) { _, socket, what, me, _ in
            EventLoop.of(me).watch(socket, what)
            return 0
        }
        shim_multi_on_timer(multi) { _, milliseconds, me in
            EventLoop.of(me).alarm = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
            return 0
        }
        poller.watch(mailbox.bell, for: .read)
        while serve() {}
        curl_multi_cleanup(multi)
        tally.change { $0.handlesFreed += idle.count }
        idle = []
    }

    private static func of(_ data: UnsafeMutableRawPointer?) -> EventLoop {
        guard let data else { preconditionFailure("libcurl lost the data of a callback") }
        return Unmanaged<EventLoop>.fromOpaque(data).takeUnretainedValue()
    }

    private func watch(_ socket: Int32, _ what: Int32) {
        switch what {
        case CURL_POLL_IN: poller.watch(socket, for: .read)
        case CURL_POLL_OUT: poller.watch(socket, for: .write)
        case CURL_POLL_INOUT: poller.watch(socket, for: [.read, .write])
        default: poller.forget(socket)
        }
    }

    /// One round; false when the client was closed.
    private func serve() -> Bool {
        let patience = alarm.map { Int32(clamping: max(0, ($0 - .now + .microseconds(999)).milliseconds)) }
        var isOpen = true
        var left: Int32 = 0
        for event in poller.wait(milliseconds: patience) {
            if event.socket == mailbox.bell {
                isOpen = readMail()
            } else {
                let mask = (event.isReadable ? CURL_CSELECT_IN : 0) | (event.isWritable ? CURL_CSELECT_OUT : 0)
                curl_multi_socket_action(multi, event.socket, mask | (event.hasFailed ? CURL_CSELECT_ERR : 0), &left)
            }
        }
        if let alarm, alarm <= .now {
            self.alarm = nil
            curl_multi_socket_action(multi, CURL_SOCKET_BAD, 0, &left)
        }
        handOut()
        admit()
        return isOpen
    }

    private func readMail() -> Bool {
        for message in mailbox.empty() {
            switch message {
            case .begin(let transfer): queue(transfer)
            case .cancel(let transfer): cancel(transfer)
            case .resume(let transfer):
                if let running = running[ObjectIdentifier(transfer)] { resume(running) }
            case .close:
                closeAll()
                return false
            }
        }
        return true
    }

    /// What libcurl has kept back is delivered here, and may be too much.
    private func resume(_ running: Running) {
        let code = curl_easy_pause(running.easy.pointer, CURLPAUSE_CONT)
        if code != CURLE_OK, code != CURLE_BAD_FUNCTION_ARGUMENT { end(running, running.outcome(code)) }
    }

    private func queue(_ transfer: Transfer) {
        if transfer.isCancelled {
            fail(transfer, .cancelled)
        } else if admission.add(transfer, at: transfer.server) {
            tally.change { $0.waiting += 1 }
        } else {
            fail(transfer, .tooManyWaiting)
        }
    }

    private func cancel(_ transfer: Transfer) {
        if admission.remove(at: transfer.server, where: { $0 === transfer }) {
            tally.change { $0.waiting -= 1 }
            fail(transfer, .cancelled)
        } else if let running = running[ObjectIdentifier(transfer)] {
            let error = running.error(.cancelled)
            end(running, .failure(error))
        }
    }

    /// Ends everything because the client was closed.
    private func closeAll() {
        for transfer in admission.removeAll() {
            tally.change { $0.waiting -= 1 }
            fail(transfer, .closed)
        }
        for running in Array(running.values) {
            let error = running.error(.closed)
            end(running, .failure(error))
        }
    }

    private func admit() {
        while let transfer = admission.next() {
            tally.change { $0.waiting -= 1 }
            begin(transfer)
        }
    }

    private func begin(_ transfer: Transfer) {
        guard let easy = handle() else {
            admission.end(at: transfer.server)
            return fail(transfer, .other)
        }
        do throws(CurlError) {
            let running = try Running(transfer, on: easy, configuration)
            guard curl_multi_add_handle(multi, easy.pointer) == CURLM_OK else { throw CurlError(.other) }
            self.running[ObjectIdentifier(transfer)] = running
            tally.change { $0.underWay += 1 }
        } catch {
            admission.end(at: transfer.server)
            giveBack(easy, after: transfer)
            fail(transfer, error.kind)
        }
    }

    private func handOut() {
        var code = CURLE_OK
        while let pointer = shim_multi_ended(multi, &code) {
            let running = Running.of(shim_easy_data(pointer))
            end(running, running.outcome(code))
        }
    }

    private func end(_ running: Running, _ result: Result<CurlTimings, CurlError>) {
        let connections = running.easy.number(CURLINFO_NUM_CONNECTS)
        curl_multi_remove_handle(multi, running.easy.pointer)
        self.running[ObjectIdentifier(running.transfer)] = nil
        admission.end(at: running.transfer.server)
        giveBack(running.easy, after: running.transfer)
        tally.change { statistics in
            statistics.underWay -= 1
            statistics.connectionsMade += connections
            if case .success = result { statistics.answered += 1 } else { statistics.failed += 1 }
        }
        running.transfer.end(result)
    }

    private func fail(_ transfer: Transfer, _ kind: CurlError.Kind) {
        tally.change { $0.failed += 1 }
        transfer.end(.failure(CurlError(kind, server: transfer.server)))
    }

    private func handle() -> Easy? {
        if let easy = idle.popLast() { return easy }
        guard let easy = Easy() else { return nil }
        tally.change { $0.handlesMade += 1 }
        return easy
    }

    /// A handle that may have spoken HTTP/2 keeps things of that connection which a reset leaves.
    private func giveBack(_ easy: Easy, after transfer: Transfer) {
        guard transfer.request.route.version == .http1 else { return tally.change { $0.handlesFreed += 1 } }
        easy.reset()
        idle.append(easy)
    }
}
