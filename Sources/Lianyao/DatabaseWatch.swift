import EmbeddedPostgres
import Foundation
import Logging

/// Starts the program's own database server again when it is gone: killed for want of memory, or by a person's mistake.
///
/// What had been acknowledged is in its log, so it recovers; meanwhile requests are answered 503.
struct DatabaseWatch: Sendable {
    static let interval: Duration = .milliseconds(500)

    let cluster: Cluster
    let logger: Logger

    /// Runs until its task is cancelled. A start that fails is logged and tried again at the next turn.
    func run() async {
        while (try? await Task.sleep(for: Self.interval)) != nil {
            guard cluster.serverProcess == nil else { continue }
            do {
                if try await revived() { logger.warning("the database was gone and has been started again") }
            } catch {
                logger.error("the database is gone and does not start: \(error)")
            }
        }
    }

    /// Starting blocks, so it has a thread of its own.
    private func revived() async throws -> Bool {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { [cluster] in
                continuation.resume(with: Result { try cluster.revive() })
            }
        }
    }
}
