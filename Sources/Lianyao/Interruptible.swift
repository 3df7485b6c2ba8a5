import ArgumentParser
import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Runs a command so that Ctrl-C or SIGTERM cancels it and it can still put things in order.
///
/// - Throws: what `body` throws; exit code 130 when it was interrupted.
func interruptibly(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let command = InterruptibleCommand(body: body)
    try await silentGroup(of: command, cancelledBy: [.sigint, .sigterm]).run()
    guard command.isDone.withLock({ $0 }) else {
        Terminal.fail("lianyao: The command was interrupted.")
        throw ExitCode(130)
    }
}

/// A group of one service that logs nothing of its own: what went wrong is said once, as a sentence.
func silentGroup(
    of service: some Service, endedBy ending: [UnixSignal] = [], cancelledBy cancelling: [UnixSignal] = []
) -> ServiceGroup {
    ServiceGroup(
        configuration: ServiceGroupConfiguration(
            services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
            gracefulShutdownSignals: ending, cancellationSignals: cancelling,
            logger: Logger(label: "lianyao.lifecycle", factory: { _ in SwiftLogNoOpLogHandler() })))
}

private final class InterruptibleCommand: Service {
    let body: @Sendable () async throws -> Void
    let isDone = Mutex(false)

    init(body: @escaping @Sendable () async throws -> Void) { self.body = body }

    func run() async throws {
        do {
            try await body()
            isDone.withLock { $0 = true }
        } catch is CancellationError {
            return
        }
    }
}
