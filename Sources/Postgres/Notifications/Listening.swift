import Foundation
import Synchronization

/// One listener: its outlet, its thread and the connection of that thread. It ends with its last reference.
final class Listening: Sendable {
    private let outlet: Outlet<ChannelEvent>
    private let bell: Bell
    private let forget: @Sendable () -> Void

    /// - Parameter database: whose server is listened to; when it is closed the sequence ends.
    init(to channel: String, _ database: Database) {
        let (outlet, bell) = (Outlet<ChannelEvent>(capacity: 1_000), Bell())
        (self.outlet, self.bell) = (outlet, bell)
        let key = ObjectIdentifier(bell)
        forget = { [weak database] in database?.listeners.withLock { $0[key] = nil } }
        guard !channel.isEmpty, channel.utf8.count <= 63, !channel.utf8.contains(0) else {
            outlet.finish(.failure(PostgresError(.misuse, message: "a channel's name has 1 to 63 bytes, none of them zero")))
            return
        }
        database.listeners.withLock { $0[key] = { bell.ring() } }
        if database.isClosed { bell.ring() }
        let configuration = database.configuration
        let thread = Thread {
            outlet.finish(Swift.Result { try Self.listen(to: channel, configuration, bell) { outlet.send($0) } })
        }
        thread.name = "postgres-listen"
        thread.start()
    }

    deinit { stop() }

    func next() async throws -> ChannelEvent? {
        try await withTaskCancellationHandler {
            try await outlet.next()
        } onCancel: {
            stop()
        }
    }

    private func stop() {
        forget()
        outlet.abandon()
        bell.ring()
    }

    /// Listens until the bell rings or nobody takes what comes. A connection that breaks is made again, for ever; the
    /// first must succeed.
    private static func listen(
        to channel: String, _ configuration: DatabaseConfiguration, _ bell: Bell, send: (ChannelEvent) -> Bool
    ) throws {
        let name = "\"" + channel.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        var hasListened = false
        var failures = 0
        while !bell.hasRung {
            do throws(PostgresError) {
                let connection = try Connection(configuration.conninfo, statementTimeout: configuration.statementTimeout)
                try connection.run(script: "\(configuration.greeting); LISTEN \(name)")
                guard send(hasListened ? .gap : .listening) else { return }
                hasListened = true
                failures = 0
                try connection.listen(until: bell) { send(.message($0)) }
            } catch {
                guard hasListened else { throw error }
                failures += 1
                bell.wait(configuration.reconnectDelay.delay(afterFailures: failures))
            }
        }
    }
}
