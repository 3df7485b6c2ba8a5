import LongPrescriptions
import Parties
import Postgres
import Primitives
import RefillWarnings

extension Upkeep {
    /// What a turn did for long prescriptions, in all consortia.
    struct LongPlansTurn: Equatable, CustomStringConvertible {
        var missed = 0
        var ended = 0
        var released = 0
        var reserved = 0
        var short = 0
        var warned = 0
        var resolved = 0

        var isWorthTelling: Bool { self != LongPlansTurn() }
        var description: String {
            """
            \(missed) plans with missed instalments, \(ended) ended; \(released) reservations released, \(reserved) made, \
            \(short) short; \(warned) early warnings raised, \(resolved) resolved
            """
        }
    }

    /// Marks, ends, releases, reserves and warns, each in transactions of bounded size. What is released can be reserved again
    /// in the same turn; what is reserved then, and what is short, is known when warnings are raised.
    func tendLongPlans() async throws -> LongPlansTurn {
        var turn = LongPlansTurn()
        let (missing, ending) = (MarkMissed(), ExpirePlans())
        turn.missed = try await everywhere(inTurnsOf: missing.limit) { try missing.run(in: $0, of: $1, at: $2) }
        turn.ended = try await everywhere(inTurnsOf: ending.limit) { try ending.run(in: $0, of: $1, at: $2) }
        let consortia = try await database.read { try PartiesStore($0).consortia() }.map(\.id)
        for consortium in consortia {
            try await release(of: consortium, &turn)
            try await reserve(of: consortium, &turn)
        }
        // Warnings come last, so that what fails there keeps nobody's stock from being set aside.
        for consortium in consortia { try await warn(of: consortium, &turn) }
        return turn
    }

    private func release(of consortium: ConsortiumID, _ turn: inout LongPlansTurn) async throws {
        var released: Int
        repeat {
            released = try await database.write(as: consortium.tenant) { [time] transaction in
                try ReleaseReservations().run(in: transaction, of: consortium, at: time.now)
            }
            turn.released += released
        } while released > 0
    }

    private func reserve(of consortium: ConsortiumID, _ turn: inout LongPlansTurn) async throws {
        var after: InstalmentKey?
        repeat {
            let verb = ReserveDueInstalments(after: after)
            let outcome = try await database.write(as: consortium.tenant) { [time] transaction in
                try verb.run(in: transaction, of: consortium, at: time.now)
            }
            turn.reserved += outcome.reserved
            turn.short += outcome.short
            after = outcome.last
        } while after != nil
    }

    /// One store at a time, each in a transaction that sees one moment: what is received or set aside meanwhile is neither
    /// missed nor counted twice.
    private func warn(of consortium: ConsortiumID, _ turn: inout LongPlansTurn) async throws {
        let stores = try await database.read(as: consortium.tenant) {
            try RaiseRefillWarnings.stores(of: consortium, in: $0)
        }
        for store in stores {
            let outcome = try await database.write(as: consortium.tenant, level: .repeatableRead) { [time] transaction in
                try RaiseRefillWarnings(store: store).run(in: transaction, of: consortium, at: time.now)
            }
            turn.warned += outcome.raised
            turn.resolved += outcome.resolved
        }
    }
}
