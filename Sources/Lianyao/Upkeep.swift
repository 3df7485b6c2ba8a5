import Dispensing
import Logging
import LongPrescriptions
import Parties
import Postgres
import Primitives

/// What the service does by itself, at its start and every hour: it ends prescriptions whose validity has passed, closes claims
/// whose time has, and brings plans of long prescriptions up to date: missed instalments, ended courses, stock to release and to
/// set aside, and early warnings of what will be short.
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
                let closed = try await closeClaims()
                if closed > 0 { logger.info("\(closed) claims closed, their time has passed") }
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
        let verb = ExpirePrescriptions()
        return try await everywhere(inTurnsOf: verb.limit) { try verb.run(in: $0, of: $1, at: $2).count }
    }

    /// - Returns: how many claims it closed, in all consortia.
    func closeClaims() async throws -> Int {
        let verb = CloseExpiredClaims()
        return try await everywhere(inTurnsOf: verb.limit) { try verb.run(in: $0, of: $1, at: $2) }
    }

    /// Runs `turn` for every consortium, in transactions of their own, as long as it does as much as it may.
    func everywhere(
        inTurnsOf limit: Int, _ turn: @escaping @Sendable (Transaction, ConsortiumID, Instant) throws -> Int
    ) async throws -> Int {
        let consortia = try await database.read { try PartiesStore($0).consortia() }
        var done = 0
        for consortium in consortia {
            var last = limit
            while last == limit {
                last = try await database.write(as: consortium.id.tenant) { [time] in try turn($0, consortium.id, time.now) }
                done += last
            }
        }
        return done
    }
}
