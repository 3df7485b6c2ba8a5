import Parties
public import PlatformExchange
public import Postgres
import Primitives

/// Goes over the ledgers of all consortia again and again. Any number may run beside each other.
public struct UploadFeeder: Sendable {
    let database: Database
    let clock: DispatcherClock
    /// Between two looks.
    let every: Duration
    /// Told of what went wrong; it is tried again.
    let trouble: @Sendable (String) -> Void

    /// - Parameter database: as the application.
    public init(
        _ database: Database, every: Duration = .seconds(10), clock: DispatcherClock = DispatcherClock(),
        trouble: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.database = database
        self.every = every
        self.clock = clock
        self.trouble = trouble
    }

    /// Runs until its task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            do { try await runOnce() } catch { trouble("\(error)") }
            guard (try? await clock.sleep(every)) != nil else { return }
        }
    }

    /// Announces everything that moved until now. What goes wrong in one consortium is told as trouble and keeps no other waiting.
    ///
    /// - Returns: how many records were announced.
    @discardableResult
    public func runOnce() async throws -> Int {
        var records = 0
        for consortium in try await database.read({ try PartiesStore($0).consortia() }) {
            do { records += try await feed(consortium.id) } catch {
                try Task.checkCancellation()
                trouble("\(consortium.code): \(error)")
            }
        }
        return records
    }

    private func feed(_ id: ConsortiumID) async throws -> Int {
        let (now, feed) = (clock.time.now, FeedUploads())
        var records = 0
        while true {
            let outcome = try await database.write(as: id.tenant) { try feed.run(in: $0, for: id, at: now) }
            records += outcome.records
            guard outcome.movements == feed.limit else { return records }
        }
    }
}
