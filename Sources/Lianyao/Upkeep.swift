import Dispensing
import Logging
import LongPrescriptions
import Parties
import Postgres
import Primitives

/// What the service does by itself, at its start and every hour: it ends prescriptions whose validity has passed, and brings
/// plans of long prescriptions up to date: missed instalments, ended courses, and stock to release and to set aside.
struct Upkeep: Sendable {
    static let interval: Duration = .seconds(3_600)

    let database: Database
    let logger: Logger
    var time = TimeSource.system

    /// Runs until its task is cancelled. What fails is logged and tried again at the next turn.
    func run() async {
        while !Task.isCancelled {
            do {
                let ended = try await endPrescriptions()
                if ended > 0 { logger.info("\(ended) prescriptions ended, their validity has passed") }
                let tended = try await tendLongPlans()
                if tended.isWorthTelling { logger.info("long prescriptions: \(tended)") }
            } catch is CancellationError {
                return
            } catch {
                logger.warning("upkeep failed and is tried again later: \(error)")
            }
            try? await Task.sleep(for: Self.interval)
        }
    }

    /// - Returns: how many prescriptions it ended, in all consortia.
    func endPrescriptions() async throws -> Int {
        let consortia = try await database.read { try PartiesStore($0).consortia() }
        var ended = 0
        for consortium in consortia {
            let verb = ExpirePrescriptions()
            var last = verb.limit
            while last == verb.limit {
                last = try await database.write(as: consortium.id.tenant) { [time] transaction in
                    try verb.run(in: transaction, of: consortium.id, at: time.now).count
                }
                ended += last
            }
        }
        return ended
    }
}
