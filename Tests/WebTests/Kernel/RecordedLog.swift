import Logging
import Synchronization

/// Keeps what is logged, for tests that read it.
final class RecordedLog: Sendable {
    struct Entry: Sendable {
        let level: String
        let message: String
        let metadata: [String: String]
    }

    private let kept = Mutex<[Entry]>([])

    var entries: [Entry] { kept.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { $1 }
            let entry = Entry(
                level: event.level.rawValue, message: "\(event.message)", metadata: all.mapValues { "\($0)" })
            log.kept.withLock { $0.append(entry) }
        }
    }
}
