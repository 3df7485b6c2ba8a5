import LongPrescriptions
import Parties
import Postgres
import Primitives

extension Upkeep {
    /// What a turn did for long prescriptions, in all consortia.
    struct LongPlansTurn: Equatable, CustomStringConvertible {
        var missed = 0
        var ended = 0
        var released = 0
        var reserved = 0
        var short = 0

        var isWorthTelling: Bool { self != LongPlansTurn() }
        var description: String {
            """
            \(missed) plans with missed instalments, \(ended) ended; \(released) reservations released, \(reserved) made, \
            \(short) short
            """
        }
    }

    /// Marks, ends, releases and reserves, each in transactions of bounded size. What is released can be reserved again in
    /// the same turn.
    func tendLongPlans() async throws -> LongPlansTurn {
        var turn = LongPlansTurn()
        let (missing, ending) = (MarkMissed(), ExpirePlans())
        turn.missed = try await everywhere(inTurnsOf: missing.limit) { try missing.run(in: $0, of: $1, at: $2) }
        turn.ended = try await everywhere(inTurnsOf: ending.limit) { try ending.run(in: $0, of: $1, at: $2) }
        for consortium in try await database.read({ try PartiesStore($0).consortia() }).map(\.id) {
            try await release(of: consortium, &turn)
            try await reserve(of: consortium, &turn)
        }
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
}
